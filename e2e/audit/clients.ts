/** Senders and recipients through the SDK, who write down in the ledger what they tried and what they were told. */
import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import {
  askCode,
  createDraft,
  createReplyDraft,
  createTransport,
  createUpload,
  getGrantInfo,
  makeKeyring,
  openGrant,
  prepareMessage,
  proveMailbox,
  readManifest,
  revoke,
  sendReply,
  storeKeyring,
  submitMessage,
  type Transport,
} from "@pli/client";
import { createCookieJar } from "@pli/client/node";
import { nodeCrypto } from "@pli/core/crypto-node";
import { isErrorCode, PliError } from "@pli/core/errors";
import { type KeyringKeys, parseLink } from "@pli/core/sealing";
import { runAdmin } from "../harness/cli.ts";
import type { RunningServer } from "../harness/server.ts";
import { type KnownGrant, type KnownMessage, type Ledger, noteMessage } from "./ledger.ts";
import type { MailSink } from "./mail-sink.ts";
import type { Random } from "./random.ts";

/** The cheapest that readers accept: these tests are not about passwords. */
const ARGON2 = { memoryKiB: 19 * 1024, passes: 2, lanes: 1 };
const MEBIBYTE = 1024 * 1024;

export interface Sender {
  /** As its wire's. */
  readonly patience?: Patience;
  readonly token: string;
  readonly address: string;
  readonly keys: KeyringKeys;
  readonly kemPublic: string;
  transport(origin?: string): Transport;
}

/** Counts what goes over the wire, so that a server can be killed in the middle of it. */
export interface Wire {
  readonly fetch: typeof globalThis.fetch;
  /** Resolves when so many more requests have been begun. */
  after(requests: number): Promise<void>;
  /** Without it clients try once and do not wait: the server is killed under them. */
  readonly patience?: Patience;
}

/** How clients bear that a server does not answer. */
export interface Patience {
  readonly tries: number;
  readonly wait: (delayMs: number) => Promise<void>;
  /** So long a chunk is tried again. */
  readonly uploadMs: number;
  /** Whether nobody waits for anything any more. */
  isOver(): boolean;
}

const patienceOf = (of: { readonly patience?: Patience }): number => of.patience?.uploadMs ?? 1;

export function createWire(): Wire {
  let left = Number.POSITIVE_INFINITY;
  let reached = () => {};
  return {
    fetch: (url, init) => {
      left -= 1;
      if (left === 0) reached();
      return fetch(url, init);
    },
    after: (requests) =>
      new Promise((resolve) => {
        left = requests;
        reached = resolve;
      }),
  };
}

function transportTo(wire: Wire, origin: string, options: { token?: string; network?: string } = {}): Transport {
  const { token, network } = options;
  const from = network === undefined ? {} : { "x-forwarded-for": network };
  return createTransport({
    origin,
    device: createCookieJar(),
    tries: wire.patience?.tries ?? 1,
    ...(wire.patience === undefined ? {} : { wait: wire.patience.wait }),
    fetch: (url, init) => wire.fetch(url, { ...init, headers: { ...(init?.headers as object), ...from } }),
    ...(token === undefined ? {} : { token }),
  });
}

/** The owner with a token and a keyring. */
export async function createSender(
  server: Pick<RunningServer, "dataFolder" | "origin" | "ownerAddress" | "place">,
  wire: Wire,
): Promise<Sender> {
  const token = await runAdmin(server, ["create-token", "--member", server.ownerAddress]);
  const transport = (origin = server.origin) => transportTo(wire, origin, { token });
  const made = await makeKeyring(nodeCrypto, {
    passphrase: "seven blue horses",
    slotName: "Passphrase",
    argon2: ARGON2,
  });
  await storeKeyring(transport(), made.creation);
  const { kemPublic } = made.creation;
  return {
    ...(wire.patience && { patience: wire.patience }),
    token,
    address: server.ownerAddress,
    keys: made.keys,
    kemPublic,
    transport,
  };
}

let numbers = 0;

/** Sends a message with up to two attachments to up to two recipients, half of them by mail. */
export async function sendOne(sender: Sender, ledger: Ledger, random: Random): Promise<void> {
  const t = sender.transport();
  const { draft, contentKey } = await createDraft(t, nodeCrypto);
  const { envelopeId, chunkBytes } = draft;
  const upload = createUpload(t, nodeCrypto, { envelopeId, contentKey, chunkBytes, patienceMs: patienceOf(sender) });
  const files = [];
  const attachments = [];
  for (let at = random.between(0, 2); at > 0; at--) {
    const content = random.bytes(random.next() < 0.1 ? 9 * MEBIBYTE : random.between(0, 400_000));
    const name = `file ${at}.bin`;
    const file = {
      name,
      mediaType: "application/octet-stream",
      sizeBytes: content.length,
      content: new Blob([content]),
    };
    attachments.push((await upload.add(file).done).attachment);
    files.push({ name, sha256: createHash("sha256").update(content).digest("hex") });
  }
  numbers += 1;
  const subject = `Subject ${numbers}`;
  const text = `Text ${numbers} ${"é".repeat(random.between(0, 3000))}`;
  const recipients = Array.from({ length: random.between(1, 2) }, (_, at) => ({
    // A domain each: mails to one are paced.
    address: `reader@r${numbers}-${at}.example`,
    type: "to" as const,
  }));
  const prepared = await prepareMessage(t, nodeCrypto, {
    draft,
    contentKey,
    upload,
    account: { keyring: { kemPublic: sender.kemPublic } },
    message: {
      subject,
      html: "<p>text</p>",
      text,
      from: { name: "", address: sender.address },
      recipients,
      attachments,
    },
    policy: {
      openings: random.between(1, 3),
      expiresAt: new Date(Date.now() + 20 * 24 * 3_600_000).toISOString(),
      language: "en",
      delivery: random.next() < 0.5 ? "mail" : "link",
      notify: "never",
    },
  });
  const known = noteMessage(ledger, { prepared, subject, text, files });
  await submitMessage(t, prepared);
  known.acknowledged = true;
}

