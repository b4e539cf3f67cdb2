/** The recipient's doors of one grant (wire/grant.ts). Sends the verifier alone: link secret, password and keys stay here. */

import type { ContentKey, CryptoProvider, GrantLink } from "@pli/core/sealing";
import { deriveGrantKeys, unwrapContentKey } from "@pli/core/sealing";
import type {
  CodeSent,
  CopyRequestCreation,
  GrantInfo,
  MailboxProof,
  MailboxProven,
  Opening,
  OpeningRequest,
} from "@pli/core/wire";
import type { Transport } from "./transport.ts";

/** Which door content comes through: a recipient's grant (or what was `said` in its conversation), or a member's own envelope. */
export type ContentSource = { readonly grantId: string; readonly said?: string } | { readonly envelopeId: string };

/** Path of a part's ciphertext behind its door. */
export function contentPath(source: ContentSource, part: number): string {
  const door = "grantId" in source ? `grants/${source.grantId}` : `envelopes/${source.envelopeId}`;
  const said = "said" in source && source.said !== undefined ? `/thread/${source.said}` : "";
  return `/api/v1/${door}${said}/parts/${part}/content`;
}

/** Changes nothing on the server. @throws PliError `not_found` */
export function getGrantInfo(t: Transport, grantId: string, signal?: AbortSignal): Promise<GrantInfo> {
  return t.json("GET", `/api/v1/grants/${grantId}`, undefined, signal && { signal });
}

/** Has a code sent to the granted mailbox. @throws PliError `rate_limited` with details.retryAfterSeconds */
export function askCode(t: Transport, grantId: string): Promise<CodeSent> {
  return t.json("POST", `/api/v1/grants/${grantId}/codes`, {});
}

/** @param proof.code 8 digits, spaces allowed. @throws PliError `wrong_code` with details.triesLeft, `code_expired` */
export function proveMailbox(t: Transport, grantId: string, proof: MailboxProof): Promise<MailboxProven> {
  return t.json("POST", `/api/v1/grants/${grantId}/proofs`, bare(proof));
}

function bare(proof: MailboxProof): MailboxProof {
  return { ...proof, code: proof.code.replace(/\D/g, "") };
}

/**
 * Uses one opening (none when this device has one running) and unwraps the content key.
 * @param options.proof proves the mailbox on the same way. @param options.withManifest asks for a short manifest on the same way
 * @throws PliError those of `proveMailbox` with a proof; `mailbox_proof_required`, `sms_proof_required`, `wrong_password` (details.triesLeft), `locked` (details.retryAfterSeconds), `expired`,
 *   `used_up`, `revoked`, `destroyed`, `not_found`; `bad_input` when a password is needed and not given; `integrity`
 */
export async function openGrant(
  t: Transport,
  crypto: CryptoProvider,
  options: {
    readonly link: Pick<GrantLink, "grantId" | "linkSecret">;
    readonly password?: string;
    readonly info: Pick<GrantInfo, "passwordParams">;
  } & Pick<OpeningRequest, "proof" | "withManifest">,
): Promise<{ opening: Opening; contentKey: ContentKey }> {
  const { link, password, info, proof, withManifest } = options;
  const { passwordParams } = info;
  const protection = passwordParams && { passwordParams, ...(password !== undefined && { password }) };
  const { grantId, linkSecret } = link;
  const { kek, verifier } = await deriveGrantKeys(crypto, { grantId, linkSecret, ...protection });
  const request: OpeningRequest = {
    verifier,
    ...(proof && { proof: bare(proof) }),
    ...(withManifest && { withManifest }),
  };
  const opening = await t.json<Opening>("POST", `/api/v1/grants/${grantId}/openings`, request);
  return { opening, contentKey: await unwrapContentKey(crypto, { grantId, kek, wrappedKey: opening.wrappedKey }) };
}

/** Asks the sender for a new copy, or says that it was not me or not for me (M17). */
export async function requestCopy(t: Transport, grantId: string, reason: CopyRequestCreation["reason"]): Promise<void> {
  await t.json("POST", `/api/v1/grants/${grantId}/requests`, { reason } satisfies CopyRequestCreation);
}
