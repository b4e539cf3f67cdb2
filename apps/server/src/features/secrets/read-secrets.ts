/** What is told of secrets: to their creator in a list, to whoever holds the link before the button. Changes nothing. */
import { PliError } from "@pli/core/errors";
import type { Page, PasswordParams, SecretInfo, SecretItem } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import { iso, memberOf } from "../envelopes/index.ts";
import { secretStateAt } from "./secrets.policy.ts";
import { findSecret, type SecretRow, secretsOfMember } from "./secrets.queries.ts";

const PAGE_ITEMS = 50;
const CURSOR = /^(\d{1,16})-([\w-]{22})$/;

/** @throws PliError `bad_input` {field: cursor} */
export async function listSecrets(
  services: Services,
  memberId: string,
  cursor: string | undefined,
): Promise<Page<SecretItem>> {
  const rows = await secretsOfMember(services.db.read, memberId, readCursor(cursor), PAGE_ITEMS + 1);
  const nowMs = services.clock.now();
  const shown = rows.slice(0, PAGE_ITEMS);
  const items = shown.map((row) => describeSecret(row, nowMs));
  const last = shown.at(-1);
  return rows.length > PAGE_ITEMS && last !== undefined
    ? { items, next: `${last.created_at_ms}-${last.secret_id}` }
    : { items };
}

function readCursor(cursor: string | undefined): { createdAtMs: number; secretId: string } | null {
  if (cursor === undefined) return null;
  const [, createdAtMs, secretId] = CURSOR.exec(cursor) ?? [];
  if (secretId === undefined) throw new PliError("bad_input", { details: { field: "cursor" } });
  return { createdAtMs: Number(createdAtMs), secretId };
}

/** @throws PliError `not_found` */
export async function showSecret(services: Services, secretId: string): Promise<SecretInfo> {
  const secret = await findSecret(services.db.read, secretId);
  if (secret === undefined) throw new PliError("not_found");
  const [sender] = await memberOf(services.db.read, { memberId: secret.member_id });
  if (sender === undefined) throw new PliError("not_found");
  const state = secretStateAt(secret, services.clock.now());
  return {
    secretId,
    state,
    // Before their first welcome a member has no name.
    sender: { name: sender.name || sender.address, address: sender.address },
    organisation: sender.organisation,
    ...(state === "active"
      ? {
          ...(secret.password_params === null
            ? {}
            : { passwordParams: JSON.parse(secret.password_params) as PasswordParams }),
          expiresAt: iso(secret.expires_at_ms),
          viewsTotal: secret.views_total,
          viewsLeft: secret.views_left,
        }
      : {}),
  };
}

/** A secret as its creator sees it. */
export function describeSecret(secret: SecretRow, nowMs: number): SecretItem {
  const state = secretStateAt(secret, nowMs);
  const endedAtMs = secret.ended_at_ms ?? (state === "expired" ? secret.expires_at_ms : null);
  return {
    secretId: secret.secret_id,
    state,
    createdAt: iso(secret.created_at_ms),
    expiresAt: iso(secret.expires_at_ms),
    viewsTotal: secret.views_total,
    viewsLeft: secret.views_left,
    hasPassword: secret.password_params !== null,
    ...(secret.last_viewed_at_ms === null ? {} : { lastViewedAt: iso(secret.last_viewed_at_ms) }),
    ...(endedAtMs === null ? {} : { endedAt: iso(endedAtMs) }),
    ...(secret.reference === null ? {} : { reference: secret.reference }),
  };
}
