/**
 * Sends and opens as a client does, but blindly: the ciphertext is random bytes, the keys are random text of the right length. For a
 * server that cannot open anything there is no difference, and tests of the server need nothing that seals.
 */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import type {
  CodeSent,
  Delivery,
  EnvelopeDraft,
  GrantCreation,
  Language,
  NotifyMe,
  PartSummary,
  SendAnswer,
  SendMessage,
  SendReply,
} from "@pli/core/wire";
import type { Person } from "./http.ts";
import type { World } from "./world.ts";

const text = (lengthBytes: number) => randomBytes(lengthBytes).toString("base64url");
const sha256 = (data: Uint8Array) => createHash("sha256").update(data).digest();

/** One recipient's right, with what only the link's holder knows. */
export interface BlindGrant {
  readonly creation: GrantCreation;
  readonly grantId: string;
  readonly address: string;
  readonly linkSecret: string;
  readonly verifier: string;
}

export interface BlindMessage {
  readonly envelopeId: string;
  readonly grants: readonly BlindGrant[];
  readonly order: SendMessage;
  /** Ciphertext of each part, the manifest first. */
  readonly contents: readonly Uint8Array[];
}

export interface MessageWishes {
  readonly to?: readonly string[];
  /** Of everybody in `to`. */
  readonly name?: string;
  readonly openings?: number;
  readonly delivery?: Delivery;
  readonly mobile?: string;
  readonly smsCode?: boolean;
  /** null: none is named. Default `en`. */
  readonly language?: Language | null;
  readonly expiresInMs?: number;
  readonly partBytes?: readonly number[];
  readonly holdSeconds?: number;
  /** Default `never`. */
  readonly notify?: NotifyMe;
  readonly notifyUnread?: boolean;
  readonly reference?: string;
}

const HOUR_MS = 3_600_000;

export function blindGrant(
  address: string,
  wishes: Pick<MessageWishes, "name" | "openings" | "delivery" | "mobile" | "smsCode" | "language"> = {},
): BlindGrant {
  const grantId = text(16);
  const linkSecret = text(32);
  const verifier = randomBytes(32);
  const delivery = wishes.delivery ?? "mail";
  const language = wishes.language === undefined ? "en" : wishes.language;
  const creation: GrantCreation = {
    grantId,
    recipient: {
      address,
      type: "to",
      ...(wishes.name === undefined ? {} : { name: wishes.name }),
      ...(wishes.mobile === undefined ? {} : { mobile: wishes.mobile }),
    },
    verifierSha256: sha256(verifier).toString("base64url"),
    wrappedKey: text(60),
    openings: wishes.openings ?? 1,
    ...(language && { language }),
    delivery,
    ...(wishes.smsCode === undefined ? {} : { smsCode: wishes.smsCode }),
    sealedSecret: text(60),
    ...(delivery === "link" ? {} : { linkSecret }),
  };
  return { creation, grantId, address, linkSecret, verifier: verifier.toString("base64url") };
}

export async function createDraft(sender: Person): Promise<EnvelopeDraft> {
  const answer = await sender.call("POST", "/api/v1/envelopes", { json: { kind: "message" } });
  assert.equal(answer.status, 201, answer.bytes.toString());
  return answer.json();
}

export const chunkPath = (envelopeId: string, part: number, chunk: number) =>
  `/api/v1/envelopes/${envelopeId}/parts/${part}/chunks/${chunk}`;

/** Puts one chunk that is a whole part, and tells what a send order says of it. */
export async function putPart(
  sender: Person,
  envelopeId: string,
  part: number,
  content: Uint8Array,
): Promise<PartSummary> {
  const answer = await sender.call("PUT", chunkPath(envelopeId, part, 0), {
    body: content,
    headers: { "content-type": "application/octet-stream" },
  });
  assert.equal(answer.status, 204, answer.bytes.toString());
  return { part, chunks: 1, sizeBytes: content.length, sha256: sha256(content).toString("base64url") };
}

export function commitmentOf(parts: readonly PartSummary[]): string {
  return sha256(Buffer.concat(parts.map((part) => Buffer.from(part.sha256, "base64url")))).toString("base64url");
}

