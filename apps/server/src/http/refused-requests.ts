/**
 * Requests that Node refuses before a listener sees them: not HTTP, too large a head, an expectation it does not know. They get a
 * problem with all security headers like everybody else.
 */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { PliError } from "@pli/core/errors";
import type { Meters } from "../platform/telemetry/index.ts";
import { setSecurityHeaders } from "./headers.ts";
import { problemWithStatus } from "./problems.ts";

const HEAD_TOO_LARGE = "HPE_HEADER_OVERFLOW";
const TIMED_OUT = "ERR_HTTP_REQUEST_TIMEOUT";

export function answerRefusedRequests(http: Server, origin: () => string, meters: Meters): void {
  http.on("checkExpectation", (incoming: IncomingMessage, outgoing: ServerResponse) => {
    meters.count("pli_http_refusals_total", { code: "bad_input" });
    setSecurityHeaders(outgoing, { pagePolicy: null, https: origin().startsWith("https:") });
    const { status, headers, body } = problemWithStatus(new PliError("bad_input"), 417, origin(), "");
    outgoing.setHeader("Connection", "close");
    outgoing.writeHead(status, headers);
    outgoing.end(incoming.method === "HEAD" ? undefined : body);
  });
  http.on("clientError", (error: Error & { code?: string }, socket: Duplex) => {
    if (!socket.writable || error.code === "ECONNRESET") {
      socket.destroy();
      return;
    }
    meters.count("pli_http_refusals_total", { code: "bad_input" });
    const status = error.code === HEAD_TOO_LARGE ? 431 : error.code === TIMED_OUT ? 408 : 400;
    const problem = problemWithStatus(new PliError("bad_input"), status, origin(), "");
    const headers = {
      ...problem.headers,
      "content-length": String(Buffer.byteLength(problem.body)),
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
      "x-content-type-options": "nosniff",
      connection: "close",
    };
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} Refused\r\n${head.join("")}\r\n${problem.body}`);
  });
}
