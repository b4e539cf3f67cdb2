/**
 * Durable chunks into a node: 8 MiB chunks, three connections, answered after fdatasync, beside nginx taking the same bytes by WebDAV PUT
 * onto the same disk. nginx never syncs; so its files are synced too (by us, one after the other, as they are answered) for the figure
 * with the goal, and once more without for the figure beside it. Rounds alternate.
 */
import { randomBytes } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { EnvelopeDraft } from "@pli/core/wire";
import { LIMITS } from "@pli/core/wire";
import { ceilingFigure, type Figure, median, type Pair, pairedFigure, rounded } from "./figure.ts";
import { startNginx } from "./nginx.ts";
import { drive, type RawConnection, requestHead } from "./raw-http.ts";
import { benchFolder, call, processorSeconds, startNode, withScope } from "./workshop.ts";

export const name = "ingest";

const CHUNKS = 64;
const CONNECTIONS = 3;
const ROUNDS = 5;
const GOAL_RATIO = 0.75;
const GOAL_PROCESSOR_SECONDS = 0.6;
const MEGABYTES = (CHUNKS * LIMITS.chunkBytes) / 1e6;

interface Round {
  readonly seconds: number;
  readonly processorSeconds: number;
}

async function put(connection: RawConnection, head: string, body: Uint8Array): Promise<void> {
  const { status, start } = await connection.exchange(head, body);
  if (status < 200 || status > 299) throw new Error(`PUT answered ${status}: ${start.toString("utf8", 0, 400)}`);
}

async function timed(processId: number, work: () => Promise<number>): Promise<Round> {
  const before = await processorSeconds(processId);
  const seconds = await work();
  return { seconds, processorSeconds: (await processorSeconds(processId)) - before };
}

export async function run(): Promise<readonly Figure[]> {
  return withScope(async (scope) => {
    const node = await startNode(scope);
    const nginx = await startNginx(scope, await benchFolder(scope, "nginx"));
    const chunk = randomBytes(LIMITS.chunkBytes);
    const common = { "Content-Length": chunk.length };

    const intoNode = async (): Promise<Round> => {
      const { envelopeId } = await call<EnvelopeDraft>(node, "POST", "/envelopes", { kind: "message" });
      const headers = { ...common, Authorization: `Bearer ${node.token}`, "Content-Type": "application/octet-stream" };
      const round = await timed(node.server.processId(), () =>
        drive(node.server.port, CONNECTIONS, CHUNKS, (connection, index) =>
          put(
            connection,
            requestHead("PUT", `/api/v1/envelopes/${envelopeId}/parts/1/chunks/${index}`, headers),
            chunk,
          ),
        ),
      );
      await call(node, "DELETE", `/envelopes/${envelopeId}`);
      return round;
    };
    const intoNginx = async (durable: boolean): Promise<Round> => {
      const round = await timed(nginx.processId, () =>
        drive(nginx.port, CONNECTIONS, CHUNKS, async (connection, index) => {
          await put(connection, requestHead("PUT", `/${index}`, common), chunk);
          if (!durable) return;
          const file = await open(join(nginx.folder, String(index)), "r+");
          await file.datasync();
          await file.close();
        }),
      );
      for (let index = 0; index < CHUNKS; index++) await rm(join(nginx.folder, String(index)));
      return round;
    };

    await intoNode();
    await intoNginx(true);
    const rounds: { node: Round; durable: Round; plain: Round }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({ node: await intoNode(), durable: await intoNginx(true), plain: await intoNginx(false) });
    }
    const rates = (yardstick: (of: (typeof rounds)[number]) => Round): readonly Pair[] =>
      rounds.map((of) => [MEGABYTES / of.node.seconds, MEGABYTES / yardstick(of).seconds]);
    const cost = (pick: (of: (typeof rounds)[number]) => Round) =>
      median(rounds.map((of) => pick(of).processorSeconds / (MEGABYTES / 1000)));
    return [
      pairedFigure({
        bench: name,
        figure: "durable chunks in",
        unit: "MB/s",
        pairs: rates((of) => of.durable),
        yardstick: "nginx PUT, then fdatasync",
        goal: GOAL_RATIO,
      }),
      pairedFigure({
        bench: name,
        figure: "durable chunks in, beside a PUT that is not",
        unit: "MB/s",
        pairs: rates((of) => of.plain),
        yardstick: "nginx PUT without sync",
        goal: null,
      }),
      ceilingFigure({
        bench: name,
        figure: "processor time",
        unit: "s/GB",
        value: cost((of) => of.node),
        against: `nginx: ${rounded(cost((of) => of.plain))} s/GB`,
        goal: GOAL_PROCESSOR_SECONDS,
      }),
    ];
  });
}
