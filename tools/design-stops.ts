/** The screens that docs/design.md shows and e2e/design.test.ts visits, in the order of a reader. A screen is added here and in the tour. */

export interface Stop {
  /** Of its picture: docs/pictures/design/NAME.jpg. */
  readonly name: string;
  readonly title: string;
  /** What to look at: the decision behind the screen. */
  readonly what: string;
}

export interface Chapter {
  readonly title: string;
  readonly stops: readonly Stop[];
}

const stop = (name: string, title: string, what: string): Stop => ({ name, title, what });

export const CHAPTERS: readonly Chapter[] = [
  {
    title: "Components",
    stops: [
      stop("kit", "The kit", "Every component in every state, made of the same sources as the pages."),
      stop(
        "kit-forced-colours",
        "Forced colours",
        "The same where the system chooses the colours: shapes and words remain.",
      ),
    ],
  },
  {
    title: "The recipient",
    stops: [
      stop("open-landing", "The letter, closed", "Who writes, to which mailbox, until when; the button costs nothing."),
      stop(
        "open-code",
        "The code",
        "One field drawn as eight places; paste and autofill work. The reference matches the mail's.",
      ),
      stop("open-code-wrong", "A wrong code", "What happened, what is safe, what to do."),
      stop("open-password", "The password", "Asked after the mailbox is proven."),
      stop("open-letter", "The letter, open", "The subject and the text speak in serif, the page in sans."),
      stop("open-reply", "The reply", "In the same page, sealed for the sender."),
      stop("open-over", "The last opening", "Says that leaving is final, before it is."),
      stop("open-used-up", "Used up", "Each refusal has its page, its reason and a way on."),
      stop("open-revoked", "Revoked", "Nothing is told that the mailbox was not proven for."),
      stop("open-unknown", "A link we do not know", "No oracle: nothing says whether it was ever there."),
      stop("secret-closed", "A secret, hidden", "Looking uses nothing."),
      stop("secret-shown", "A secret, shown", "Hidden again after a minute."),
      stop("secret-gone", "A secret, already shown", "And what to do if it was not you."),
    ],
  },
  {
    title: "The member",
    stops: [
      stop("app-sign-in", "Sign in", "An address and one button."),
      stop("app-sign-in-sent", "Look at your mailbox", "The check words are the mail's."),
      stop("app-welcome", "Who you are", "First of three steps."),
      stop("app-keys", "Your keys", "The strength is shown while one types."),
      stop("app-kit", "The recovery kit", "To save or to print, once."),
      stop("app-write-empty", "Write: empty", "As a letter: to whom, what about, the text."),
      stop("app-write", "Write: full", "Files travel while one still writes."),
      stop("app-password", "A password", "Generated, with its strength, and a safe way to pass it on."),
      stop(
        "app-summary",
        "Before sending",
        "Who gets what under which protection; a look-alike address must be answered.",
      ),
      stop("app-sent-empty", "Sent: nothing yet", "What the place is for, and the first step."),
      stop("app-sent", "Sent", "A table that is cards on a phone."),
      stop("app-message", "A message", "The time line, the people, the register."),
      stop("app-revoke", "Revoke", "Says what will be gone."),
      stop("app-drafts", "Drafts", "Kept sealed on this device."),
      stop("app-received-empty", "Received: nothing yet", "What arrives here."),
      stop("app-received", "Received", "Replies, newest first."),
      stop("app-reply", "A reply", "From whose mailbox was proven."),
      stop("app-conversation", "A conversation", "What was said after a message, on both sides at once."),
      stop("app-contacts-empty", "Contacts: none yet", "Write one, or bring a file."),
      stop("app-contact", "A contact", "Shared, or one's own; the language is remembered."),
      stop("app-contacts", "Contacts", "Found by name, address or company."),
      stop("app-organisation", "Organisation", "Each rule with its meaning and its lock."),
      stop("app-secrets", "Secrets", "Made, counted, destroyed."),
      stop("app-settings", "Settings", "Profile, defaults, keys, sessions."),
      stop("app-shortcuts", "Keyboard", "Everything by keys."),
      stop("app-unlock", "Unlock", "Signed in is not unlocked: reading back asks once a device."),
    ],
  },
  {
    title: "Mails and others",
    stops: [
      stop(
        "mail-message",
        "The mail of a message",
        "A letter from the organisation: one paragraph, one button, how to check it.",
      ),
      stop("mail-code", "The mail of a code", "The code and its reference."),
      stop("mail-sign-in", "The mail to sign in", "Where it was asked from."),
      stop("mailbox", "The local mailbox", "Where mails go on one's own machine."),
      stop("verify-server", "Check a server", "Compares a running server with the release."),
    ],
  },
];

export const STOPS: readonly Stop[] = CHAPTERS.flatMap(({ stops }) => stops);
