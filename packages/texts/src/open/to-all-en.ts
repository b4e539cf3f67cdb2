/** Reply to all, and the receipt of a reply, in English. */
import { plural } from "../format.ts";

export const toAll = {
  legend: "Who reads your reply?",
  only: (a: { sender: string }) => `Only ${a.sender}`,
  all: (a: { count: number }) =>
    `Reply to all: ${plural("en", a.count, { one: "1 more person", other: `${a.count} more people` })}`,
  readers: "They read it too:",
  mail: "Each of them gets a mail with a link.",
  ends: "The sender can withdraw it for all.",
  hidden: "Your address was hidden from the others. If you reply to all, they learn it.",
  title: "Your reply to all",
  assurance: (a: { sender: string }) =>
    `Your reply is sealed in this browser. Only ${a.sender} and the people above can open it.`,
  sent: (a: { sender: string }) => `${a.sender} and the others are notified. Nobody else can open it.`,
  changed: "Who can be reached has changed. Look at the names above, then send again.",
  often: "You replied to all very often. Wait a little, or reply to the sender alone.",
  own: (a: { name: string }) => `To answer, open your own copy of the message from ${a.name}.`,
  keep: "Keep a receipt",
};

export type ToAll = typeof toAll;
