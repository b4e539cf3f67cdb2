/**
 * Who may do what with a secret, as a table:
 *
 *   list, destroy          its creator; to all others it does not exist (`not_found`)
 *   look                   whoever has the address: uses nothing
 *   view (from above, the first that fits)
 *     unknown              not_found
 *     destroyed            destroyed
 *     past its expiry      expired
 *     no view left         used_up
 *     locked               locked
 *     wrong verifier       wrong_password, counted
 *     else                 one view is used
 */
import { PliError } from "@pli/core/errors";
import type { SecretState } from "@pli/core/wire";
import type { SecretsTable } from "./secrets.table.ts";

/** The state at `nowMs`, whether or not a job has run since. */
export function secretStateAt(secret: Pick<SecretsTable, "state" | "expires_at_ms">, nowMs: number): SecretState {
  return secret.state === "active" && secret.expires_at_ms <= nowMs ? "expired" : secret.state;
}

/** @throws PliError `not_found` */
export function requireOwnSecret(secret: SecretsTable | undefined, memberId: string): SecretsTable {
  if (secret === undefined || secret.member_id !== memberId) throw new PliError("not_found");
  return secret;
}
