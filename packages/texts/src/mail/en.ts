/** The mails in English. Short sentences, the reader's words; says what is certain and what to do. */
import { delivery } from "../delivery/delivery-en.ts";
import { formatDateTime, formatList, plural } from "../format.ts";
import type { Announcement, MailHouse, MailRow, MailTexts, MailWords } from "./index.ts";
import { security } from "./security/en.ts";
import { securityMail } from "./security/words.ts";
import { toAll } from "./to-all/en.ts";
import { asReplyToAll, ofReplyToAll } from "./to-all/index.ts";
import { isUnnamed } from "./unnamed.ts";

const when = (atMs: number, timeZone: string): string => formatDateTime("en", atMs, timeZone, true);
const referenceRow = (reference: string | undefined): readonly MailRow[] =>
  reference === undefined ? [] : [{ label: "Your reference", value: reference }];
const footer = (house: MailHouse): readonly string[] => [
  `Sent with Pli${isUnnamed(house) ? "" : ` by ${house.organisation}`}. No remote image, no tracking.`,
];
const forMembers = (house: MailHouse) => ({
  genuine: {
    question: "Is it really us?",
    answer: `The link leads to ${house.host} and nowhere else. We never ask for the password of your mailbox.`,
  },
  footer: footer(house),
});

const announcement = ({ subject, paragraphs }: Announcement, house: MailHouse): MailWords => ({
  subject,
  heading: subject,
  lead: [
    ...paragraphs,
    `You receive this as a member of ${house.organisation}. This mail asks you for nothing, neither a password nor a code.`,
  ],
  rows: [],
  ...forMembers(house),
});

