/**
 * API tokens (C1): made by the operator for a member, shown once, kept as SHA-256. A token stands in its member's list of sessions and
 * is revoked there. `pli_` in front lets secret scanners find one that was published by mistake.
 */
import { randomBytes } from "node:crypto";
import { PliError } from "@pli/core/errors";
import { newId } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { insertSession, isName, memberByAddress, sha256Text } from "../accounts/index.ts";

/**
 * @returns `pli_` and 32 bytes base64url
 * @throws `not_found` when nobody has this address, `bad_input` {field: name}
 */
export async function createToken(
  services: Pick<Services, "db" | "clock">,
  token: { readonly address: string; readonly name: string },
): Promise<string> {
  if (!isName(token.name)) throw new PliError("bad_input", { details: { field: "name" } });
  const secret = randomBytes(32).toString("base64url");
  const nowMs = services.clock.now();
  await services.db.write(async (tx) => {
    const member = await memberByAddress(tx, token.address.trim().toLowerCase());
    if (member === undefined) throw new PliError("not_found");
    await insertSession(tx, {
      secret_sha256: sha256Text(secret),
      session_id: newId(nowMs),
      member_id: member.member_id,
      organisation_id: member.organisation_id,
      kind: "token",
      name: token.name,
      created_at_ms: nowMs,
      last_seen_at_ms: nowMs,
      expires_at_ms: null,
    });
  });
  return `pli_${secret}`;
}
