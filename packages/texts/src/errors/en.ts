/** What people read for each error code, in English: what happened, then what to do now. Never says more than the code does. */
import type { ErrorTexts } from "./say.ts";

export const errors: ErrorTexts = {
  bad_input: {
    title: "Something is not filled in correctly",
    text: "Check what you entered and try again. Nothing was saved.",
  },
  bad_link: {
    title: "This link is not complete",
    text: "Part of it was lost on the way. Open it again from the mail, or copy the whole link into your browser.",
  },
  payload_too_large: { title: "This is too big", text: "Take out an attachment, or send it in several messages." },
  unsupported_media_type: { title: "This kind of data is not accepted", text: "Reload the page and try again." },
  unsupported_version: {
    title: "This was made with a newer version of Pli",
    text: "Reload the page, or update your program, then try again.",
  },
  idempotency_mismatch: {
    title: "This was already sent with other content",
    text: "Look in your sent messages first. To send something else, start a new message.",
  },
  not_signed_in: { title: "You are signed out", text: "Sign in again. What you were writing is kept." },
  not_found: {
    title: "There is nothing here",
    text: "The address is wrong, or this is no longer available. Open it again from where you found it.",
  },
  forbidden_origin: {
    title: "This came from another site",
    text: "For your safety it was refused. Open Pli directly in your browser and try again.",
  },
  sign_in_link_invalid: {
    title: "This sign-in link no longer works",
    text: "Each link works once, for 15 minutes. Ask for a new one.",
  },
  confirmation_required: {
    title: "One more check",
    text: "You asked for this link in another browser. Type the 4 characters which that page shows.",
  },
  confirmation_wrong: {
    title: "These are not the right characters",
    text: "Look at the page where you asked for the link, and type the 4 characters it shows.",
  },
  robot_check_failed: {
    title: "We could not tell you from a robot",
    text: "Reload the page and try again. You have nothing to solve.",
  },
  second_factor_required: {
    title: "Confirm that it is you",
    text: "Use a passkey or a code once more, then try again.",
  },
  passkey_refused: {
    title: "This passkey was not accepted",
    text: "Try again. If it happens again, sign in with a link by mail.",
  },
  mailbox_proof_required: {
    title: "A code is needed first",
    text: "Ask for a code: it is sent to your mailbox. Then type it here.",
  },
  sms_proof_required: {
    title: "A code by SMS is needed first",
    text: "Ask for a code: it is sent to your mobile phone. Then type it here.",
  },
  wrong_code: { title: "This code is not right", text: "Check the code in the mail and type it again." },
  code_expired: {
    title: "This code is too old",
    text: "It was right, but codes live for 15 minutes. Ask for a new one.",
  },
  wrong_password: {
    title: "This password is not right",
    text: "Type it again, minding capitals. The sender can tell you the password.",
  },
  locked: {
    title: "Locked after too many wrong tries",
    text: "Nothing is lost. Wait, then try again with the right password.",
  },
  expired: {
    title: "This message has expired",
    text: "Its date has passed, and it can no longer be opened. You can ask the sender for a new copy.",
  },
  used_up: {
    title: "This message was already opened as often as allowed",
    text: "You can ask the sender for a new copy. If you never opened it, tell the sender.",
  },
  revoked: {
    title: "The sender withdrew this message",
    text: "It can no longer be opened. If you need it, contact the sender.",
  },
  destroyed: {
    title: "This message was destroyed",
    text: "Its content no longer exists anywhere on this server. You can ask the sender for a new copy.",
  },
  opening_required: {
    title: "The time to download is over",
    text: "A message stays open for 60 minutes. Open it again if you may, or ask the sender for a new copy.",
  },
  policy_refused: {
    title: "Your organisation does not allow this",
    text: "Its rules ask for something else. Reload the page to see them, or ask your administrator.",
  },
  conflict: {
    title: "This is not possible any more",
    text: "Something changed meanwhile. Reload the page to see where things are.",
  },
  already_exists: { title: "This already exists", text: "Reload the page to see it." },
  last_slot: {
    title: "This is your last way to unlock your messages",
    text: "Add another one first. Without any, nobody could read them again.",
  },
  too_late: {
    title: "The time to take it back is over",
    text: "The message is on its way. You can still revoke it, so that it cannot be opened any more.",
  },
  limit_reached: { title: "That is the most that is possible", text: "Remove something first, then try again." },
  sms_unavailable: {
    title: "This server sends no SMS",
    text: "Choose another way, or ask your administrator to set it up.",
  },
  number_refused: {
    title: "This mobile number cannot be used",
    text: "Check it, with its country prefix. Some servers write to certain countries only.",
  },
  rate_limited: { title: "Too many tries", text: "Wait a little, then try again. Nothing is lost." },
  storage_full: {
    title: "The server has no room left",
    text: "Nothing was sent. Tell your administrator, and try again later.",
  },
  unavailable: {
    title: "The server is not available right now",
    text: "Try again in a moment. What you did so far is kept.",
  },
  internal: {
    title: "Something went wrong on our side",
    text: "Try again. If it happens again, tell your administrator and give the number shown.",
  },
  integrity: {
    title: "This content was changed on the way",
    text: "For your safety it is not shown. Try again. If it happens again, tell the sender.",
  },
  network: { title: "No connection", text: "Check your internet connection. We go on as soon as it is back." },
  cancelled: { title: "Stopped", text: "You stopped this. Nothing more happens until you start it again." },
  keyring_locked: {
    title: "Unlock your messages first",
    text: "Type your passphrase, or use another way to unlock. It is needed once on each device.",
  },
};

export const details = {
  triesLeft: (tries: number): string => (tries === 1 ? "You have 1 try left." : `You have ${tries} tries left.`),
  retryAfter: (wait: string): string => `Try again in ${wait}.`,
  limit: (limit: string): string => `At most ${limit}.`,
  /** Of `policy_refused`, by the setting. */
  rules: {
    passwordRequired: "A password is required.",
    smsRequired: "An SMS code is required.",
    openings: "Fewer openings are allowed without a password or SMS code.",
    openingsWithFactor: "Fewer openings are allowed.",
    expiryHours: "It must expire sooner.",
    expiryMostHours: "It must expire sooner.",
    notify: "When you are told of openings is fixed.",
    protect: "The whole message must be sealed.",
    deliveryLink: "Links to pass on are not allowed.",
    deliverySms: "Links by SMS are not allowed.",
    recipientLanguages: "This language is not allowed for recipients.",
    recipientLanguage: "The language of recipients is fixed.",
    memberLanguages: "This language is not allowed.",
    memberLanguage: "The language is fixed.",
    passwordLength: "The password is too short.",
    passwordUpper: "The password needs a capital letter.",
    passwordLower: "The password needs a small letter.",
    passwordDigits: "The password needs a digit.",
    passwordSpecial: "The password needs a special character.",
    secondFactorSms: "A mobile number cannot be added as second step.",
    confirmReplies: "Replies always ask for a second step.",
  },
};
