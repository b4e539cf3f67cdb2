/**
 * A collector as OTLP over HTTP describes it (OTLP 1.x, JSON encoding): takes spans at `/v1/traces`, refuses what is not what it should be,
 * and keeps them. It can also be one that hangs.
 */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { Scope } from "./world.ts";

export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly isError: boolean;
}

export interface Receiver {
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  readonly resources: readonly Readonly<Record<string, unknown>>[];
  readonly headers: readonly IncomingHttpHeaders[];
  /** All that came, as it came. */
  readonly bodies: readonly string[];
  /** What was not as the protocol says. */
  readonly faults: readonly string[];
  /** Requests that arrived, answered or not. */
  readonly asked: number;
}

interface KeyValue {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly KeyValue[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status?: { readonly code?: number };
}
interface WireBody {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

const STATUS_ERROR = 2;

export async function startReceiver(scope: Scope, options: { readonly hangs?: boolean } = {}): Promise<Receiver> {
  const spans: ReceivedSpan[] = [];
  const resources: Record<string, unknown>[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const bodies: string[] = [];
  const faults: string[] = [];
  let asked = 0;
  const server = createServer((incoming, outgoing) => {
    asked += 1;
    if (options.hangs === true) return;
    const pieces: Buffer[] = [];
    incoming.on("data", (piece: Buffer) => pieces.push(piece));
    incoming.on("end", () => {
      const text = Buffer.concat(pieces).toString("utf8");
      headers.push(incoming.headers);
      bodies.push(text);
      const isRight = incoming.method === "POST" && incoming.url === "/v1/traces";
      if (!isRight || incoming.headers["content-type"] !== "application/json") {
        faults.push(`${incoming.method} ${incoming.url} ${incoming.headers["content-type"]}`);
        outgoing.writeHead(400).end();
        return;
      }
      for (const { resource, scopeSpans } of (JSON.parse(text) as WireBody).resourceSpans) {
        resources.push(asRecord(resource.attributes));
        for (const span of scopeSpans.flatMap((scoped) => scoped.spans)) {
          faults.push(...faultsOf(span));
          spans.push(asReceived(span));
        }
      }
      outgoing.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  scope.after(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    resources,
    headers,
    bodies,
    faults,
    get asked() {
      return asked;
    },
  };
}

function asReceived(span: WireSpan): ReceivedSpan {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? "",
    name: span.name,
    kind: span.kind,
    attributes: asRecord(span.attributes ?? []),
    links: span.links ?? [],
    isError: span.status?.code === STATUS_ERROR,
  };
}

function asRecord(attributes: readonly KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

/** Ids are hexadecimal in OTLP's JSON, times are nanoseconds in decimal text. */
function faultsOf(span: WireSpan): string[] {
  const isSound =
    /^[0-9a-f]{32}$/.test(span.traceId) &&
    /^[0-9a-f]{16}$/.test(span.spanId) &&
    (span.parentSpanId === undefined || /^([0-9a-f]{16})?$/.test(span.parentSpanId)) &&
    BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano);
  return isSound ? [] : [`span ${span.name}`];
}
