/**
 * The server as a value: composes platform, features and HTTP. `main.ts` runs it; tests start it on port 0 with a folder of
 * their own and, where time matters, a clock of their own.
 */
import { createServer as createHttpServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { getRequestListener, RequestError } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { PliError } from "@pli/core/errors";
import { routePath } from "hono/route";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Config } from "./config.ts";
import { openKeys } from "./features/nodes/index.ts";
import { features } from "./features.ts";
import { type ApiEnv, createApi } from "./http/api.ts";
import { BODY_TIME_MS } from "./http/body-time.ts";
import { setIdentify } from "./http/caller.ts";
import type { Running } from "./http/feature.ts";
import { withFirstWrites } from "./http/first-write.ts";
import { checkJsonBody } from "./http/json-body.ts";
import { createListener, describeFault, isBrokenOff } from "./http/listener.ts";
import { problemAnswer } from "./http/problems.ts";
import { answerRefusedRequests } from "./http/refused-requests.ts";
import { templateOfPattern, templatesOf } from "./http/route-templates.ts";
import { lostPage, sitePage } from "./http/site.ts";
import { createStaticFiles } from "./http/static-files.ts";
import { forgetUnreadBody } from "./http/unread-body.ts";
import { noteRefusal } from "./http/watch-request.ts";
import { type BlobStore, openBlobs } from "./platform/blobs/index.ts";
import { CLOCK_WRONG_MS, type Clock, followClock, systemClock } from "./platform/clock.ts";
import { requireFinishedCopy } from "./platform/database/copy/index.ts";
import { openDatabase } from "./platform/database/index.ts";
import { openRegister } from "./platform/destroyed/index.ts";
import { createLogger, type Logger } from "./platform/logger.ts";
import { currentWork, openTelemetry, type Telemetry, watchBlobs, watchDatabase } from "./platform/telemetry/index.ts";
import type { Services } from "./services.ts";

export { type Config, ConfigError, readConfig } from "./config.ts";
export type { Services } from "./services.ts";

export interface PliServer {
  /** Starts to serve; resolves to the public origin. */
  listen(): Promise<string>;
  /**
   * Says by readiness that it wants no visitors (for `drainMs` of the configuration), then accepts none, lets running requests end (`stopMs`
   * at most), gives back what it had leased, and closes everything.
   */
  close(): Promise<void>;
  /** Public origin, known once it listens. */
  readonly url: string;
  /** Lines for the person who started it: sign-in link, local mailbox. */
  readonly announcements: readonly string[];
  /** The same values the features got, for tests and tools that work inside the process. */
  readonly services: Services;
}

export interface ServerOptions {
  /** The time. Otherwise the database's clock where it has one, else this machine's. */
  readonly clock?: Clock;
  /** This machine's clock. */
  readonly machineClock?: Clock;
  readonly logger?: Logger;
  readonly blobs?: BlobStore;
  /** So long a body that is not a chunk may take, in milliseconds; 60 seconds. */
  readonly bodyTimeMs?: number;
}

/** Opens the data folder (creates it at the first start) and composes the server; serves after `listen()`. */
export async function createServer(config: Config, options: ServerOptions = {}): Promise<PliServer> {
  const logger = options.logger ?? createLogger(config.logLevel);
  let origin = config.publicUrl ?? `http://localhost:${config.port}`;
  let stopping = false;
  const blobs = openBlobs(config.blobs, (fault) => logger.warn(fault, "the bucket refused"));
  const telemetry = await openTelemetry(config, logger);
  const { db, clock, keys, stopClock } = await openShared(config, options, logger);
  const services = watched(telemetry, {
    config,
    clock,
    logger,
    keys,
    db,
    blobs: options.blobs ?? blobs.store,
    direct: blobs.direct,
    destroyed: openRegister(config.destroyedFolder, options.blobs ?? blobs.store, () => clock.now()),
    isStopping: () => stopping,
    origin: () => origin,
  });
  const http = createHttpServer(serverLimits, composeListener(services, options.bodyTimeMs ?? BODY_TIME_MS));
  answerRefusedRequests(http, () => origin, telemetry.meters);
  http.headersTimeout = 20_000;
  http.keepAliveTimeout = 65_000;
  // A large chunk over a slow line may take long: other bodies have a time of their own (http/body-time.ts), and idle sockets are cut by
  // the socket timeout.
  http.requestTimeout = 0;
  http.timeout = 120_000;
  http.maxConnections = CONNECTIONS_MAX;
  const running: Running[] = [];
  const announcements: string[] = [];
  return {
    services,
    announcements,
    get url() {
      return origin;
    },
    listen: async () => {
      await listenOn(http, config);
      const { port } = http.address() as AddressInfo;
      if (config.publicUrl === null) origin = `http://localhost:${port}`;
      for (const feature of features) {
        if (feature.start === undefined) continue;
        const started = await feature.start(services);
        running.push(started);
        announcements.push(...(started.announce ?? []));
      }
      return origin;
    },
    close: async () => {
      stopping = true;
      if (http.listening && config.drainMs > 0) await pause(config.drainMs);
      await shortRound();
      await closeHttp(http, config.stopMs);
      for (const part of running.toReversed()) await part.stop();
      await services.destroyed.close();
      stopClock();
      await services.db.close();
      await telemetry.tracing.stop();
      telemetry.meters.stop();
      blobs.close();
    },
  };
}

/** The same, with database and store watched, and what a request wants in its first write in it. */
function watched(telemetry: Telemetry, services: Omit<Services, "telemetry">): Services {
  const { db, blobs } = services;
  return {
    ...services,
    telemetry,
    db: withFirstWrites(watchDatabase(db, telemetry)),
    blobs: watchBlobs(blobs, telemetry),
  };
}

