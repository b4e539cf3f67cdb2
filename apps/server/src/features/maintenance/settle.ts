/**
 * What must not live again after a restore (Z8, Q6): what the register of destruction knows was ended, openings that were given, mails that
 * may have gone out. Every step may be cut and done again.
 */
import type { Tx } from "../../platform/database/index.ts";
import { countKept, type Destruction, type TakenBack, takeKept } from "../../platform/destroyed/index.ts";
import type { Services } from "../../services.ts";
import {
  countFirstOpening,
  deleteDraft,
  endOneGrant,
  endWhole,
  eraseContent,
  findEnvelope,
  findGrant,
  holdEnvelope,
  lockGrant,
} from "../envelopes/index.ts";
import { endOverdue } from "../jobs/index.ts";
import { appendJournal } from "../journal/index.ts";
import { countViewsAgain, endSecret } from "../secrets/index.ts";
import { MaintenanceError, type Progress } from "./installation.ts";
import { giveUpMails, raiseUsedOpenings, removeSlotAgain, waitingMails } from "./settle.queries.ts";

/** Clocks of nodes, and what was noted shortly before it was done: lines so much older than the back-up are looked at, too. */
const BEFORE_MS = 24 * 3_600_000;
const LINES_AT_ONCE = 200;
const MAILS_AT_ONCE = 200;

export interface Settled {
  /** Envelopes and recipients ended again, openings counted again. */
  readonly ended: number;
  readonly openings: number;
  /** Ways to unlock that were removed, and stay because they are the last: member and slot. */
  readonly slotsKept: number;
  readonly damagedLines: number;
}

/** Whether the register knows of the back-up: without its mark it is another's, or has lost lines. */
export async function knowsBackUp(services: Services, mark: string, takenAtMs: number): Promise<boolean> {
  for await (const line of services.destroyed.read(takenAtMs - BEFORE_MS)) {
    if (line !== null && "mark" in line && line.mark === mark) return true;
  }
  return false;
}

/** Ends again what was ended since the back-up, as far as the register knows. */
export async function settleDestroyed(services: Services, takenAtMs: number, progress: Progress): Promise<Settled> {
  const sinceMs = takenAtMs - BEFORE_MS;
  const kept: TakenBack = new Map();
  let damagedLines = 0;
  for await (const line of services.destroyed.read(sinceMs)) {
    if (line === null) damagedLines += 1;
    else if ("kept" in line) countKept(kept, line);
  }
  const count = { ended: 0, openings: 0, slotsKept: 0 };
  let lines: Destruction[] = [];
  const settle = async () => {
    const some = lines;
    lines = [];
    const done = await services.db.write((tx) => settleLines(services, tx, some));
    for (const envelopeId of done.erase) await eraseContent(services, envelopeId);
    count.ended += done.ended;
    count.openings += done.openings;
    count.slotsKept += done.slotsKept;
    progress(`ended again: ${count.ended}`);
  };
  for await (const line of services.destroyed.read(sinceMs)) {
    if (line === null || "mark" in line || "kept" in line) continue;
    if (!("opened" in line || "viewed" in line) && takeKept(kept, line)) continue;
    lines.push(line);
    if (lines.length === LINES_AT_ONCE) await settle();
  }
  await settle();
  // Last, so that what was revoked after its openings were used is called revoked: used up, and what expired since.
  await endOverdue(services);
  return { ...count, damagedLines };
}

/** Ends envelopes of which the back-up itself knows that they were destroyed while it was made. */
export async function settleGone(services: Services, envelopeIds: readonly string[]): Promise<void> {
  const nowMs = services.clock.now();
  const lines = envelopeIds.map((envelope) => ({ at: nowMs, envelope, how: "destroyed" as const }));
  const { erase } = await services.db.write((tx) => settleLines(services, tx, lines));
  for (const envelopeId of erase) await eraseContent(services, envelopeId);
}

interface Done {
  ended: number;
  openings: number;
  slotsKept: number;
  readonly erase: string[];
}

