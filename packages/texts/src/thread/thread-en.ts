/** The conversation after a message, on both sides, in English. */

export const thread = {
  title: "Conversation",
  you: "You",
  at: (a: { name: string; when: string }) => `${a.name}, ${a.when}`,
  unreadable: "This part cannot be shown.",
  failed: "The conversation could not be loaded.",
  again: "Try again",
  live: "Live",
  lost: "Connection lost. Trying again…",
  line: "Your line",
  lineHint: "Write a line…",
  say: "Send",
  notSaid: "Not sent. Your text is still here.",
  arrived: (a: { name: string }) => `New: ${a.name}`,
  empty: "Nothing was said yet.",
  answerLabel: "Your answer",
  answerHint: (a: { name: string }) => `Answer ${a.name}…`,
  to: "Who reads it",
  everybody: "Everybody who can still read",
  answer: "Send sealed",
  answered: "Answered.",
  answerNote: "They read it with the link they have. It ends with the message.",
  ended: "Nobody can read here any more.",
  endedAction: "Write a new message",
  unlock: "Unlock to read and answer",
  unreadAgain: "Mark as unread",
  onlyUnread: "Only unread",
  search: "Search by sender",
  inThread: (a: { count: number }) => `${a.count} in this conversation`,
};

export type Thread = typeof thread;
