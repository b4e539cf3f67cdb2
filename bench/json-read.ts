/**
 * One grant read over HTTP with every security header, beside a bare Node server that answers the same bytes, head and body. Each has one
 * process; the questions come over keep-alive connections from this one. Rounds alternate.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Scope } from "../e2e/harness.ts";
import { freePort } from "../e2e/harness.ts";
import { type Figure, type Pair, pairedFigure } from "./figure.ts";
import { drive, openRaw, requestHead } from "./raw-http.ts";
import { sendSealed } from "./sent-message.ts";
import { startNode, withScope } from "./workshop.ts";

export const name = "json-read";

const CONNECTIONS = 32;
const READS = 20_000;
const ROUNDS = 7;
const GOAL_RATIO = 0.8;

/** Answers every request with the head lines and the body it is given, by Node's own server and nothing else. */
const BARE_SERVER = `
const { createServer } = require("node:http");
const [port, answer] = process.argv.slice(1);
const { headers, body } = JSON.parse(answer);
createServer((request, response) => { response.writeHead(200, headers); response.end(body); })
  .listen(Number(port), "127.0.0.1", () => process.stdout.write("ready"));
`;

/** Head lines that Node writes by itself, or that differ each time. */
const NODES_OWN = /^(date|connection|keep-alive|content-length)$/i;

async function startBare(scope: Scope, answer: { headers: string[]; body: string }): Promise<number> {
  const port = await freePort();
  const child = spawn(process.execPath, ["-e", BARE_SERVER, String(port), JSON.stringify(answer)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  scope.after(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  return port;
}

export async function run(): Promise<readonly Figure[]> {
  return withScope(async (scope) => {
    const node = await startNode(scope);
    const { grants } = await sendSealed(node, { chunk: randomBytes(1), chunks: 0 });
    const head = requestHead("GET", `/api/v1/grants/${grants[0]?.grantId}`, { Accept: "application/json" });

    const connection = await openRaw(node.server.port);
    const { start, bodyBytes, status } = await connection.exchange(head);
    connection.close();
    if (status !== 200) throw new Error(`the grant answered ${start.toString("utf8")}`);
    const [headText = "", body = ""] = start.toString("utf8").split("\r\n\r\n");
    const headers = headText
      .split("\r\n")
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()] as const)
      .filter(([key]) => !NODES_OWN.test(key))
      .flat();
    const bare = await startBare(scope, { headers: [...headers, "Content-Length", String(bodyBytes)], body });

    const read = async (port: number): Promise<number> => {
      const seconds = await drive(port, CONNECTIONS, READS, async (open) => {
        const answer = await open.exchange(head);
        if (answer.status !== 200 || answer.bodyBytes !== bodyBytes)
          throw new Error(`a read answered ${answer.status}`);
      });
      return READS / seconds;
    };
    await read(node.server.port);
    await read(bare);
    const pairs: Pair[] = [];
    for (let round = 0; round < ROUNDS; round++) pairs.push([await read(node.server.port), await read(bare)]);
    return [
      pairedFigure({
        bench: name,
        figure: "reads of one grant",
        unit: "1/s",
        pairs,
        yardstick: "bare Node server, same bytes",
        goal: GOAL_RATIO,
      }),
    ];
  });
}
