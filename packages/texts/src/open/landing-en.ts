/** The recipient's landing page, in English. Never says: envelope, grant, token, fragment. */
import { plural } from "../format.ts";

export const landing = {
  page: {
    title: (a: { sender: string }) => `Confidential message from ${a.sender}`,
    untitled: "Confidential message",
    kicker: "Confidential message, sealed",
    loading: "One moment…",
    language: "Language",
    sealedWith: "Sealed with Pli",
    reload: "Reload the page",
    failed: "That did not work. Check your connection and try again.",
  },
  landing: {
    title: (a: { sender: string }) => `${a.sender} wrote to you`,
    toAll: (a: { name: string; address: string }) =>
      `An answer to the message of ${a.name} (${a.address}), for all who are named in it.`,
    to: "Addressed to",
    before: "Open before",
    thenDestroyed: (a: { wait: string }) => `in ${a.wait}; after that it is destroyed`,
    openings: "Openings",
    left: (a: { left: number; total: number }) => `${a.left} of ${a.total} left`,
    openingLasts: "one opening lasts 60 minutes in this browser",
    askCode: "Send me my code by mail",
    askCodeCost: "We send an 8-digit code to the address above. The message stays closed: no opening is used yet.",
    askSms: "Send me my code by SMS",
    askSmsCost: "We send a 6-digit code to your telephone. No opening is used yet.",
    toPassword: "Enter the password",
    toPasswordCost: "The sender gave it to you by another way. No opening is used yet.",
    read: "Read the message",
    readCost: (a: { left: number }) =>
      `Uses ${plural("en", a.left, { one: "the last opening", other: `1 of the ${a.left} openings left` })}.`,
    readAgain: "Go on reading",
    readAgainCost: (a: { time: string }) =>
      `You opened it in this browser. Until ${a.time}, this uses no further opening.`,
    assurance: (a: { sender: string }) =>
      `Nobody but you and ${a.sender} can read this message. It is decrypted here, in your browser.`,
    genuine: "How do I know it is genuine?",
    genuineHost: "The address of this page begins with",
    genuineAsk: "We never ask for a bank card or for the password of your mailbox.",
    genuineCall: "When in doubt, call the sender on a number that you already know.",
    notForYou: "Is this message not for you?",
    notForYouText: "Do not open it. Tell the sender, who can withdraw it.",
    notForYouAct: (a: { sender: string }) => `Tell ${a.sender}`,
    notForYouDone: (a: { sender: string }) => `Thank you. ${a.sender} is told that this message is not for you.`,
  },
};

export type Landing = typeof landing;
