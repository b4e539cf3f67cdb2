/** Says things in the conversation of a message as its two sides do, blindly. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { EnvelopeDraft, ReplyReader, SendFollowUp, SendReply } from "@pli/core/wire";
import { type BlindGrant, blindGrant, commitmentOf, prepareReply, putPart } from "./blind-sender.ts";
import type { Person } from "./http.ts";

const text = (lengthBytes: number) => randomBytes(lengthBytes).toString("base64url");

/** An answer with its manifest uploaded, and the order that would send it. */
export async function prepareAnswer(
  sender: Person,
  messageId: string,
  grants: readonly BlindGrant[],
): Promise<{ readonly envelopeId: string; readonly order: SendFollowUp; readonly content: Uint8Array }> {
  const begun = await sender.call("POST", `/api/v1/envelopes/${messageId}/answers`, { json: {} });
  assert.equal(begun.status, 201, begun.bytes.toString());
  const { envelopeId } = begun.json<EnvelopeDraft>();
  const content = randomBytes(700);
  const parts = [await putPart(sender, envelopeId, 0, content)];
  const threads = grants.map(({ grantId, linkSecret, creation }) => ({
    grantId,
    wrappedKey: text(60),
    ...(creation.delivery === "mail" ? { linkSecret } : {}),
  }));
  return { envelopeId, content, order: { parts, commitment: commitmentOf(parts), sealedKey: text(1168), threads } };
}

/** @returns the answer's id and its manifest's ciphertext */
export async function answerBlindly(sender: Person, messageId: string, grants: readonly BlindGrant[]) {
  const { envelopeId, order, content } = await prepareAnswer(sender, messageId, grants);
  const sent = await sender.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: order });
  assert.equal(sent.status, 200, sent.bytes.toString());
  return { envelopeId, content, order };
}

/** A reply that its writer can read again. */
export async function replyBlindly(device: Person, grantId: string, brief = false): Promise<string> {
  const { envelopeId, order } = await prepareReply(device, grantId);
  const json: SendReply = { ...order, threadKey: text(60), ...(brief ? { brief } : {}) };
  const sent = await device.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json });
  assert.equal(sent.status, 200, sent.bytes.toString());
  return envelopeId;
}

/** A grant of a reply to all, and what its reader has. */
export function blindReader(address: string): { readonly grant: BlindGrant; readonly reader: ReplyReader } {
  const grant = blindGrant(address);
  const { grantId, linkSecret } = grant;
  const { verifierSha256, wrappedKey } = grant.creation;
  return { grant, reader: { grantId, address, verifierSha256, wrappedKey, linkSecret } };
}

/** A reply to these, begun and uploaded, and the order that would send it. */
export async function prepareReplyToAll(device: Person, grantId: string, addresses: readonly string[]) {
  const { envelopeId, order } = await prepareReply(device, grantId);
  const made = addresses.map(blindReader);
  const readers = made.map(({ reader }) => reader);
  return { envelopeId, grants: made.map(({ grant }) => grant), order: { ...order, readers } satisfies SendReply };
}

/** @returns the reply's id, and the readers' grants */
export async function replyToAllBlindly(device: Person, grantId: string, addresses: readonly string[]) {
  const { envelopeId, grants, order } = await prepareReplyToAll(device, grantId, addresses);
  const sent = await device.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: order });
  assert.equal(sent.status, 200, sent.bytes.toString());
  return { envelopeId, grants, order };
}
