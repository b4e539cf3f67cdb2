/** What the landing page shows before anything is proven (M12). Changes nothing. */
import { PliError } from "@pli/core/errors";
import { type GrantInfo, isMobileForm } from "@pli/core/wire";
import { fromFlag } from "../../platform/database/index.ts";
import { maskNumber } from "../../platform/sms/index.ts";
import type { Services } from "../../services.ts";
import { grantStateAt, iso, type PartyRow, passwordParamsOf } from "../envelopes/index.ts";
import { provenMailboxes } from "../mailbox-codes/index.ts";
import { needsMailboxCode, numberToProve } from "./grants.policy.ts";
import { grantInfo, openUntil } from "./grants.queries.ts";
import { senderView, writerView } from "./sender-view.ts";

/** Of a visitor who has been nowhere before. */
const nobody = async (): Promise<number | null> => null;

/** @throws PliError `not_found` */
export async function showGrant(services: Services, grantId: string, deviceSha256: string | null): Promise<GrantInfo> {
  const on = services.db.read;
  const nowMs = services.clock.now();
  const [[grant], provenUntilOf, openUntilMs] = await Promise.all([
    grantInfo(on, { grantId }),
    deviceSha256 === null ? nobody : provenMailboxes(on, deviceSha256, nowMs),
    openUntil(on, grantId, deviceSha256, nowMs),
  ]);
  if (grant === undefined) throw new PliError("not_found");
  // Whoever ends an envelope ends its grants in the same transaction: the grant's own state says all.
  const state = grantStateAt(grant, "sent", nowMs);
  const sender = await senderView(services, grant.member_id);
  const writer = await writerView(services, { ...grant, grant_id: grantId });
  const params = passwordParamsOf(grant);
  const mailboxCode = needsMailboxCode(grant);
  const proven = mailboxCode ? await provenUntilOf(grant.address) : null;
  const number = numberToProve(grant);
  const smsProven = number !== null && (await provenUntilOf(number)) !== null;
  const alive = grant.wrapped_key !== null && grant.expires_at_ms > nowMs;
  const runsUntilMs = alive ? openUntilMs : null;
  return {
    grantId,
    state,
    // Before their first welcome a member has no name.
    sender: writer ?? { name: sender.name || sender.address, address: sender.address },
    ...(writer && { conversation: houseOf(sender) }),
    organisation: sender.organisation,
    maskedAddress: maskAddress(grant.address),
    ...(number === null ? {} : { maskedMobile: maskNumber(number) }),
    language: grant.language,
    languageChosen: fromFlag(grant.language_chosen),
    factors: { mailboxCode, smsCode: number !== null, password: params !== null },
    ...(params === null ? {} : { passwordParams: params }),
    ...(state === "active"
      ? {
          expiresAt: iso(grant.expires_at_ms),
          openingsTotal: grant.openings_total,
          openingsLeft: grant.openings_left,
        }
      : {}),
    device: {
      mailboxProven: proven !== null,
      smsProven,
      ...(runsUntilMs === null ? {} : { openUntil: iso(runsUntilMs) }),
    },
  };
}

/** Whose message a reply to all answers: somebody without a name yet is called by their house. */
function houseOf({ name, address, organisation }: PartyRow): NonNullable<GrantInfo["conversation"]> {
  return { name: name === address ? organisation : name, address };
}

/** `jeannot@courriel.example` as `j•••t@courriel.example`: enough for its owner, little for anybody else. */
export function maskAddress(address: string): string {
  if (isMobileForm(address)) return maskNumber(address);
  const at = address.lastIndexOf("@");
  const local = [...address.slice(0, at)];
  const first = local[0] ?? "";
  const last = local.length > 3 ? (local.at(-1) ?? "") : "";
  return `${first}•••${last}${address.slice(at)}`;
}
