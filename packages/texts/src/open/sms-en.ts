/** The code by SMS, in English. */
import { plural } from "../format.ts";

const left = (tries: number | undefined) =>
  tries === undefined ? "" : ` ${plural("en", tries, { one: "1 try", other: `${tries} tries` })} left.`;

export const sms = {
  title: "Enter the code from the SMS",
  sentTo: "Sent by SMS to",
  sentAt: (a: { time: string }) => `at ${a.time}, with the reference`,
  label: "6-digit code",
  hint: (a: { time: string }) => `Valid until ${a.time}. The message opens at the last digit.`,
  hintThenPassword: (a: { time: string }) => `Valid until ${a.time}. Next comes the password.`,
  confirm: "Confirm the code",
  confirmCost: "No opening is used yet.",
  nothing: "No SMS received?",
  nothingSpam: "Check that your telephone has a signal. An SMS can take some minutes.",
  nothingOld: "A new code does not replace the first: every code that is still valid works.",
  again: "Send another SMS",
  againIn: (a: { seconds: number }) => `Another SMS in ${a.seconds} s`,
  againSent: (a: { reference: string }) => `Another SMS is on its way, with the reference ${a.reference}.`,
  noAccess: "This is not my number any more",
  noAccessText: (a: { sender: string }) => `Ask ${a.sender} to send it with your new number.`,
  wrong: (a: { tries: number | undefined; reference: string }) =>
    `This is not the code with the reference ${a.reference}.${left(a.tries)} No opening is used.`,
  wrongOut: "Too many wrong codes. Ask for another one. No opening is used.",
  expired: "This code was right, but its 15 minutes are over. Ask for another one.",
  tooMany: (a: { wait: string }) => `Too many tries. Try again in ${a.wait}. Nothing is lost.`,
  short: "The code has 6 digits.",
};

export type Sms = typeof sms;
