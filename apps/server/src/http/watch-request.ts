/**
 * A request from its head to the end of its answer: its id, its span, its line in the log, its place in the metrics. Labels and attributes
 * hold templates and codes only; the log tells the path, never its query, nor a link in it that is a right by itself.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { PliError } from "@pli/core/errors";
import type { Work } from "../platform/telemetry/index.ts";
import type { Services } from "../services.ts";
import { requestIdOf } from "./request-id.ts";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const UNMATCHED = "unmatched";

/** A path as the log may tell it: whoever has a link that ends mails may use it. */
export function loggedPath(path: string): string {
  return path.replace(/^\/stop\/[^/]*\..*\..*$/, "/stop/…");
}

export function beginRequest(
  services: Services,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  path: string,
): Work {
  const { meters, tracing } = services.telemetry;
  const { method = "" } = incoming;
  const known = METHODS.has(method) ? method : "other";
  const { traceparent } = incoming.headers;
  const span = tracing.begin({
    name: known,
    kind: "server",
    traceparent: typeof traceparent === "string" ? traceparent : undefined,
  });
  const work: Work = { id: requestIdOf(incoming, services.config), span, route: null };
  const { logger } = services;
  const logs = logger.isLevelEnabled("info");
  if (!logs && !meters.isOn && span === null) return work;

  const startedMs = performance.now();
  meters.add("pli_http_requests_in_progress", {}, 1);
  outgoing.on("close", () => {
    const ms = performance.now() - startedMs;
    const route = work.route ?? UNMATCHED;
    const { refusal } = work;
    const isCut = !outgoing.writableFinished;
    const status = outgoing.headersSent ? outgoing.statusCode : 0;
    meters.add("pli_http_requests_in_progress", {}, -1);
    meters.count("pli_http_requests_total", { route, method: known, status: status === 0 ? "none" : String(status) });
    meters.observe("pli_http_request_duration_seconds", { route, method: known }, ms / 1000);
    if (refusal !== undefined) meters.count("pli_http_refusals_total", { code: refusal });
    span?.end({
      name: `${known} ${route}`,
      attributes: {
        "http.request.method": known,
        "http.route": route,
        "http.response.status_code": status,
        "pli.request_id": work.id,
        ...(refusal === undefined ? {} : { "pli.refusal": refusal }),
      },
      ...(status >= 500 ? { error: refusal ?? String(status) } : {}),
    });
    if (!logs) return;
    const more = {
      ...(refusal === undefined ? {} : { code: refusal }),
      ...(isCut ? { cut: true } : {}),
      ...(span === null ? {} : { traceId: span.traceId }),
    };
    const line = {
      requestId: work.id,
      method,
      path: loggedPath(path),
      status: outgoing.statusCode,
      ms: Math.round(ms * 10) / 10,
      ...more,
    };
    logger.info(line, "request");
  });
  return work;
}

/** Notes with which code a request is answered: once, where its problem is made. */
export function noteRefusal(work: Work | null, error: unknown): void {
  if (work !== null) work.refusal = error instanceof PliError ? error.code : "internal";
}
