/** The mail that tells a member what changed at their ways to sign in. English. */
import { formatDateTime, plural } from "../../format.ts";
import type { SecurityWords } from "./words.ts";

export const security: SecurityWords = {
  events: {
    passkey_added: { heading: "A passkey was added to your account", text: "It signs in without a link." },
    passkey_removed: { heading: "A passkey was removed from your account", text: "It no longer signs in." },
    totp_added: {
      heading: "A code app was added to your account",
      text: "From now on a link by mail asks for a code of this app.",
    },
    totp_removed: { heading: "The code app was removed from your account", text: "Its codes no longer count." },
    second_step_on: {
      heading: "The second step was switched on",
      text: "From now on a link by mail asks for a second proof.",
    },
    second_step_off: {
      heading: "The second step was switched off",
      text: "From now on a link by mail is enough to sign in.",
    },
    recovery_codes_made: {
      heading: "New recovery codes were made",
      text: "Those from before no longer work.",
    },
    recovery_code_used: { heading: "A recovery code was used", text: "It does not work a second time." },
    sms_added: {
      heading: "A mobile number was added to your account",
      text: "From now on a link by mail asks for a second proof, such as a code by SMS to this number.",
    },
    sms_changed: {
      heading: "The mobile number of your account was changed",
      text: "Codes by SMS now go to this number, and no longer to the one before.",
    },
    sms_removed: { heading: "The mobile number was removed from your account", text: "Codes by SMS no longer count." },
    replies_on: {
      heading: "Replies to you are now protected",
      text: "Before a reply is shown, Pli asks for your second step.",
    },
    replies_off: {
      heading: "Replies to you are no longer protected",
      text: "They are shown without your second step.",
    },
  },
  action: "See your security settings",
  name: "Name",
  left: "Codes left",
  leftValue: (left) => plural("en", left, { one: "1 code", other: `${left} codes` }),
  at: "When",
  when: (atMs, timeZone) => formatDateTime("en", atMs, timeZone, true),
  question: "It was not you?",
  answer: (host) =>
    `Then somebody may hold your mailbox or a device of yours. Sign in on ${host}, end the sessions that you do not know, and tell your administrator.`,
};
