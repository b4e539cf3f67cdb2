/** The page of a one-time secret, in English. Never says: envelope, grant, token, fragment. */
import { plural } from "../format.ts";

export const secret = {
  page: {
    title: (a: { sender: string }) => `Secret from ${a.sender}`,
    untitled: "One-time secret",
    kicker: "One-time secret, sealed",
    loading: "One moment…",
    language: "Language",
    sealedWith: "Sealed with Pli",
    reload: "Reload the page",
    failed: "That did not work. Check your connection and try again.",
  },
  landing: {
    title: (a: { sender: string }) => `${a.sender} shares a secret with you`,
    before: "Show before",
    thenDestroyed: (a: { wait: string }) => `in ${a.wait}; after that it is destroyed`,
    views: "Views",
    left: (a: { left: number; total: number }) => `${a.left} of ${a.total} left`,
    reveal: "Show the secret",
    cost: (a: { left: number }) =>
      a.left === 1
        ? "Uses the last view: the secret is then destroyed."
        : `Uses 1 of the ${a.left} views left. A page that reloads asks again.`,
    assurance: "It is decrypted here, in your browser. Our server cannot read it.",
    genuine: "How do I know it is genuine?",
    genuineHost: "The address of this page begins with",
    genuineAsk: "We never ask for a bank card or for the password of your mailbox.",
    genuineCall: "When in doubt, call the sender on a number that you already know.",
  },
  password: {
    label: "Password",
    hint: "The sender gave it to you by another way.",
    show: "Show the password",
    hide: "Hide the password",
    empty: "Type the password first.",
    wrong: (a: { tries: number | undefined }) =>
      a.tries === undefined
        ? "Wrong password. No view was used."
        : `Wrong password. No view was used; ${plural("en", a.tries, { one: "1 try", other: `${a.tries} tries` })} left.`,
    tooMany: (a: { wait: string }) => `Too many tries. Try again in ${a.wait}. Nothing is lost.`,
    working: "Opening the secret…",
  },
  shown: {
    title: (a: { sender: string }) => `The secret from ${a.sender}`,
    text: "Text of the secret",
    copy: "Copy the secret",
    copied: "The secret is copied.",
    notCopied: "This browser did not copy it. Select the text instead.",
    hide: "Hide it now",
    hidesIn: (a: { seconds: number }) => `Hidden again in ${a.seconds} s`,
    hidden: "The secret is hidden.",
    hiddenText: "It stays on this page until you close it. Showing it again here uses no view.",
    again: "Show it again",
    last: "This was the last view: the secret is destroyed on the server.",
    left: (a: { left: number }) => `${plural("en", a.left, { one: "1 view is", other: `${a.left} views are` })} left.`,
    keep: "Copy it to where it belongs before you close this page.",
  },
  refused: {
    cut: { title: "This link is not complete", text: "Its end was lost on the way. Copy the whole link." },
    unknown: { title: "We do not know this secret", text: "The link is wrong, or the secret ended long ago." },
    wrongLink: {
      title: "This link does not open the secret",
      text: "Part of it was changed on the way. No view was used.",
    },
    expired: {
      title: "This secret has expired",
      text: "Its time is over and it was destroyed. Ask the sender for another one.",
    },
    used_up: {
      title: "This secret was already shown",
      text: "It was shown as often as it may be, then destroyed. It was not you? Tell the sender at once.",
    },
    destroyed: {
      title: "The sender destroyed this secret",
      text: "It cannot be shown any more. Ask the sender for another one.",
    },
    locked: {
      title: "Locked after too many wrong passwords",
      text: "The secret is safe and stays closed. Try again later.",
    },
    tooMany: { title: "Too many tries", text: "Wait a little, then try again. Nothing is lost." },
    offline: { title: "No connection", text: "We cannot reach the server. Check your connection, then try again." },
    lost: {
      title: "The connection broke while opening",
      text: "The answer did not arrive. A view may have been used. Try again.",
    },
    integrity: {
      title: "This secret was changed on the way",
      text: "What arrived is not what was sealed. It is not shown. Tell the sender.",
    },
    version: { title: "This page is older than the secret", text: "Reload the page to get the newest one." },
    internal: { title: "Something went wrong on our side", text: "Try again. If it happens again, tell the sender." },
    wait: (a: { wait: string }) => `You can try again in ${a.wait}.`,
    again: "Try again",
  },
};

export type Secret = typeof secret;
