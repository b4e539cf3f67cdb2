/**
 * A message on a node, made by hand: the server is blind, so random bytes of the right length are as good to it as sealed ones. For
 * benchmarks that need something to read, not for tests of what is read.
 */
import { createHash, randomBytes } from "node:crypto";
import type { EnvelopeDraft, GrantCreation, Language, PartSummary, SendAnswer, SendMessage } from "@pli/core/wire";
import { LIMITS } from "@pli/core/wire";
import type { RunningServer } from "../e2e/harness.ts";
import { call } from "./workshop.ts";

const random = (lengthBytes: number): string => randomBytes(lengthBytes).toString("base64url");
const WRAPPED_KEY_BYTES = 60;
/** X-Wing encapsulation (1120) and a sealed 32-byte key (48). */
const SENDER_KEY_BYTES = 1168;
/** A nonce (12), the summary's first size class, a tag (16). */
const SUMMARY_BYTES = 540;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A grant by link for an address nobody has, with room for any number of openings. */
export function grantFor(address: string): GrantCreation & { readonly language: Language } {
  return {
    grantId: random(16),
    recipient: { address, type: "to" },
    verifierSha256: random(32),
    wrappedKey: random(WRAPPED_KEY_BYTES),
    openings: 1,
    language: "en",
    delivery: "link",
    sealedSecret: random(WRAPPED_KEY_BYTES),
  };
}

/** What `POST /send` takes, for parts whose digests are given in order, the manifest's first. */
export function messageOf<Grant extends GrantCreation>(
  parts: readonly PartSummary[],
  grants: readonly Grant[],
): SendMessage & { readonly grants: readonly Grant[] } {
  const commitment = createHash("sha256");
  for (const part of parts) commitment.update(Buffer.from(part.sha256, "base64url"));
  return {
    parts,
    commitment: commitment.digest("base64url"),
    grants,
    expiresAt: new Date(Date.now() + DAY_MS).toISOString(),
    notify: "never",
    sealedSenderKey: random(SENDER_KEY_BYTES),
    sealedKey: random(WRAPPED_KEY_BYTES),
    sealedSummary: random(SUMMARY_BYTES),
  };
}

/** Uploads `chunks` times `chunk` as part 1 and a manifest of noise, and sends it. */
export async function sendSealed(
  node: { server: RunningServer; token: string },
  content: { readonly chunk: Uint8Array; readonly chunks: number },
): Promise<SendAnswer> {
  const { envelopeId } = await call<EnvelopeDraft>(node, "POST", "/envelopes", { kind: "message" });
  const put = async (part: number, index: number, body: Uint8Array<ArrayBuffer>) => {
    const answer = await fetch(`${node.server.origin}/api/v1/envelopes/${envelopeId}/parts/${part}/chunks/${index}`, {
      method: "PUT",
      headers: { authorization: `Bearer ${node.token}`, "content-type": "application/octet-stream" },
      body,
    });
    if (!answer.ok) throw new Error(`PUT answered ${answer.status}: ${await answer.text()}`);
  };
  const manifest = Uint8Array.from(randomBytes(4096));
  await put(0, 0, manifest);
  const digest = createHash("sha256");
  for (let index = 0; index < content.chunks; index++) {
    await put(1, index, Uint8Array.from(content.chunk));
    digest.update(content.chunk);
  }
  const parts: PartSummary[] = [
    {
      part: 0,
      chunks: 1,
      sizeBytes: manifest.length,
      sha256: createHash("sha256").update(manifest).digest("base64url"),
    },
    {
      part: 1,
      chunks: content.chunks,
      sizeBytes: content.chunks * LIMITS.chunkBytes,
      sha256: digest.digest("base64url"),
    },
  ];
  const used = content.chunks === 0 ? parts.slice(0, 1) : parts;
  return call<SendAnswer>(
    node,
    "POST",
    `/envelopes/${envelopeId}/send`,
    messageOf(used, [grantFor("nobody@example.org")]),
  );
}
