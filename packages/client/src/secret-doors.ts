/** The doors of a one-time secret, for whoever holds its link (wire/secret.ts). Sends the verifier alone: link secret and password stay here. */
import type { CryptoProvider, GrantLink } from "@pli/core/sealing";
import { deriveGrantKeys, openSecret, unwrapContentKey } from "@pli/core/sealing";
import type { SecretInfo, SecretView, ViewRequest } from "@pli/core/wire";
import type { Transport } from "./transport.ts";

/** Changes nothing on the server. @throws PliError `not_found` */
export function getSecretInfo(t: Transport, secretId: string, signal?: AbortSignal): Promise<SecretInfo> {
  return t.json("GET", `/api/v1/secrets/${secretId}`, undefined, signal && { signal });
}

export interface RevealedSecret {
  readonly text: string;
  readonly viewsLeft: number;
  /** ISO 8601 */
  readonly expiresAt: string;
}

/**
 * Uses one view and opens it. Asked once: an answer that was lost is a view that was used.
 * @throws PliError `wrong_password` (details.triesLeft), `locked` (details.retryAfterSeconds), `expired`, `used_up`, `destroyed`, `not_found`;
 *   `bad_input` when a password is needed and not given; `integrity`; `unsupported_version`
 */
export async function revealSecret(
  t: Transport,
  crypto: CryptoProvider,
  options: {
    readonly link: Pick<GrantLink, "grantId" | "linkSecret">;
    readonly password?: string | undefined;
    readonly info: Pick<SecretInfo, "passwordParams">;
  },
): Promise<RevealedSecret> {
  const { link, password, info } = options;
  const { passwordParams } = info;
  const protection = passwordParams && { passwordParams, ...(password !== undefined && { password }) };
  const { grantId, linkSecret } = link;
  const { kek, verifier } = await deriveGrantKeys(crypto, { grantId, linkSecret, ...protection });
  const request: ViewRequest = { verifier };
  const view = await t.json<SecretView>("POST", `/api/v1/secrets/${grantId}/views`, request);
  const contentKey = await unwrapContentKey(crypto, { grantId, kek, wrappedKey: view.wrappedKey });
  const text = await openSecret(crypto, { secretId: grantId, contentKey, content: view.content });
  return { text, viewsLeft: view.viewsLeft, expiresAt: view.expiresAt };
}
