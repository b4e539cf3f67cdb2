/**
 * Reply to all (spec: messages.md M16; protocol.md Z5, Z13, Z15): whom it reaches, and the grants that its writer's device makes for them. The sender's own
 * way to read it is that of every reply.
 */
import type { ContentKey, CryptoProvider, Manifest } from "@pli/core/sealing";
import { createGrant } from "@pli/core/sealing";
import type { Opening, Readers, ReadersQuestion, ReplyReader } from "@pli/core/wire";
import { LIMITS } from "@pli/core/wire";
import type { Transport } from "./transport.ts";

/** Those whom the message names beside its reader, as it names them. */
export function othersIn(manifest: Pick<Manifest, "to">, opening: Pick<Opening, "address">): Manifest["to"] {
  const own = opening.address.toLowerCase();
  return manifest.to.filter(({ address }) => address.includes("@") && address.toLowerCase() !== own);
}

/** Whether the message names its reader: if not, theirs is a blind copy, which a reply to all makes known. */
export function isBlind(manifest: Pick<Manifest, "to">, opening: Pick<Opening, "address">): boolean {
  const own = opening.address.toLowerCase();
  return manifest.to.every(({ address }) => address.toLowerCase() !== own);
}

/**
 * Which of those a reply to all reaches now. Needs a running opening; changes nothing.
 * @throws PliError `opening_required`, `rate_limited`
 */
export async function findReaders(
  t: Transport,
  grantId: string,
  message: { readonly manifest: Pick<Manifest, "to">; readonly opening: Pick<Opening, "address"> },
): Promise<Manifest["to"]> {
  const others = othersIn(message.manifest, message.opening).slice(0, LIMITS.recipients);
  if (others.length === 0) return [];
  const question: ReadersQuestion = { addresses: others.map(({ address }) => address) };
  const answer = await t.json<Readers>("POST", `/api/v1/grants/${grantId}/readers`, question);
  const reached = new Set(answer.addresses.map((address) => address.toLowerCase()));
  // Never anybody whom the message does not name, whatever a server says.
  return others.filter(({ address }) => reached.has(address.toLowerCase()));
}

/** A grant for each reader, under a link secret of their own (Z5). */
export async function grantReaders(
  crypto: CryptoProvider,
  contentKey: ContentKey,
  readers: Manifest["to"],
): Promise<readonly ReplyReader[]> {
  const made: ReplyReader[] = [];
  for (const { address } of readers) made.push({ ...(await createGrant(crypto, { contentKey })), address });
  return made;
}
