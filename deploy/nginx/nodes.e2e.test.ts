/**
 * Two real nodes on one PostgreSQL behind the nginx example (Q3, Q7): messages are sent and read through it, a node is killed, another one is
 * stopped and started as an upgrade does. Nothing that was accepted is missing, and who only reads notices nothing.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { createTransport, makeKeyring, storeKeyring } from "@pli/client";
import { nodePutBytes } from "@pli/client/node";
import { nodeCrypto } from "@pli/core/crypto-node";
import { PliError } from "@pli/core/errors";
import { auditContent } from "../../e2e/audit/auditor.ts";
import { openOne, type Sender, sendOne, type Wire } from "../../e2e/audit/clients.ts";
import { createLedger, type Ledger } from "../../e2e/audit/ledger.ts";
import { startMailSink } from "../../e2e/audit/mail-sink.ts";
import { createRandom } from "../../e2e/audit/random.ts";
import { freePort, type RunningServer, startServer, temporaryFolder } from "../../e2e/harness.ts";
import { ROOT } from "../../tools/repository.ts";
import { testDatabase } from "../../tools/services/shared-postgres.ts";
import { startProxy } from "./testing/proxy.ts";

const SEED = Number(process.env.PLI_NGINX_SEED ?? randomInt(2 ** 31));
const ARGON2 = { memoryKiB: 19 * 1024, passes: 2, lanes: 1 };

interface Failure {
  readonly method: string;
  readonly path: string;
  readonly what: string;
}

/** Notes what a caller would notice: an answer that tells of a broken node, or none. */
interface Witness extends Wire {
  readonly failures: Failure[];
  readonly seen: { requests: number };
  /** As the command line puts chunks: in one session with them, `fetch` of Node 26 runs out of room for the headers of other answers. */
  readonly putBytes: typeof nodePutBytes;
}

function createWitness(): Witness {
  const failures: Failure[] = [];
  const seen = { requests: 0 };
  const witnessed = async (method: string, url: string, ask: () => Promise<Response>) => {
    const told = { method, path: new URL(url).pathname };
    seen.requests += 1;
    try {
      const answer = await ask();
      if (answer.status >= 500) failures.push({ ...told, what: String(answer.status) });
      return answer;
    } catch (error) {
      failures.push({ ...told, what: causeOf(error) });
      throw error;
    }
  };
  return {
    failures,
    seen,
    after: () => Promise.resolve(),
    fetch: (url, init) => witnessed(init?.method ?? "GET", String(url), () => fetch(url, init)),
    putBytes: (url, bytes, options) => witnessed("PUT", url, () => nodePutBytes(url, bytes, options)),
  };
}

function causeOf(error: unknown): string {
  return error instanceof Error && error.cause !== undefined ? `${error.message}: ${error.cause}` : String(error);
}

/** The owner through the proxy, with the patience of a real client. */
async function createOwner(
  node: RunningServer,
  environment: Readonly<Record<string, string>>,
  origin: string,
  wire: Witness,
): Promise<Sender> {
  const admin = join(ROOT, "apps/server/src/admin.ts");
  const made = spawnSync(process.execPath, [admin, "create-token", "--member", node.ownerAddress], {
    env: { PATH: process.env.PATH, ...environment, PLI_DATA: node.dataFolder },
    encoding: "utf8",
  });
  assert.equal(made.status, 0, made.stderr);
  const token = made.stdout.trim();
  const transport = () => createTransport({ origin, token, fetch: wire.fetch, putBytes: wire.putBytes });
  const { creation, keys } = await makeKeyring(nodeCrypto, {
    passphrase: "seven blue horses",
    slotName: "Passphrase",
    argon2: ARGON2,
  });
  await storeKeyring(transport(), creation);
  return { token, address: node.ownerAddress, keys, kemPublic: creation.kemPublic, transport };
}

