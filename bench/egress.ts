/**
 * Ciphertext out of a node, as the sender reads it back, beside nginx sending a file of the same size by sendfile: whole parts, two
 * connections, everything in the page cache. Rounds alternate.
 */
import { randomBytes } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { LIMITS } from "@pli/core/wire";
import { ceilingFigure, type Figure, median, pairedFigure, rounded } from "./figure.ts";
import { startNginx } from "./nginx.ts";
import { drive, requestHead } from "./raw-http.ts";
import { sendSealed } from "./sent-message.ts";
import { benchFolder, processorSeconds, startNode, withScope } from "./workshop.ts";

export const name = "egress";

const CHUNKS = 32;
const DOWNLOADS = 4;
const CONNECTIONS = 2;
const ROUNDS = 5;
const GOAL_RATIO = 0.85;
const GOAL_PROCESSOR_SECONDS = 0.5;
const PART_BYTES = CHUNKS * LIMITS.chunkBytes;
const MEGABYTES = (DOWNLOADS * PART_BYTES) / 1e6;

export async function run(): Promise<readonly Figure[]> {
  return withScope(async (scope) => {
    const node = await startNode(scope);
    const nginx = await startNginx(scope, await benchFolder(scope, "nginx"));
    const chunk = randomBytes(LIMITS.chunkBytes);
    const { envelopeId } = await sendSealed(node, { chunk, chunks: CHUNKS });
    const file = await open(join(nginx.folder, "part"), "w");
    for (let index = 0; index < CHUNKS; index++) await file.write(chunk);
    await file.close();

    const download = async (port: number, processId: number, head: string) => {
      const before = await processorSeconds(processId);
      const seconds = await drive(port, CONNECTIONS, DOWNLOADS, async (connection) => {
        const { status, bodyBytes, start } = await connection.exchange(head);
        if (status !== 200 || bodyBytes !== PART_BYTES)
          throw new Error(`GET answered ${status}: ${start.toString("utf8", 0, 400)}`);
      });
      return { rate: MEGABYTES / seconds, cost: ((await processorSeconds(processId)) - before) / (MEGABYTES / 1000) };
    };
    const path = `/api/v1/envelopes/${envelopeId}/parts/1/content`;
    const fromNode = () =>
      download(
        node.server.port,
        node.server.processId(),
        requestHead("GET", path, { Authorization: `Bearer ${node.token}` }),
      );
    const fromNginx = () => download(nginx.port, nginx.processId, requestHead("GET", "/part", {}));

    await fromNode();
    await fromNginx();
    const ours: Awaited<ReturnType<typeof fromNode>>[] = [];
    const theirs: typeof ours = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await fromNode());
      theirs.push(await fromNginx());
    }
    return [
      pairedFigure({
        bench: name,
        figure: "ciphertext out",
        unit: "MB/s",
        pairs: ours.map((of, round) => [of.rate, theirs[round]?.rate ?? Number.NaN]),
        yardstick: "nginx sendfile",
        goal: GOAL_RATIO,
      }),
      ceilingFigure({
        bench: name,
        figure: "processor time",
        unit: "s/GB",
        value: median(ours.map((of) => of.cost)),
        against: `nginx: ${rounded(median(theirs.map((of) => of.cost)))} s/GB`,
        goal: GOAL_PROCESSOR_SECONDS,
      }),
    ];
  });
}
