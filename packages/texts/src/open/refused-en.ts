/** Why a message does not open, and what to do, in English. */

export const refused = {
  reasons: {
    cut: {
      title: "This link is not complete",
      text: "Its end was lost on the way. Open it again from the mail, or copy the whole link into the address bar.",
      note: "Nothing was opened and nothing is lost.",
    },
    unknown: {
      title: "We do not know this message",
      text: "The link is wrong, or the message was removed long ago. Open it again from the mail.",
      note: "If it still fails, ask the sender to write to you again.",
    },
    expired: {
      title: "This message has expired",
      text: "Its date has passed, and its content was destroyed. Nobody can read it any more.",
    },
    used_up: {
      title: "All openings have been used",
      text: "It was opened as often as planned, then destroyed. Was it not you? Tell the sender without delay.",
    },
    revoked: {
      title: "The sender withdrew this message",
      text: "It can no longer be opened. If you need it, ask for a new copy.",
    },
    destroyed: {
      title: "This message was destroyed",
      text: "Its content no longer exists. If you need it, ask for a new copy.",
    },
    timeOver: {
      title: "The 60 minutes are over",
      text: "This opening has ended. The page no longer shows the message.",
    },
    locked: {
      title: "Locked after too many wrong passwords",
      text: "The message is safe and stays closed. No opening is lost.",
      until: (a: { wait: string }) => `You can try again in ${a.wait}.`,
    },
    offline: {
      title: "No connection",
      text: "We cannot reach the server. Check your internet connection, then try again.",
      note: "No opening is lost.",
    },
    unavailable: {
      title: "The server is not answering right now",
      text: "Try again in a moment. Your link keeps working.",
      note: "No opening is lost.",
    },
    tooMany: {
      title: "Too many tries",
      text: "Wait a little, then try again. Nothing is lost.",
    },
    integrity: {
      title: "This message was changed on the way",
      text: "What arrived is not what the sender sealed. For your safety, it is not shown.",
      note: "Try again. If it happens again, tell the sender by phone.",
    },
    version: {
      title: "This page is older than the message",
      text: "The message was made with a newer version. Reload the page to get the newest one.",
    },
    wrongLink: {
      title: "This link does not open the message",
      text: "Part of it was changed on the way. Open it again from the mail, or copy the whole link.",
      note: "Nothing was opened and nothing is lost.",
    },
    internal: {
      title: "Something went wrong on our side",
      text: "Try again. If it happens again, tell the sender.",
      note: "No opening is lost.",
    },
  },
  again: "Try again",
  reload: "Reload the page",
  askCopy: "Ask for a new copy",
  askCopyNote: (a: { sender: string }) => `${a.sender} receives your request and decides.`,
  askCopyDone: (a: { sender: string }) =>
    `Your request is with ${a.sender}. If it is granted, you receive a new mail; you can close this page.`,
  notMe: "Report: it was not me",
  notMeDone: (a: { sender: string }) => `${a.sender} is told that it was not you. Your request reaches nobody else.`,
  failed: "That did not work. Check your connection and try again.",
};

export type Refused = typeof refused;
