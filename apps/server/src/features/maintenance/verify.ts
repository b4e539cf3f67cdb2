/**
 * Holds database and store against each other (Q6): reports what disagrees, and mends what is safe. Works while the server serves: what looks
 * wrong is looked at again before it is said.
 */
import { idTimeMs } from "../../platform/database/index.ts";
import { isRegisterFolder } from "../../platform/destroyed/index.ts";
import type { Services } from "../../services.ts";
import { findEnvelope } from "../envelopes/index.ts";
import { checkEnvelope, GRACE_MS } from "./check-envelope.ts";
import type { Disagreement } from "./disagreement.ts";
import type { Progress } from "./installation.ts";
import {
  correctSlotCount,
  deleteStrayRows,
  envelopeIdsAfter,
  eraseMailSecrets,
  mailsWithSecret,
  miscountedKeyrings,
  rowsOf,
  strayRows,
} from "./verify.queries.ts";

export interface VerifyWishes {
  readonly mend: boolean;
  /** Reads all content, and compares it with the digests that its senders declared. */
  readonly deep: boolean;
  readonly progress: Progress;
  readonly report: (found: Disagreement, isMended: boolean) => void;
}

export interface VerifyResult {
  readonly envelopes: number;
  readonly found: number;
  readonly mended: number;
}

const PAGE = 200;
const STRAYS = 1000;

export async function verify(services: Services, wishes: VerifyWishes): Promise<VerifyResult> {
  const count = { envelopes: 0, found: 0, mended: 0 };
  const say = async (found: Disagreement) => {
    count.found += 1;
    const isMended = wishes.mend && found.mend !== undefined;
    if (isMended) {
      await found.mend?.();
      count.mended += 1;
    }
    wishes.report(found, isMended);
  };
  let after = "";
  for (;;) {
    const ids = await envelopeIdsAfter(services.db.read, after, PAGE);
    for (const found of await checkTwice(services, ids, wishes.deep)) await say(found);
    count.envelopes += ids.length;
    wishes.progress(`verified ${count.envelopes} envelopes`);
    const last = ids.at(-1);
    if (last === undefined || ids.length < PAGE) break;
    after = last;
  }
  for (const found of await checkStrays(services)) await say(found);
  for await (const found of orphans(services)) await say(found);
  return count;
}

/** What holds at a second look, too: between two reads of a running server anything may change. */
async function checkTwice(services: Services, ids: readonly string[], deep: boolean): Promise<readonly Disagreement[]> {
  const look = async (of: readonly string[]) => {
    const found: Disagreement[] = [];
    for (const rows of await rowsOf(services.db.read, of))
      found.push(...(await checkEnvelope(services, rows, { deep })));
    return found;
  };
  const first = await look(ids);
  if (first.length === 0) return first;
  const keyOf = ({ check, envelope, words }: Disagreement) => JSON.stringify([check, envelope, words]);
  const seen = new Set(first.map(keyOf));
  const suspects = [...new Set(first.map(({ envelope }) => envelope ?? ""))];
  return (await look(suspects)).filter((found) => seen.has(keyOf(found)));
}

async function checkStrays(services: Services): Promise<readonly Disagreement[]> {
  const { db } = services;
  const found: Disagreement[] = [];
  for (const envelope of await strayRows(db.read, STRAYS)) {
    const mend = () => db.write((tx) => deleteStrayRows(tx, envelope));
    found.push({ check: "rows", envelope, words: "is not there, and rows of it are left", mend });
  }
  const mails = await mailsWithSecret(db.read, STRAYS);
  if (mails.length > 0) {
    const mend = () => db.write((tx) => eraseMailSecrets(tx, mails));
    found.push({
      check: "mail",
      envelope: null,
      words: `${mails.length} mails have ended and keep their secret`,
      mend,
    });
  }
  for (const { member_id, slots } of await miscountedKeyrings(db.read)) {
    const mend = () => db.write((tx) => correctSlotCount(tx, member_id));
    const words = `the keyring of member ${member_id} has ${slots} ways to unlock, and counts others`;
    found.push({ check: "keyring", envelope: null, words, mend });
  }
  return found;
}

/** Folders of the store that belong to no envelope, or to one whose content should be gone. */
async function* orphans(services: Services): AsyncGenerator<Disagreement> {
  const youngMs = services.clock.now() - GRACE_MS;
  for await (const folder of services.blobs.folders()) {
    if (isRegisterFolder(folder) || idTimeMs(folder) > youngMs) continue;
    const envelope = await findEnvelope(services.db.read, folder);
    if (envelope !== null && envelope.content_gone === 0) continue;
    const words =
      envelope === null ? "is not there, and its content is" : `is ${envelope.state}, and content of it is left`;
    yield { check: "orphan", envelope: folder, words, mend: () => services.blobs.deleteFolder(folder) };
  }
}
