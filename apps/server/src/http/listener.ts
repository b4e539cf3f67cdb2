/**
 * The way of every request: id, security headers on the raw response, origin check, streaming routes on the raw request, files, then the
 * API. What is thrown anywhere becomes a problem; what nobody knows is `not_found`. Logs a path without its query.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { PliError } from "@pli/core/errors";
import { DIRECT_HEADER } from "@pli/core/wire";
import { currentWork, type Work, workOn } from "../platform/telemetry/index.ts";
import type { Services } from "../services.ts";
import { limitBodyTime } from "./body-time.ts";
import type { RawRoute } from "./feature.ts";
import { apiHeaderList, policyFor, setSecurityHeaders } from "./headers.ts";
import { checkOrigin } from "./origin-check.ts";
import { type ProblemAnswer, problemAnswer, problemWithStatus } from "./problems.ts";
import type { StaticFiles } from "./static-files.ts";
import { forgetUnreadBody } from "./unread-body.ts";
import { beginRequest, loggedPath, noteRefusal } from "./watch-request.ts";

export interface Parts {
  readonly services: Services;
  readonly raw: readonly RawRoute[];
  /** What metrics and traces call them. */
  readonly templates: ReadonlyMap<RawRoute, string>;
  readonly files: StaticFiles;
  /** So long a body that is not a chunk may take, in milliseconds. */
  readonly bodyTimeMs: number;
  /** A page was asked for: told to who notes visits. */
  readonly onPage: (path: string, request: IncomingMessage) => void;
  /** The framework's listener. */
  readonly api: (incoming: IncomingMessage, outgoing: ServerResponse, requestId: string) => Promise<void>;
}

export function createListener(parts: Parts): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const { services } = parts;
  const pagePolicy = policyFor(services.direct?.origin ?? null);
  let headerList: readonly string[] | undefined;
  const serve = (work: Work, path: string, incoming: IncomingMessage, outgoing: ServerResponse) => {
    const requestId = work.id;
    const https = services.origin().startsWith("https:");
    // Before anything is written, so that no kind of answer forgets it: proxies and browsers turn to another node.
    if (services.isStopping()) outgoing.shouldKeepAlive = false;
    const setHeaders = () => {
      const isApi = path.startsWith("/api/");
      setSecurityHeaders(outgoing, { pagePolicy: isApi ? null : pagePolicy, https });
      if (isApi && services.direct !== null) outgoing.setHeader(DIRECT_HEADER, "1");
      outgoing.setHeader("X-Request-Id", requestId);
    };
    const fail = (error: unknown) => {
      if (isBrokenOff(error, outgoing)) {
        services.logger.debug({ requestId, path: loggedPath(path) }, "broken off");
      } else if (!(error instanceof PliError)) {
        services.logger.error({ requestId, path: loggedPath(path), fault: describeFault(error) }, "fault");
      }
      if (!isBrokenOff(error, outgoing)) noteRefusal(work, error);
      sendProblem(outgoing, problemAnswer(error, services.origin(), requestId));
    };
    const raw = matchRaw(parts.raw, incoming.method ?? "GET", path);
    if (raw !== null) work.route = (raw.route && parts.templates.get(raw.route)) ?? null;
    if (raw?.route?.method !== "PUT") limitBodyTime(incoming, parts.bodyTimeMs);
    if (raw?.route?.writesHead) {
      headerList ??= apiHeaderList(https);
      const securityHeaders = [...headerList, "X-Request-Id", requestId];
      const { parameters, head } = raw;
      raw.route.handle({ incoming, outgoing, parameters, requestId, head, securityHeaders }).catch((error: unknown) => {
        if (!outgoing.headersSent) setHeaders();
        fail(error);
      });
      return;
    }
    setHeaders();
    answer(parts, raw, incoming, outgoing, path, requestId).catch(fail);
  };
  return (incoming, outgoing) => {
    const path = pathOf(incoming.url);
    const work = beginRequest(services, incoming, outgoing, path);
    workOn(work, () => serve(work, path, incoming, outgoing));
  };
}

/** What metrics call a page or one of its files. */
const FILES = "files";

interface RawMatch {
  /** Null: the path is known, the method is not. */
  readonly route: RawRoute | null;
  readonly parameters: readonly string[];
  readonly head: boolean;
}

function matchRaw(routes: readonly RawRoute[], method: string, path: string): RawMatch | null {
  let otherMethod: RawMatch | null = null;
  for (const route of routes) {
    const match = route.path.exec(path);
    if (match === null) continue;
    const head = method === "HEAD" && route.method === "GET";
    if (method === route.method || head) return { route, parameters: match.slice(1), head };
    otherMethod = { route: null, parameters: [], head: false };
  }
  return otherMethod;
}

async function answer(
  parts: Parts,
  raw: RawMatch | null,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  path: string,
  requestId: string,
): Promise<void> {
  const method = incoming.method ?? "GET";
  checkOrigin(incoming, parts.services.origin());
  if (raw !== null && raw.route !== null) {
    const { parameters, head } = raw;
    await raw.route.handle({ incoming, outgoing, parameters, requestId, head, securityHeaders: [] });
    return;
  }
  if (raw !== null) {
    const unknown = new PliError("not_found");
    noteRefusal(currentWork(), unknown);
    const problem = problemWithStatus(unknown, 405, parts.services.origin(), requestId);
    sendProblem(outgoing, problem);
    return;
  }
  if (!path.startsWith("/api/") && (method === "GET" || method === "HEAD")) {
    const file = parts.files.find(path);
    if (file !== null) {
      const work = currentWork();
      if (work !== null) work.route = FILES;
      parts.onPage(path, incoming);
      await parts.files.send(file, incoming, outgoing, path);
      return;
    }
  }
  await parts.api(incoming, outgoing, requestId);
}

/** Ends the response with a problem; once the head is out only cutting the connection tells the truth. */
function sendProblem(outgoing: ServerResponse, problem: ProblemAnswer): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  for (const name of ["Content-Encoding", "Content-Length", "ETag"]) outgoing.removeHeader(name);
  forgetUnreadBody(outgoing);
  outgoing.writeHead(problem.status, { ...problem.headers, "content-length": Buffer.byteLength(problem.body) });
  outgoing.end(outgoing.req.method === "HEAD" ? undefined : problem.body);
}

function pathOf(url: string | undefined): string {
  const text = url ?? "/";
  const query = text.indexOf("?");
  return query < 0 ? text : text.slice(0, query);
}

const BROKEN_OFF = new Set(["ERR_STREAM_PREMATURE_CLOSE", "ERR_STREAM_DESTROYED", "ECONNRESET", "EPIPE", "ABORT_ERR"]);

/** Whether the caller hung up: no fault of anybody's, and as frequent as people are impatient. */
export function isBrokenOff(error: unknown, outgoing: ServerResponse): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return BROKEN_OFF.has(code) && (outgoing.destroyed || outgoing.req.destroyed);
}

/** Name and place of a fault. Its message may quote input, so it stays out. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = (error.stack ?? "")
    .split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 4);
  const code = "code" in error ? String(error.code) : "";
  return [error.name, code, ...place.map((line) => line.trim())].join(" | ");
}