/** Sends once more what got no answer: it must be taken now, once. */
export async function submitAgain(sender: Sender, ledger: Ledger): Promise<void> {
  for (const message of ledger.messages.values()) {
    if (message.acknowledged) continue;
    await submitMessage(sender.transport(), message.prepared);
    message.acknowledged = true;
  }
}

export async function revokeOne(sender: Sender, ledger: Ledger, random: Random): Promise<void> {
  const message = random.pick([...ledger.messages.values()].filter((one) => one.acknowledged && one.revoking === "no"));
  if (message === undefined) return;
  message.revoking = "ordered";
  await confirmRevoking(sender, message);
}

export async function confirmRevoking(sender: Sender, message: KnownMessage): Promise<void> {
  try {
    await revoke(sender.transport(), message.prepared.envelopeId);
    message.revoking = "confirmed";
  } catch (error) {
    // All its openings were used and its end came before.
    if (!(error instanceof PliError && error.code === "conflict")) throw error;
  }
}

const ENDED = ["used_up", "expired", "revoked", "destroyed", "not_found", "conflict", "opening_required"];
/** What a recipient may rightly be told while others open and revoke. */
const isEnded = (error: unknown) => error instanceof PliError && isErrorCode(error.code) && ENDED.includes(error.code);

/** Opens some grant on a new device, reads, comes back, and sometimes answers. */
export async function openOne(
  at: { readonly wire: Wire; readonly origin: string },
  ledger: Ledger,
  random: Random,
  mails: MailSink,
): Promise<void> {
  const open = [...ledger.grants.values()].filter(
    ({ envelopeId, openingsTried, openingsAllowed }) =>
      ledger.messages.get(envelopeId)?.acknowledged === true && openingsTried <= openingsAllowed,
  );
  const grant = random.pick(open);
  if (grant === undefined) return;
  const t = transportTo(at.wire, at.origin, { network: `10.${random.between(0, 255)}.${random.between(0, 255)}.9` });
  try {
    await openOn(t, grant, ledger, { random, mails, wire: at.wire });
  } catch (error) {
    if (!isEnded(error)) throw error;
  }
}

/** Another device has asked a moment before: its code is as good. */
function ignoreAskedJustNow(error: unknown): void {
  if (!(error instanceof PliError && error.code === "rate_limited")) throw error;
}

async function openOn(
  t: Transport,
  grant: KnownGrant,
  ledger: Ledger,
  by: { readonly random: Random; readonly mails: MailSink; readonly wire: Wire },
): Promise<void> {
  const { grantId, link, address } = grant;
  const info = await getGrantInfo(t, grantId);
  if (info.factors.mailboxCode) {
    if (by.mails.codeFor(address) === undefined) await askCode(t, grantId).catch(ignoreAskedJustNow);
    while (by.mails.codeFor(address) === undefined) {
      await Promise.race([by.mails.nextMail(), pause(100)]);
      if (by.wire.patience?.isOver() === true) return;
      // Tells a server that is gone from a mail that is slow.
      await getGrantInfo(t, grantId);
    }
    await proveMailbox(t, grantId, { code: by.mails.codeFor(address) ?? "" });
  }
  grant.openingsTried += 1;
  const { opening, contentKey } = await openGrant(t, nodeCrypto, { link: parseLink(link), info });
  grant.openingsGiven += 1;
  // Coming back on the same device is no other opening.
  await openGrant(t, nodeCrypto, { link: parseLink(link), info });
  const manifest = await readManifest(t, nodeCrypto, { source: { grantId }, contentKey });
  const message = ledger.messages.get(grant.envelopeId);
  if (manifest.subject !== message?.subject) throw new Error("opened another message");
  if (by.random.next() < 0.4) await answer(t, grant, { manifest, inReplyTo: opening.envelopeId }, ledger, by.wire);
}

async function answer(
  t: Transport,
  grant: KnownGrant,
  to: { readonly manifest: Awaited<ReturnType<typeof readManifest>>; readonly inReplyTo: string },
  ledger: Ledger,
  wire: Wire,
): Promise<void> {
  const { draft, contentKey } = await createReplyDraft(t, nodeCrypto, grant.grantId);
  const { envelopeId, chunkBytes } = draft;
  const upload = createUpload(t, nodeCrypto, { envelopeId, contentKey, chunkBytes, patienceMs: patienceOf(wire) });
  const known = { envelopeId, subject: `Re: ${to.manifest.subject}`, acknowledged: false };
  ledger.replies.set(envelopeId, known);
  await sendReply(t, nodeCrypto, {
    draft,
    contentKey,
    upload,
    to: to.manifest,
    inReplyTo: to.inReplyTo,
    message: {
      subject: known.subject,
      html: "<p>Yes</p>",
      text: "Yes",
      from: { name: "", address: grant.address },
      attachments: [],
    },
  });
  known.acknowledged = true;
}