async function cluster(t: TestContext) {
  const mails = await startMailSink(t);
  const dataFolder = await temporaryFolder(t, "pli-nodes");
  const ports = [await freePort(), await freePort()] as const;
  const proxy = await startProxy(t, ports);
  setDefaultCACertificates([...getCACertificates("default"), proxy.certificate]);
  const environment = {
    PLI_DATABASE_URL: await testDatabase(t),
    PLI_URL: proxy.origin,
    PLI_SMTP_URL: mails.smtpUrl,
    PLI_MAIL_FROM: "pli@town.example",
    PLI_TRUST_PROXY: "1",
    // As the example asks for: longer than nginx keeps an idle connection.
    PLI_DRAIN_SECONDS: "5",
  };
  const nodes = [
    await startServer(t, { port: ports[0], dataFolder, env: environment }),
    await startServer(t, { port: ports[1], dataFolder, env: environment }),
  ] as const;
  const wire = createWitness();
  const sender = await createOwner(nodes[0], environment, proxy.origin, wire);
  return { nodes, proxy, mails, wire, sender, ledger: createLedger(), random: createRandom(SEED) };
}

function ignorePliError(error: unknown): void {
  if (!(error instanceof PliError)) throw error;
}

/** Sends and reads until told to stop. A send whose answer was lost is sent again by the client itself. */
function underLoad(t: TestContext, scene: Awaited<ReturnType<typeof cluster>>, ledger: Ledger) {
  const { sender, random, wire, proxy } = scene;
  let over = false;
  const headers = { authorization: `Bearer ${sender.token}` };
  const loop = async (act: () => Promise<unknown>) => {
    while (!over) await act();
  };
  const done = Promise.all([
    // What fails is noted by the witness; the message is then one that was not accepted.
    loop(() => sendOne(sender, ledger, random).catch(ignorePliError)),
    loop(() => sendOne(sender, ledger, random).catch(ignorePliError)),
    ...Array.from({ length: 3 }, () =>
      loop(async () => {
        const answer = await wire.fetch(`${proxy.origin}/api/v1/envelopes`, { headers }).catch(() => null);
        await answer?.arrayBuffer();
      }),
    ),
  ]);
  t.after(() => {
    over = true;
  });
  const sent = () => [...ledger.messages.values()].filter(({ acknowledged }) => acknowledged).length;
  return {
    sent,
    /** Until so many more were sent. */
    going: (t: TestContext, more: number) => {
      const from = sent();
      return t.waitFor(() => assert.ok(sent() >= from + more), { timeout: 60_000, interval: 20 });
    },
    end: async () => {
      over = true;
      await done;
    },
  };
}

test(`Q3: an upgrade, one node after the other, fails no request, whatever it does (seed ${SEED})`, {
  timeout: 180_000,
}, async (t) => {
  const scene = await cluster(t);
  const load = underLoad(t, scene, scene.ledger);
  for (const node of scene.nodes) {
    await load.going(t, 3);
    await node.stop();
    await load.going(t, 3);
    await node.start();
  }
  await load.going(t, 3);
  await load.end();
  t.diagnostic(`${scene.wire.seen.requests} requests, ${load.sent()} messages`);
  assert.deepEqual(scene.wire.failures, []);
  assert.deepEqual(await auditContent(scene.sender.transport(), nodeCrypto, scene.sender.keys, scene.ledger), []);
});

test(`Q3: a node killed under load costs no reader anything, and no sender what was accepted (seed ${SEED})`, {
  timeout: 180_000,
}, async (t) => {
  const scene = await cluster(t);
  const { wire, nodes, mails, ledger, random, proxy, sender } = scene;
  const load = underLoad(t, scene, ledger);
  for (const node of nodes) {
    await load.going(t, 3);
    await node.kill();
    await load.going(t, 3);
    await node.start();
  }
  await load.end();
  const failed = wire.failures.filter(({ method }) => method === "GET");
  t.diagnostic(
    `${wire.seen.requests} requests, ${load.sent()} messages, failed: ${wire.failures.map(({ method, what }) => `${method} ${what}`).join(", ") || "none"}`,
  );
  assert.deepEqual(failed, []);
  assert.deepEqual(await auditContent(sender.transport(), nodeCrypto, sender.keys, ledger), []);
  for (let turn = 0; turn < 3; turn++) await openOne({ wire, origin: proxy.origin }, ledger, random, mails);
  const openings = [...ledger.grants.values()].reduce((sum, { openingsGiven }) => sum + openingsGiven, 0);
  assert.ok(openings > 0, "nothing was opened through the proxy");
  assert.deepEqual(await proxy.spilled(), []);
});