export const mailTexts: MailTexts = {
  copyLink: "The button does not work? Copy this link into your browser:",
  codeLabel: "Your code",
  stop: "No more mails of this kind",

  message: (facts, house) =>
    asReplyToAll(toAll, facts, {
      subject: facts.answer
        ? `${facts.senderName} answered you`
        : `${facts.senderName} sent you a confidential message`,
      heading: facts.answer
        ? `${facts.senderName} answered you in your confidential conversation`
        : `${facts.senderName} wrote you a confidential message`,
      lead: [
        "Hello,",
        facts.answer
          ? "The answer waits for you, sealed. The link is the one of the first message."
          : `This message waits for you, sealed. Nobody but you and ${facts.senderName} can read it.`,
      ],
      action: "Read the message",
      next: [
        "The page will send an 8-digit code to this same address",
        facts.sms ? ", then another one by SMS" : "",
        facts.password ? ", then ask for the password that the sender gives you" : "",
        ". Nothing to install, no account to create.",
      ].join(""),
      rows: [
        { label: "From", value: facts.senderName, detail: facts.senderAddress },
        { label: "Open before", value: when(facts.expiresAtMs, facts.timeZone) },
        {
          label: "Can be opened",
          value: plural("en", facts.openings, { one: "once", other: `${facts.openings} times` }),
          detail: "After that, or after this date, it is destroyed.",
        },
        {
          label: "Protection",
          value: formatList("en", [
            "code by mail",
            ...(facts.sms ? ["code by SMS"] : []),
            ...(facts.password ? ["a password"] : []),
          ]),
        },
      ],
      genuine: {
        question: "Is it really us?",
        answer: `The link leads to ${house.host} and nowhere else. We never ask for your bank card or the password of your mailbox. If in doubt, do not click: call ${facts.senderName} on a number that you know.`,
      },
      footer: footer(house),
    }),

  code: (facts, house) => ({
    subject: `Your code to read a confidential message (${facts.reference})`,
    heading: "Your code to read the message",
    lead: [
      facts.senderName === undefined
        ? "Type this code on the page that you have open."
        : `Type this code on the page that you have open, to read the message from ${facts.senderName}.`,
    ],
    rows: [
      { label: "Reference", value: facts.reference, detail: "The page shows the same one." },
      { label: "Valid for", value: `${facts.minutes} minutes` },
    ],
    genuine: {
      question: "You did not ask for a code?",
      answer: `Then do nothing: without it, nobody can read the message. Never tell this code to anybody, not even on the phone. It is typed on ${house.host} only.`,
    },
    footer: footer(house),
  }),

  opened: (facts, house) => ({
    subject: `${facts.recipient} opened your message`,
    heading: `${facts.recipient} opened your message`,
    lead: [
      facts.openingsLeft === 0
        ? "It was the last opening allowed for this person."
        : `This person can open it ${plural("en", facts.openingsLeft, { one: "once", other: `${facts.openingsLeft} times` })} more.`,
    ],
    action: "Follow the message",
    rows: [{ label: "Opened", value: when(facts.atMs, facts.timeZone) }, ...referenceRow(facts.reference)],
    ...forMembers(house),
  }),

  unread: (facts, house) => ({
    subject: "Your message was destroyed without being read",
    heading: "Your message was destroyed without being read",
    lead: [
      `${formatList("en", facts.recipients)} did not open it before its end. Its content no longer exists on the server. If it still matters, send it again.`,
    ],
    action: "See the message",
    rows: [
      { label: "Sent", value: when(facts.sentAtMs, facts.timeZone) },
      { label: "Destroyed", value: when(facts.atMs, facts.timeZone) },
      ...referenceRow(facts.reference),
    ],
    ...forMembers(house),
  }),

  reply: (facts, house) => ({
    subject: `${facts.from} answered your message`,
    heading: `${facts.from} answered your message`,
    lead: ["The answer is sealed. Only you can read it, after signing in and unlocking your messages."],
    action: "Read the answer",
    rows: [{ label: "Received", value: when(facts.atMs, facts.timeZone) }, ...referenceRow(facts.reference)],
    ...forMembers(house),
  }),

  copy_request: (facts, house) => ({
    ...{
      new_copy: {
        subject: `${facts.recipient} asks for a new copy`,
        heading: `${facts.recipient} asks for a new copy of your message`,
        lead: ["This person can no longer open it. You can allow it again in one click, or leave it as it is."],
      },
      not_me: {
        subject: `${facts.recipient} says that somebody else opened your message`,
        heading: `${facts.recipient} did not open your message`,
        lead: [
          "This person says that an opening was not theirs. Look at the register of openings, and tell your administrator if it is not explained.",
        ],
      },
      not_for_me: {
        subject: `${facts.recipient} says that your message is not for them`,
        heading: `Wrong recipient? ${facts.recipient} says so`,
        lead: ["Check the address. You can revoke the message for this person and send it to the right one."],
      },
    }[facts.reason],
    action: "Answer the request",
    rows: [{ label: "Asked", value: when(facts.atMs, facts.timeZone) }, ...referenceRow(facts.reference)],
    ...forMembers(house),
  }),

  bounced: (facts, house) =>
    ofReplyToAll(toAll, facts, {
      subject: `Your message did not reach ${facts.recipient}`,
      heading: `The mail to ${facts.recipient} came back`,
      lead: [
        delivery.reasons[facts.reasonCode],
        "Your message is still sealed on the server. Correct the address, send it again, or pass the link on another way.",
      ],
      action: "Follow the message",
      rows: [
        { label: "Address", value: facts.address },
        { label: "Came back", value: when(facts.atMs, facts.timeZone) },
        ...(facts.statusCode === undefined ? [] : [{ label: "Code", value: facts.statusCode }]),
        ...referenceRow(facts.reference),
      ],
      ...forMembers(house),
    }),

  confirm: (facts, house) => ({
    subject: `Your code to confirm that it is you (${facts.reference})`,
    heading: "Your code to confirm that it is you",
    lead: ["Type this code on the page that you have open. It lets the change there be made to your account."],
    rows: [
      { label: "Reference", value: facts.reference, detail: "The page shows the same one." },
      { label: "Valid for", value: `${facts.minutes} minutes` },
    ],
    genuine: {
      question: "You did not ask for a code?",
      answer: `Then somebody else may be signed in to your account. Tell this code to nobody, not even on the phone. Sign in on ${house.host} and end the sessions that you do not know.`,
    },
    footer: footer(house),
  }),

  news: announcement,
  maintenance: announcement,

  sign_in: (facts, house) => ({
    subject: "Your sign-in link",
    heading: "Sign in to Pli",
    lead: [
      facts.memberName === "" ? "Hello," : `Hello ${facts.memberName},`,
      "you asked for a link to sign in. Open it in the browser where you asked for it.",
    ],
    action: "Sign in",
    next: `The link works once, for ${facts.minutes} minutes. In another browser it asks for the 4 characters shown where you asked.`,
    rows: [],
    genuine: {
      question: "You did not ask for it?",
      answer: `Then do nothing: nobody can sign in without this mail. The link leads to ${house.host} and nowhere else. Never pass this link on.`,
    },
    footer: footer(house),
  }),

  security: (facts, house) => securityMail(security, facts, house, footer(house)),
};
