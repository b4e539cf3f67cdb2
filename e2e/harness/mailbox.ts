/** Reads the local mailbox as a recipient reads theirs: mails to an address, the code in one, the link in one. */
import type { RunningServer } from "./server.ts";

const WAIT_MS = 30_000;
const POLL_MS = 50;
/** A private link: grant id and link secret. */
const LINK = /https?:\/\/[^\s"<>]+\/o\/[\w-]{22}#[\w-]{43}/;
/** Eight digits, perhaps in two groups. */
const CODE = /(?<![\w-])(\d{4})[\s\u00a0\u202f]?(\d{4})(?![\w-])/;

/** As `/dev/mailbox.json` gives it. */
export interface Mail {
  readonly id: string;
  readonly channel: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly sentAt: string;
}

type Mailbox = Pick<RunningServer, "origin">;

/** Mails to `address`, newest first. */
export async function mailsTo(server: Mailbox, address: string): Promise<readonly Mail[]> {
  const answer = await fetch(`${server.origin}/dev/mailbox.json?to=${encodeURIComponent(address)}`);
  if (!answer.ok) throw new Error(`the mailbox answered ${answer.status}`);
  return (await answer.json()) as readonly Mail[];
}

/**
 * The newest mail to `address` that satisfies `matching` and is not among `seen` (which it joins), waiting for it a while.
 * @throws Error with the subjects that are there when none comes.
 */
export async function waitForMail(
  server: Mailbox,
  address: string,
  matching: (mail: Mail) => boolean = () => true,
  seen: Set<string> = new Set(),
): Promise<Mail> {
  const deadlineMs = performance.now() + WAIT_MS;
  for (;;) {
    const mails = await mailsTo(server, address);
    const mail = mails.find((candidate) => !seen.has(candidate.id) && matching(candidate));
    if (mail !== undefined) {
      seen.add(mail.id);
      return mail;
    }
    if (performance.now() > deadlineMs) {
      throw new Error(`no such mail to ${address}; there: ${mails.map((one) => one.subject).join(" | ") || "none"}`);
    }
    await new Promise((resume) => setTimeout(resume, POLL_MS));
  }
}

function codeIn(mail: Mail): string | null {
  const found = CODE.exec(mail.text.replaceAll(/https?:\/\/\S+/g, ""));
  return found === null ? null : `${found[1]}${found[2]}`;
}

/** The eight digits of the newest code mail to `address`. */
export async function codeFor(server: Mailbox, address: string, seen?: Set<string>): Promise<string> {
  const mail = await waitForMail(
    server,
    address,
    (candidate) => codeIn(candidate) !== null && !LINK.test(candidate.text),
    seen,
  );
  return codeIn(mail) ?? "";
}

/** The private link in the newest notification to `address`. */
export async function linkFor(server: Mailbox, address: string, seen?: Set<string>): Promise<string> {
  const mail = await waitForMail(server, address, (candidate) => LINK.test(candidate.text), seen);
  return LINK.exec(mail.text)?.[0] ?? "";
}