async function settleLines(services: Services, tx: Tx, lines: readonly Destruction[]): Promise<Done> {
  const done: Done = { ended: 0, openings: 0, slotsKept: 0, erase: [] };
  for (const line of lines) {
    if ("envelope" in line) await endEnvelopeAgain(services, tx, line, done);
    else if ("grant" in line) await endGrantAgain(services, tx, line, done);
    else if ("opened" in line) await countAgain(tx, line, done);
    else if ("secret" in line) done.ended += (await endSecret(services, tx, line.secret, line.how)) ? 1 : 0;
    else if ("viewed" in line) done.openings += await countViewsAgain(services, tx, line.viewed, line.used, line.at);
    else if ("slot" in line && !(await removeSlotAgain(tx, line.member, line.slot))) done.slotsKept += 1;
  }
  return done;
}

async function endEnvelopeAgain(services: Services, tx: Tx, line: EnvelopeLine, done: Done): Promise<void> {
  const { envelope: envelopeId, how } = line;
  const envelope = await findEnvelope(tx, envelopeId);
  if (envelope === null || (envelope.state !== "draft" && envelope.state !== "sent")) return;
  if (envelope.state === "draft") {
    await deleteDraft(tx, envelopeId);
    done.erase.push(envelopeId);
  } else {
    done.erase.push(...(await endWhole(services, tx, envelopeId, how === "draft" ? "destroyed" : how)));
  }
  done.ended += 1;
}

type EnvelopeLine = Extract<Destruction, { readonly envelope: string }>;
type GrantLine = Extract<Destruction, { readonly grant: string }>;
type OpenedLine = Extract<Destruction, { readonly opened: string }>;

async function endGrantAgain(services: Services, tx: Tx, line: GrantLine, done: Done): Promise<void> {
  const found = await findGrant(tx, line.grant);
  if (found === null) return;
  await holdEnvelope(tx, found.envelope_id);
  const grant = await lockGrant(tx, line.grant);
  if (grant === null || grant.wrapped_key === null) return;
  const state = line.how === "taken_back" ? "revoked" : line.how;
  done.erase.push(...(await endOneGrant(services, tx, grant, state)));
  done.ended += 1;
}

async function countAgain(tx: Tx, line: OpenedLine, done: Done): Promise<void> {
  const raised = await raiseUsedOpenings(tx, line.opened, line.used, line.at);
  if (raised === null) return;
  done.openings += raised.more;
  if (raised.isFirst) await countFirstOpening(tx, raised.envelopeId);
  const entry = {
    envelopeId: raised.envelopeId,
    organisationId: raised.organisationId,
    atMs: line.at,
    event: "opened" as const,
    grantId: line.opened,
  };
  await appendJournal(
    tx,
    Array.from({ length: raised.more }, (_, index) => ({
      ...entry,
      facts: { openingsLeft: raised.openingsLeft + raised.more - 1 - index },
    })),
  );
}

const NOT_KNOWN = "restored from a back-up: not known whether it was sent";

/** Mails that waited may have gone out since: none is sent again unasked; the sender sees it and may send it again. @returns how many */
export async function settleMails(services: Services): Promise<number> {
  const atMs = services.clock.now();
  let count = 0;
  for (;;) {
    const some = await services.db.write(async (tx) => {
      const mails = await waitingMails(tx, MAILS_AT_ONCE);
      if (mails.length === 0) return 0;
      const ids = mails.map((mail) => mail.mail_id);
      await giveUpMails(tx, ids, NOT_KNOWN, atMs);
      const entries = mails.flatMap((mail) =>
        mail.kind === "message" && mail.envelope_id !== null && mail.grant_id !== null
          ? [
              {
                envelopeId: mail.envelope_id,
                organisationId: mail.organisation_id,
                atMs,
                event: "notification_failed" as const,
                grantId: mail.grant_id,
              },
            ]
          : [],
      );
      await appendJournal(tx, entries);
      return mails.length;
    });
    count += some;
    if (some < MAILS_AT_ONCE) return count;
  }
}

/** @throws MaintenanceError that says what restoring without the register means */
export function refuseWithoutRegister(folder: string | null): never {
  throw new MaintenanceError(
    `The register of destruction in ${folder ?? "the bucket"} does not know this back-up.\n` +
      "What was revoked, used up or destroyed since it was taken would open again, for whoever still has the link.\n" +
      "Give the register's folder as PLI_DESTROYED; or, if it is lost, accept that with --without-register.",
  );
}
