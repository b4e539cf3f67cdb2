/**
 * A whole cluster for one test: real node processes, a PostgreSQL of its own, a bucket on a real S3 server, a relay that counts, with lines between
 * them that can be cut. Before the nodes stands what an operator puts there: it gives each request to the next node, and to another when
 * one does not take connections. Gone with the test.
 */
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createS3Client } from "../../apps/server/src/platform/blobs/index.ts";
import { type FaultyLine, faultyLine } from "../../apps/server/src/platform/blobs/testing/faulty-line.ts";
import { type CuttableLine, openCuttableLine } from "../../apps/server/src/platform/database/testing/cuttable-line.ts";
import { type PostgresOptions, type PostgresServer, startPostgres } from "../../tools/services/postgres.ts";
import { s3Missing, testS3 } from "../../tools/services/s3.ts";
import { type MailSink, startMailSink } from "../audit/mail-sink.ts";
import { clusterPlace } from "../audit/stored-cluster.ts";
import type { StoredPlace } from "../audit/stored-rows.ts";
import { freePort, type RunningServer, type Scope, startServer, temporaryFolder } from "../harness.ts";

export const NODES = 3;
const READY_MS = 60_000;
const REQUEST_MS = 30_000;

export interface ClusterOptions {
  readonly postgres?: PostgresOptions;
  /** More settings for one of the nodes. */
  readonly settingsOf?: (node: number) => Readonly<Record<string, string>>;
}

export interface Cluster {
  /** The address that people know; `fetch` leads to some node. */
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  readonly nodes: readonly RunningServer[];
  readonly mails: MailSink;
  /** Between the nodes and the primary; between the nodes and the bucket. */
  readonly databaseLine: CuttableLine;
  readonly bucketLine: FaultyLine;
  readonly primary: PostgresServer;
  /** Stops this PostgreSQL, too, with the cluster. */
  keep(server: PostgresServer): void;
  /** Leads everybody to another PostgreSQL. */
  follow(primary: PostgresServer): void;
  readonly place: StoredPlace;
  /** For one more process on the same installation. */
  readonly settings: Readonly<Record<string, string>>;
  /** Waits until every node says that it is ready. */
  ready(): Promise<void>;
}

/** Why there can be no cluster here, for a skipped test; false when there can. */
export const noCluster: string | false = s3Missing() ?? false;

export async function startCluster(scope: Scope, options: ClusterOptions = {}): Promise<Cluster> {
  // What was made last goes first.
  const cleaning: (() => Promise<void> | void)[] = [];
  scope.after(async () => {
    for (const clean of cleaning.toReversed()) await clean();
  });
  const inner: Scope = { after: (clean) => void cleaning.push(clean) };
  const mails = await startMailSink(inner);
  let primary = await startPostgres(options.postgres);
  const servers = [primary];
  inner.after(async () => {
    for (const server of servers) await server.stop();
  });
  const direct = new URL(await primary.createDatabase());
  const databaseLine = await openCuttableLine(primary.port);
  inner.after(() => databaseLine.close());
  const database = new URL(direct);
  database.port = String(databaseLine.port);
  const { bucket, bucketLine, settings: bucketSettings } = await makeBucket(inner);
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const dataFolder = await temporaryFolder(inner, "pli-cluster");
  const key = randomBytes(32);
  const settings = {
    PLI_DATA: dataFolder,
    PLI_DATABASE_URL: database.href,
    ...bucketSettings,
    PLI_SMTP_URL: mails.smtpUrl,
    PLI_MAIL_FROM: "pli@town.example",
    PLI_TRUST_PROXY: "1",
    PLI_URL: origin,
  };
  const startNode = async (node: number) => {
    const folder = node === 0 ? dataFolder : await temporaryFolder(inner, "pli-cluster");
    await writeFile(join(folder, "server.key"), key, { mode: 0o600 });
    const env = { ...settings, PLI_DATA: folder, ...options.settingsOf?.(node) };
    return await startServer(inner, { dataFolder: folder, env });
  };
  // The first one migrates; then they may start side by side.
  const nodes = [await startNode(0)];
  nodes.push(...(await Promise.all(Array.from({ length: NODES - 1 }, (_, index) => startNode(index + 1)))));
  return {
    origin,
    fetch: createFront(origin, nodes),
    nodes,
    mails,
    databaseLine,
    bucketLine,
    get primary() {
      return primary;
    },
    keep: (server) => {
      servers.push(server);
    },
    follow: (next) => {
      primary = next;
      databaseLine.leadTo(next.port);
      databaseLine.cutAll();
    },
    place: clusterPlace(() => asAdministrator(primary, direct), bucket),
    settings,
    ready: async () => {
      for (const node of nodes) await untilReady(node);
    },
  };
}

async function makeBucket(scope: Scope) {
  const { endpoint, accessKeyId, secretAccessKey } = await testS3();
  const bucketLine = await faultyLine({ after: (clean) => scope.after(clean) }, endpoint);
  const name = `pli-${randomBytes(8).toString("hex")}`;
  const address = { bucket: name, endpoint, region: "default", prefix: "", pathStyle: true };
  const bucket = createS3Client({ address, credentials: () => ({ accessKeyId, secretAccessKey }) });
  scope.after(() => bucket.close());
  await bucket.ask({ method: "PUT", key: "" });
  const settings = {
    PLI_BLOBS: `s3://${name}?endpoint=${bucketLine.endpoint}&region=default`,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
  return { bucket, bucketLine, settings };
}

/** The same database, by the superuser, past the line. */
function asAdministrator(server: PostgresServer, database: URL): string {
  const url = new URL(server.adminUrl);
  url.pathname = database.pathname;
  return url.href;
}

async function untilReady(node: RunningServer): Promise<void> {
  const deadlineMs = performance.now() + READY_MS;
  let said = "nothing";
  while (performance.now() < deadlineMs) {
    const answer = await fetch(`http://127.0.0.1:${node.port}/readyz`, {
      signal: AbortSignal.timeout(REQUEST_MS),
    }).catch(() => null);
    if (answer?.status === 200) return;
    said = (await answer?.text()) ?? "nothing";
    await pause(50);
  }
  throw new Error(`node ${node.port} is not ready, it says ${said}:\n${node.output().slice(-2000)}`);
}

/** A load balancer without memory: no request goes where the one before went. What a node began is never begun again elsewhere. */
function createFront(origin: string, nodes: readonly RunningServer[]): typeof globalThis.fetch {
  let turn = 0;
  return async (input, init) => {
    const url = new URL(String(input));
    if (url.origin !== origin) return await fetch(input, init);
    turn += 1;
    for (let tries = 0; ; tries++) {
      const node = nodes[(turn + tries) % nodes.length] as RunningServer;
      try {
        const signal = init?.signal ?? AbortSignal.timeout(REQUEST_MS);
        return await fetch(`http://127.0.0.1:${node.port}${url.pathname}${url.search}`, { ...init, signal });
      } catch (error) {
        if (tries + 1 >= nodes.length || !isRefused(error)) throw error;
      }
    }
  };
}

/** Nothing of the request was sent. */
function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED";
}
