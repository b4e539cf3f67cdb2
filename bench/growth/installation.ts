/** An installation with so many envelopes, and the deeds whose time must not grow with them. */
import { createHash, randomBytes } from "node:crypto";
import { createServer, readConfig, type Services } from "@pli/server";
import {
  createDraft,
  findEnvelope,
  type MessageRecord,
  recordMessage,
} from "../../apps/server/src/features/envelopes/index.ts";
import { listEnvelopes } from "../../apps/server/src/features/envelopes/list-envelopes.ts";
import { openGrant } from "../../apps/server/src/features/grants/open-grant.ts";
import { cleanRows, endOverdue } from "../../apps/server/src/features/jobs/index.ts";
import {
  aliveIndexes,
  heavyMessages,
  SEEDED_VERIFIER,
  seed,
  seededEnvelopeId,
  seededGrantId,
} from "../../apps/server/src/testing/plans/seed.ts";
import type { Scope } from "../../e2e/harness.ts";
import { grantFor, messageOf } from "../sent-message.ts";

const DAY_MS = 24 * 3_600_000;
const PAGE = 50;
/** Grants that are opened over and over: the same number in both, so that neither has more of them at hand. */
const OPENED = 15;
const OVERDUE = 40;
const OLD_ROWS = 200;

export interface Installation {
  readonly services: Services;
  /** Each resolves when its deed is done, and gives the milliseconds it took. */
  readonly deeds: Readonly<Record<Deed, () => Promise<number>>>;
}

export const DEEDS = {
  opening: "an opening",
  firstPage: "the sent list, first page",
  middlePage: "the sent list, a page in the middle",
  ending: `ending ${OVERDUE} overdue grants`,
  cleaning: `cleaning ${OLD_ROWS} old rows of each kind`,
  wiping: "of that, wiping what was erased",
} as const;
export type Deed = keyof typeof DEEDS;

/** @param sealed of how many envelopes the sealed values are there, too */
export async function createInstallation(
  scope: Scope,
  settings: Readonly<Record<string, string>>,
  envelopes: number,
  sealed: number,
): Promise<Installation> {
  const server = await createServer(readConfig({ PLI_PORT: "0", PLI_LOG: "silent", ...settings }));
  scope.after(() => server.close());
  await server.listen();
  const { services } = server;
  const owner = await services.db.read.selectFrom("members").selectAll().executeTakeFirstOrThrow();
  const heavy = { memberId: owner.member_id, organisationId: owner.organisation_id };
  await seed(services.config.database, { envelopes, heavy, nowMs: services.clock.now(), sealed });
  return { services, deeds: deedsOf(services, heavy, envelopes) };
}

type Member = { readonly memberId: string; readonly organisationId: string };

function deedsOf(services: Services, heavy: Member, envelopes: number): Installation["deeds"] {
  const openable = aliveIndexes(envelopes, OPENED).map(seededGrantId);
  const middle = seededEnvelopeId(Math.floor(envelopes / 2));
  let turn = 0;
  const timed = async (deed: () => Promise<unknown>): Promise<number> => {
    const startedMs = performance.now();
    await deed();
    return performance.now() - startedMs;
  };
  const list = async (cursor?: string) => {
    const filter = { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
    const { items } = await listEnvelopes(services, heavy.memberId, filter);
    if (items.length !== PAGE) throw new Error(`a page of ${items.length}: ${heavyMessages(envelopes)} were expected`);
  };
  return {
    opening: () => {
      turn += 1;
      const visitor = {
        deviceSha256: createHash("sha256").update(randomBytes(32)).digest("base64url"),
        network: `10.${turn >> 8}.${turn & 255}.0/24`,
        agent: "Firefox",
      };
      return timed(() =>
        openGrant(services, openable[turn % openable.length] as string, visitor, { verifier: SEEDED_VERIFIER }),
      );
    },
    firstPage: () => timed(() => list()),
    middlePage: () => timed(() => list(middle)),
    ending: async () => {
      await makeOverdue(services, heavy);
      return await timed(() => endOverdue(services));
    },
    cleaning: async () => {
      await makeOldRows(services);
      return await timed(() => cleanRows(services));
    },
    wiping: () => timed(() => services.db.emptyLog()),
  };
}

async function makeOverdue(services: Services, origin: Member): Promise<void> {
  const nowMs = services.clock.now();
  const one = async () => {
    const { envelopeId } = await createDraft(services, origin);
    const draft = await findEnvelope(services.db.read, envelopeId);
    if (draft === null) throw new Error("the draft is not there");
    const parts = [{ part: 0, chunks: 1, sizeBytes: 4096, sha256: randomBytes(32).toString("base64url") }];
    const record: MessageRecord = {
      draft,
      order: messageOf(parts, [grantFor(`reader@example.org`)]),
      content: {
        rows: [
          {
            envelope_id: envelopeId,
            part: 0,
            generation: 0,
            chunks: 1,
            size_bytes: 4096,
            sha256: parts[0]?.sha256 ?? "",
          },
        ],
        sizeBytes: 4096,
      },
      expiresAtMs: nowMs - 1,
      nowMs: nowMs - DAY_MS,
    };
    await services.db.write((tx) => recordMessage(services, tx, record));
  };
  await Promise.all(Array.from({ length: OVERDUE }, one));
}

async function makeOldRows({ db, clock }: Services): Promise<void> {
  const old = clock.now() - 2 * DAY_MS;
  const noise = () => randomBytes(32).toString("base64url");
  const rows = <T>(row: (index: number) => T) => Array.from({ length: OLD_ROWS }, (_, index) => row(index));
  await db.write(async (tx) => {
    const openings = rows(() => ({ grant_id: noise(), device_sha256: noise(), open_until_ms: old }));
    await tx.insertInto("openings").values(openings).execute();
    const proofs = rows(() => ({ device_sha256: noise(), address: "reader@example.org", until_ms: old }));
    await tx.insertInto("mailbox_proofs").values(proofs).execute();
    const limits = rows(() => ({ door: "openings", key_sha256: noise(), free_at_ms: old }));
    await tx.insertInto("limits").values(limits).execute();
  });
}
