/** Code, password and the open letter, in English. */
import { plural } from "../format.ts";

export const steps = {
  code: {
    title: "Enter the code you received",
    sentTo: "Sent to",
    sentAt: (a: { time: string }) => `at ${a.time}, with the reference`,
    label: "8-digit code",
    hint: (a: { time: string }) => `Valid until ${a.time}. The message opens at the last digit.`,
    hintThenPassword: (a: { time: string }) => `Valid until ${a.time}. Next comes the password.`,
    privateComputer: "This is a private device",
    privateComputerNote: "Do not ask for a code here again for 12 hours.",
    confirm: "Confirm the code",
    confirmCost: "No opening is used yet.",
    nothing: "Nothing received?",
    nothingSpam: "Look in your junk mail. Some providers take up to 10 minutes.",
    nothingOld: "A new code does not replace the first: every code that is still valid works.",
    again: "Send another code",
    againIn: (a: { seconds: number }) => `Another code in ${a.seconds} s`,
    againSent: (a: { reference: string }) => `Another code is on its way, with the reference ${a.reference}.`,
    noAccess: "I cannot reach this mailbox any more",
    noAccessText: (a: { sender: string }) => `Ask ${a.sender} to send it to another address.`,
    wrong: (a: { tries: number | undefined; reference: string }) =>
      `This is not the code with the reference ${a.reference}.${a.tries === undefined ? "" : ` ${plural("en", a.tries, { one: "1 try", other: `${a.tries} tries` })} left.`} No opening is used.`,
    wrongOut: "Too many wrong codes. Ask for another one. No opening is used.",
    expired: "This code was right, but its 15 minutes are over. Ask for another one.",
    tooMany: (a: { wait: string }) => `Too many tries. Try again in ${a.wait}. Nothing is lost.`,
    short: "The code has 8 digits.",
  },
  password: {
    title: "Enter the password",
    lead: (a: { sender: string }) =>
      `${a.sender} protected this message with a password and gave it to you by another way.`,
    label: "Password",
    show: "Show the password",
    hide: "Hide the password",
    wrong: (a: { tries: number | undefined }) =>
      a.tries === undefined
        ? "Wrong password. Nothing was opened."
        : `Wrong password. Nothing was opened; ${plural("en", a.tries, { one: "1 try", other: `${a.tries} tries` })} left.`,
    empty: "Type the password first.",
    forgotten: "I do not have the password",
    forgottenText: (a: { sender: string }) =>
      `We do not know it, and nobody can recover it. Ask ${a.sender}, preferably by phone.`,
    working: "Checking the password…",
  },
  letter: {
    noSubject: "(no subject)",
    claim: {
      title: "This message names another sender",
      text: (a: { claimed: string; proven: string }) =>
        `It says that it comes from ${a.claimed}, but it was sent by ${a.proven}. Only the second address is checked. Ask by another way before you rely on it.`,
    },
    to: "To",
    copyTo: "copy to",
    print: "Print the letter",
    empty: "This message has no text.",
    last: {
      title: (a: { left: string }) => `This is the last opening: ${a.left} left`,
      text: (a: { time: string }) =>
        `Until ${a.time} you can reload the page and finish downloads in this browser. After that, the message and its files are destroyed.`,
    },
    open: {
      title: (a: { time: string }) => `Open in this browser until ${a.time}`,
      text: (a: { left: number }) =>
        `After that, ${plural("en", a.left, { one: "1 more opening is left", other: `${a.left} more openings are left` })}.`,
    },
    minutes: (a: { minutes: number }) => plural("en", a.minutes, { one: "1 minute", other: `${a.minutes} minutes` }),
    lessThanMinute: "less than a minute",
    over: {
      title: "The 60 minutes are over",
      last: "The message and its files are being destroyed. What you already downloaded stays with you.",
      more: "The message is closed again. You can open it once more from your link.",
      again: "Open it again",
    },
  },
};

export type Steps = typeof steps;
