/**
 * A reply to all (M16): beside its sender, the other visible recipients of a message read what one of them answered. The envelope is the reply's; each
 * reader has a grant of it that its writer's device made. Who may be reached, by which factors and how long, is never the writer's word.
 */
import { PliError } from "@pli/core/errors";
import { isMobileForm, LIMITS, lackingFactor, type Policies, type ReplyReader } from "@pli/core/wire";
import { fromFlag, type Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { appendJournal } from "../journal/index.ts";
import { takeWeightedIn, takeWithin } from "../limits/index.ts";
import { enqueue } from "../notifications/index.ts";
import { requirePolicies } from "../policies/index.ts";
import { grantStateAt } from "./describe.ts";
import type { Asker } from "./envelopes.policy.ts";
import { holdEnvelope, type PartyRow } from "./envelopes.queries.ts";
import type { EnvelopesTable, GrantsTable } from "./envelopes.table.ts";
import { type GrantRow, insertGrants, lockGrant } from "./grants.queries.ts";
import { takeNotices } from "./mail-limits.ts";
import { UNOPENED } from "./new-grant.ts";
import { isOpening, reachableGrants } from "./readers.queries.ts";

/** Of a member's mails of an hour, so much may be ordered by those whom they wrote to. */
const SHARE_OF_MAILS = 1 / 4;

type Reachable = Awaited<ReturnType<typeof reachableGrants>>[number];

/**
 * Whom a reply to all of this recipient reaches, by address in small letters. Somebody without an address to be named by reaches nobody, nor does a
 * reader of such a reply: answers go on from the message.
 */
export async function reachableFrom(
  tx: Parameters<typeof reachableGrants>[0],
  writer: Pick<GrantsTable, "grant_id" | "envelope_id" | "address" | "of_grant_id">,
  nowMs: number,
): Promise<ReadonlyMap<string, Reachable>> {
  if (isMobileForm(writer.address) || writer.of_grant_id !== null) return new Map();
  const own = writer.address.toLowerCase();
  const grants = await reachableGrants(tx, writer.envelope_id, nowMs);
  const others = grants.filter((grant) => grant.grant_id !== writer.grant_id && grant.address.toLowerCase() !== own);
  // Of two rights of one address the first: nobody reads it twice.
  return new Map(others.toReversed().map((grant) => [grant.address.toLowerCase(), grant]));
}

/** Whether the settings of the sender's organisation let this recipient have a reply, with the factors that their message had. */
export function mayBeGiven(policies: Policies, of: Pick<GrantsTable, "sms_code">): boolean {
  return lackingFactor(policies, { password: false, sms: fromFlag(of.sms_code) }) === null;
}

/** What is known of the readers when the message is held. */
export interface HeldReaders {
  readonly message: EnvelopesTable;
  readonly writer: GrantRow;
  readonly readers: readonly { readonly order: ReplyReader; readonly of: Reachable }[];
}

/**
 * The readers of an order, with the message held that is answered: whoever revokes it waits, or has done so.
 * @throws PliError `not_found`, `revoked`, `expired`, `opening_required`; `conflict` {state: "readers"} when one of them is not reached (any more)
 */
export async function holdReaders(
  tx: Tx,
  reply: { readonly draft: EnvelopesTable; readonly asker: Asker; readonly nowMs: number },
  orders: readonly ReplyReader[],
): Promise<HeldReaders> {
  const { draft, asker, nowMs } = reply;
  const message = draft.in_reply_to === null ? null : await holdEnvelope(tx, draft.in_reply_to);
  const writer = draft.from_grant_id === null ? null : await lockGrant(tx, draft.from_grant_id);
  if (message === null || writer === null) throw new PliError("not_found");
  const state = grantStateAt(writer, message.state, nowMs);
  if (state === "revoked" || message.state === "revoked") throw new PliError("revoked");
  if (state === "expired" || writer.expires_at_ms <= nowMs) throw new PliError("expired");
  const reads = writer.wrapped_key !== null && (await isOpening(tx, writer.grant_id, asker.deviceSha256, nowMs));
  if (!reads || message.state !== "sent") throw new PliError("opening_required");
  const reachable = await reachableFrom(tx, writer, nowMs);
  const readers = orders.map((order) => {
    const of = reachable.get(order.address.toLowerCase());
    if (of === undefined) throw new PliError("conflict", { details: { state: "readers" } });
    return { order, of };
  });
  return { message, writer, readers };
}

/** Gives the readers their grants and orders their mails, in the transaction that sends the reply. @throws PliError `policy_refused`, `rate_limited` */
export async function giveToReaders(
  services: Services,
  tx: Tx,
  held: HeldReaders,
  reply: { readonly draft: EnvelopesTable; readonly sender: PartyRow; readonly nowMs: number },
): Promise<void> {
  const { draft, sender, nowMs } = reply;
  const { message, writer } = held;
  const ruled = held.readers.map(({ of }) => ({
    password: false,
    sms: fromFlag(of.sms_code),
    delivery: "mail" as const,
  }));
  // Openings are the settings' own: what is asked here is whether a factor is missing that binds now.
  const policies = await requirePolicies(
    tx,
    draft.member_id,
    { grants: ruled.map((one) => ({ ...one, openings: LIMITS.openingsMin })) },
    nowMs,
  );
  const rows = held.readers.map(({ order, of }, position): GrantsTable => {
    const openings = policies[fromFlag(of.sms_code) ? "openingsWithFactor" : "openings"].value;
    return {
      envelope_id: draft.envelope_id,
      grant_id: order.grantId,
      organisation_id: draft.organisation_id,
      member_id: draft.member_id,
      position,
      ...UNOPENED,
      address: of.address,
      name: of.name,
      type: of.type,
      language: of.language,
      language_chosen: of.language_chosen,
      delivery: "mail",
      verifier_sha256: order.verifierSha256,
      wrapped_key: order.wrappedKey,
      password_params: null,
      sealed_secret: null,
      openings_total: openings,
      openings_left: openings,
      // The reply ends with what it answers.
      expires_at_ms: Math.min(of.expires_at_ms, message.expires_at_ms),
      first_sent_at_ms: nowMs,
      last_sent_at_ms: nowMs,
      sends: 1,
      mobile: of.mobile,
      sms_code: of.sms_code,
      of_grant_id: of.grant_id,
    };
  });
  await insertGrants(tx, rows);
  const { envelope_id: envelopeId, organisation_id: organisationId } = draft;
  await appendJournal(
    tx,
    rows.map(({ grant_id: grantId }) => ({ envelopeId, organisationId, atMs: nowMs, event: "grant_added", grantId })),
  );
  const name = writer.type === "bcc" ? null : writer.name;
  await enqueue(
    services,
    tx,
    rows.map((row, index) => ({
      kind: "message" as const,
      to: row.address,
      language: row.language,
      organisationId,
      envelopeId,
      grantId: row.grant_id,
      giveUpAtMs: row.expires_at_ms,
      linkSecret: held.readers[index]?.order.linkSecret ?? "",
      facts: {
        senderName: name ?? writer.address,
        senderAddress: writer.address,
        conversation: { name: sender.name, address: sender.address },
        expiresAtMs: row.expires_at_ms,
        timeZone: sender.time_zone,
        openings: row.openings_total,
        password: false,
        ...(fromFlag(row.sms_code) ? { sms: true } : {}),
      },
    })),
  );
  await takeTurns(services, tx, held, nowMs);
}

/** Last, since others who write to this member's recipients wait for it. @throws PliError `rate_limited`: then nothing of it is kept */
async function takeTurns(services: Services, tx: Tx, { writer, readers }: HeldReaders, nowMs: number): Promise<void> {
  const { member_id: memberId } = writer;
  const hour = { windowSeconds: 3600 };
  const refused = await takeWithin(tx, nowMs, [
    { door: "replies-to-all", key: writer.grant_id, limit: LIMITS.repliesToAllPerHour, ...hour },
  ]);
  if (refused !== null) throw refused;
  await takeWeightedIn(tx, nowMs, {
    door: "replies-to-all-mails",
    keys: [memberId],
    limit: Math.max(LIMITS.recipients, Math.floor(services.config.mailsPerHour * SHARE_OF_MAILS)),
    weight: readers.length,
    ...hour,
  });
  await takeNotices(services, tx, { memberId, addresses: readers.map(({ of }) => of.address), numbers: [], nowMs });
}