/** Everything but the order to send. */
export async function prepareMessage(world: World, sender: Person, wishes: MessageWishes = {}): Promise<BlindMessage> {
  const { envelopeId } = await createDraft(sender);
  const contents = (wishes.partBytes ?? [2000, 5000]).map((lengthBytes) => randomBytes(lengthBytes));
  const parts: PartSummary[] = [];
  for (const [part, content] of contents.entries()) parts.push(await putPart(sender, envelopeId, part, content));
  const grants = (wishes.to ?? ["jeanne@courriel.example"]).map((address) => blindGrant(address, wishes));
  const order: SendMessage = {
    parts,
    commitment: commitmentOf(parts),
    grants: grants.map(({ creation }) => creation),
    expiresAt: new Date(world.now() + (wishes.expiresInMs ?? 48 * HOUR_MS)).toISOString(),
    notify: wishes.notify ?? "never",
    ...(wishes.reference === undefined ? {} : { reference: wishes.reference }),
    ...(wishes.notifyUnread === undefined ? {} : { notifyUnread: wishes.notifyUnread }),
    sealedSenderKey: text(1168),
    sealedKey: text(60),
    sealedSummary: text(540),
    ...(wishes.holdSeconds === undefined ? {} : { holdSeconds: wishes.holdSeconds }),
  };
  return { envelopeId, grants, order, contents };
}

export async function sendBlindly(world: World, sender: Person, wishes: MessageWishes = {}): Promise<BlindMessage> {
  const message = await prepareMessage(world, sender, wishes);
  const answer = await sender.call("POST", `/api/v1/envelopes/${message.envelopeId}/send`, { json: message.order });
  assert.ok(answer.status === 200 || answer.status === 201, answer.bytes.toString());
  assert.equal(answer.json<SendAnswer>().envelopeId, message.envelopeId);
  return message;
}

/** What the first group of `pattern` finds in the newest mail to `address` that has it, once it is there. */
export async function waitForText(world: World, address: string, pattern: RegExp): Promise<string> {
  const deadlineMs = performance.now() + 30_000;
  const path = `/dev/mailbox.json?to=${encodeURIComponent(address)}`;
  while (performance.now() < deadlineMs) {
    // Plainly: whoever comes through a proxy finds no mailbox.
    const answer = await fetch(world.origin + path);
    for (const mail of (await answer.json()) as readonly { text: string }[]) {
      const found = pattern.exec(mail.text)?.[1];
      if (found !== undefined) return found;
    }
    await new Promise((resume) => setTimeout(resume, 20));
  }
  throw new Error(`no such mail came to ${address}`);
}

/** Has a code sent through `grant` and reads it. */
export async function askCode(
  world: World,
  device: Person,
  grant: Pick<BlindGrant, "grantId" | "address">,
): Promise<string> {
  const asked = await device.call("POST", `/api/v1/grants/${grant.grantId}/codes`, { json: {} });
  assert.equal(asked.status, 202, asked.bytes.toString());
  const { reference } = asked.json<CodeSent>();
  const digits = await waitForText(
    world,
    grant.address,
    new RegExp(`^(?=[^]*${reference})[^]*?(?<![\\w-])(\\d{4}[\\s\\u00a0\\u202f]?\\d{4})(?![\\w-])`),
  );
  return digits.replaceAll(/\D/g, "");
}

/** Has a code sent by SMS to `number` through a grant, and reads it. */
export async function askSmsCode(world: World, device: Person, grantId: string, number: string): Promise<string> {
  const asked = await device.call("POST", `/api/v1/grants/${grantId}/sms-codes`, { json: {} });
  assert.equal(asked.status, 202, asked.bytes.toString());
  const { reference } = asked.json<CodeSent>();
  return await waitForText(world, number, new RegExp(`^(\\d{6}) (?=[^]*${reference})`));
}

export async function proveMailbox(device: Person, grantId: string, code: string): Promise<void> {
  const proven = await device.call("POST", `/api/v1/grants/${grantId}/proofs`, { json: { code } });
  assert.equal(proven.status, 200, proven.bytes.toString());
}

/** A device that has proven the mailbox of `grant`, and opened it. */
export async function openBlindly(world: World, grant: BlindGrant, device = world.visitor()): Promise<Person> {
  if (grant.creation.delivery === "mail")
    await proveMailbox(device, grant.grantId, await askCode(world, device, grant));
  const opened = await device.call("POST", `/api/v1/grants/${grant.grantId}/openings`, {
    json: { verifier: grant.verifier },
  });
  assert.ok(opened.status === 200 || opened.status === 201, opened.bytes.toString());
  return device;
}

/** A reply begun on `device`, with its manifest uploaded, and the order that would send it. */
export async function prepareReply(device: Person, grantId: string): Promise<{ envelopeId: string; order: SendReply }> {
  const begun = await device.call("POST", `/api/v1/grants/${grantId}/replies`, { json: {} });
  assert.equal(begun.status, 201, begun.bytes.toString());
  const { envelopeId } = begun.json<EnvelopeDraft>();
  const parts = [await putPart(device, envelopeId, 0, randomBytes(900))];
  return { envelopeId, order: { parts, commitment: commitmentOf(parts), sealedKey: text(1168) } };
}
