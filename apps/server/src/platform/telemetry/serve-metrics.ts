/**
 * `GET /metrics` on a listener of its own (PLI_METRICS): what Prometheus scrapes. Never on the public one, and nothing else here: whoever
 * reaches it learns how much is sent, never by whom or what.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { MetricsPlace } from "../../config.ts";

export interface MetricsListener {
  /** Where it is, for people. */
  readonly url: string;
  close(): Promise<void>;
}

/** @throws Error that says in words why it cannot listen */
export async function serveMetrics(
  place: MetricsPlace,
  expose: () => Promise<{ readonly contentType: string; readonly text: string }>,
): Promise<MetricsListener> {
  const http = createServer({ maxHeaderSize: 8 * 1024 }, (incoming, outgoing) => {
    outgoing.setHeader("Cache-Control", "no-store");
    outgoing.setHeader("X-Content-Type-Options", "nosniff");
    const isRead = incoming.method === "GET" || incoming.method === "HEAD";
    if (!isRead || incoming.url?.split("?")[0] !== "/metrics") {
      outgoing.writeHead(404).end();
      return;
    }
    expose().then(
      ({ contentType, text }) => {
        outgoing.writeHead(200, { "Content-Type": contentType, "Content-Length": Buffer.byteLength(text) });
        outgoing.end(incoming.method === "HEAD" ? undefined : text);
      },
      () => outgoing.writeHead(500).end(),
    );
  });
  http.requestTimeout = 10_000;
  http.maxConnections = 64;
  await listenAt(http, place);
  const { port } = http.address() as AddressInfo;
  const host = place.host.includes(":") ? `[${place.host}]` : place.host;
  return {
    url: `http://${host}:${port}/metrics`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

function listenAt(http: Server, { host, port }: MetricsPlace): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once("error", (error: Error & { code?: string }) => {
      const why = error.code === "EADDRINUSE" ? "the port is taken" : "nobody can listen there";
      reject(new Error(`PLI_METRICS: ${why}. Give a free host:port, such as 127.0.0.1:9464`));
    });
    http.listen({ host, port }, resolve);
  });
}
