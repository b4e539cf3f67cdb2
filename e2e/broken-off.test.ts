/** Readers who hang up in the middle of a download: the server lives, keeps no file open, and serves the next one whole. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { loginCli, runAdmin, sendByCli, startServer, temporaryFolder } from "./harness.ts";

const CONTENT_BYTES = 40 * 1024 * 1024;
const READERS = 60;

/** Asks for a part and hangs up after `bytes` of the answer. */
async function hangUpAfter(port: number, path: string, token: string, bytes: number): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  const closed = once(socket, "close");
  socket.on("error", () => undefined);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  let seen = 0;
  socket.on("data", (piece) => {
    seen += piece.length;
    if (seen >= bytes) socket.destroy();
  });
  await closed;
}

test("Z4, Q10: downloads that break off anywhere leave the server alive and no file open", {
  skip: existsSync("/proc/self/fd") ? false : "counts open files in /proc",
}, async (t) => {
  const server = await startServer(t);
  const home = await loginCli(t, server);
  const file = join(await temporaryFolder(t), "content.bin");
  await writeFile(file, Buffer.alloc(CONTENT_BYTES, 7));
  const { envelopeId } = await sendByCli(home, [
    ...["--to", "a@example.org", "--subject", "S", "--text", "T", "--attach", file],
  ]);
  const token = await runAdmin(server, ["create-token", "--member", server.ownerAddress]);
  const path = `/api/v1/envelopes/${envelopeId}/parts/1/content`;
  const openFiles = () => readdirSync(`/proc/${server.processId()}/fd`).length;

  const before = openFiles();
  for (let reader = 0; reader < READERS; reader++) {
    await hangUpAfter(server.port, path, token, 1 + Math.floor((reader * CONTENT_BYTES) / READERS));
  }
  const answer = await fetch(`${server.origin}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const content = await answer.arrayBuffer();
  assert.ok(content.byteLength > CONTENT_BYTES);
  await server.settled(() => openFiles() <= before + 2);
});