/** What all nodes of an installation have in common: the database, its time, the key. @throws Error in words when this one does not fit */
async function openShared(config: Config, options: ServerOptions, logger: Logger) {
  const machineClock = options.machineClock ?? systemClock;
  const db = await openDatabase(config.database, () => (options.clock ?? machineClock).now());
  try {
    // Half an installation is not served: a restore or a move has not come to its end.
    await requireFinishedCopy(db.read);
    const keys = await openKeys(config, db);
    let isWrong = false;
    const warn = (aheadMs: number) => {
      const wasWrong = isWrong;
      isWrong = Math.abs(aheadMs) > CLOCK_WRONG_MS;
      if (isWrong && !wasWrong) logger.warn({ aheadMs: Math.round(aheadMs) }, "clock of this machine is wrong");
    };
    const followed = options.clock === undefined ? await followClock(() => db.serverTime(), machineClock, warn) : null;
    const clock = options.clock ?? followed ?? machineClock;
    return { db, keys, clock, stopClock: () => followed?.stop() };
  } catch (error) {
    await db.close();
    throw error;
  }
}

const serverLimits = { maxHeaderSize: 16 * 1024 } as const;

/** More than a large organisation's browsers hold open; each costs a descriptor and some kilobytes. */
const CONNECTIONS_MAX = 10_000;

function composeListener(services: Services, bodyTimeMs: number) {
  const api = createApi();
  api.use(async (c, next) => {
    const work = currentWork();
    if (work !== null) work.route = templateOfPattern(routePath(c, -1));
    c.set("services", services);
    c.set("requestId", String(c.env.outgoing.getHeader("X-Request-Id")));
    await next();
  });
  api.use("/api/*", checkJsonBody);
  for (const feature of features) {
    if (feature.identify !== undefined) setIdentify(services, feature.identify);
    feature.routes?.(api, services);
  }
  api.onError((error, c) => {
    const requestId = c.get("requestId");
    const isCut = isBrokenOff(error, c.env.outgoing);
    if (!isCut) noteRefusal(currentWork(), error);
    if (isCut) services.logger.debug({ requestId }, "broken off");
    else if (!(error instanceof PliError)) services.logger.error({ requestId, fault: describeFault(error) }, "fault");
    const { status, headers, body } = problemAnswer(error, services.origin(), requestId);
    forgetUnreadBody(c.env.outgoing);
    // By the context, so that a device cookie set before the refusal still arrives.
    return c.newResponse(body, status as ContentfulStatusCode, { ...headers });
  });
  const files = createStaticFiles(services.config.webFolder, sitePage);
  api.notFound(async (c) => {
    const unknown = new PliError("not_found");
    noteRefusal(currentWork(), unknown);
    const { incoming, outgoing } = c.env;
    const page = lostPage(c.req.path, c.req.method, incoming.headers.accept);
    if (page !== null && files.has(page)) {
      await files.send(page, incoming, outgoing, c.req.path, 404);
      return RESPONSE_ALREADY_SENT;
    }
    const { status, headers, body } = problemAnswer(unknown, services.origin(), c.get("requestId"));
    return c.newResponse(body, status as ContentfulStatusCode, { ...headers });
  });
  const listener = getRequestListener((request, env) => api.fetch(request, env as ApiEnv["Bindings"]), {
    overrideGlobalObjects: false,
    // Of what makes no request, such as a host that is none: it never comes to the API.
    errorHandler: (error) => {
      const cause = error instanceof RequestError ? new PliError("bad_input") : error;
      noteRefusal(currentWork(), cause);
      const { status, headers, body } = problemAnswer(cause, services.origin(), currentWork()?.id ?? "");
      return new Response(body, { status, headers });
    },
    // Its way is to cut the connection half a second after an answer that did not say so.
    autoCleanupIncoming: false,
  });
  const raw = features.flatMap((feature) => feature.raw?.(services) ?? []);
  return createListener({
    services,
    raw,
    templates: templatesOf(raw, api),
    bodyTimeMs,
    files,
    onPage: (path, incoming) => {
      for (const feature of features) feature.onPage?.(services, path, incoming);
    },
    api: (incoming, outgoing) => listener(incoming, outgoing),
  });
}

function listenOn(http: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once("error", reject);
    http.listen({ port: config.port, host: config.host }, () => {
      http.off("error", reject);
      resolve();
    });
  });
}

const SHORT_MS = 0.2;
const ROUNDS_MAX = 2000;

/**
 * Waits for the end of a round of the event loop too short for anybody to have come in the meantime. Each round takes the connections that wait in
 * the system's queue; closing resets those that have come since, and a proxy repeats no order that it has passed on.
 */
async function shortRound(): Promise<void> {
  for (let rounds = 0; rounds < ROUNDS_MAX; rounds++) {
    const beganMs = performance.now();
    await new Promise(setImmediate);
    if (performance.now() - beganMs < SHORT_MS) return;
  }
}

const IDLE_LOOK_MS = 50;

/** Stops accepting, lets running requests end for `forMs`, then cuts. */
function closeHttp(http: Server, forMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (!http.listening) {
      resolve();
      return;
    }
    const cut = setTimeout(() => http.closeAllConnections(), forMs);
    // A connection whose request has just ended would be kept for the next one.
    const idle = setInterval(() => http.closeIdleConnections(), IDLE_LOOK_MS);
    http.close(() => {
      clearTimeout(cut);
      clearInterval(idle);
      resolve();
    });
    http.closeIdleConnections();
  });
}
