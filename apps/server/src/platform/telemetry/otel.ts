/**
 * Spans by the OpenTelemetry SDK, sent as OTLP over HTTP (JSON) in batches. Loaded only where an endpoint is set. A collector that is slow or
 * gone costs memory up to a bound, then spans: never a request. Nothing is patched and nothing global is set.
 */
import {
  type Link,
  SpanKind as OtelKind,
  ROOT_CONTEXT,
  type SpanContext,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { TraceSettings } from "./trace-settings.ts";
import type { Span, SpanKind, Tracing } from "./tracing.ts";

/** W3C Trace Context, section 3.2: version 00 and those to come that begin alike. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.{0,200})?$/;

const QUEUE_MAX = 2048;
const STOP_MS = 2000;

const KINDS: Readonly<Record<SpanKind, OtelKind>> = {
  server: OtelKind.SERVER,
  client: OtelKind.CLIENT,
  internal: OtelKind.INTERNAL,
  producer: OtelKind.PRODUCER,
  consumer: OtelKind.CONSUMER,
};

export interface TracingOptions {
  /** Whether callers may decide that their trace is kept. */
  readonly trustCallers: boolean;
  /** A batch was not taken. `isFirst`: the one before was. */
  readonly onFailure: (isFirst: boolean) => void;
}

export function openTracing(settings: TraceSettings, options: TracingOptions): Tracing {
  const exporter = new OTLPTraceExporter({
    url: settings.url,
    headers: { ...settings.headers },
    timeoutMillis: settings.timeoutMs,
    concurrencyLimit: 4,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes(settings.resource),
    sampler: samplerOf(settings, options.trustCallers),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: watched(exporter, options.onFailure),
        maxQueueSize: QUEUE_MAX,
        maxExportBatchSize: 512,
        scheduledDelayMillis: 1000,
        exportTimeoutMillis: settings.timeoutMs,
      }),
    ],
  });
  const tracer = provider.getTracer("pli");
  return {
    begin: ({ name, kind, attributes, parent, traceparent, link }) => {
      const above = contextOf(parent?.traceparent ?? traceparent, parent == null);
      const ordering = contextOf(link ?? undefined, true);
      const links: Link[] = ordering === null ? [] : [{ context: ordering }];
      const context = above === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, above);
      const span = tracer.startSpan(name, { kind: KINDS[kind], attributes: { ...attributes }, links }, context);
      return asSpan(span);
    },
    stop: async () => {
      const given = new Promise<void>((resolve) => setTimeout(resolve, STOP_MS).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), given]);
    },
  };
}

function asSpan(span: ReturnType<ReturnType<TracerProvider["getTracer"]>["startSpan"]>): Span {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    traceId,
    traceparent: `00-${traceId}-${spanId}-${(traceFlags & 1) === 1 ? "01" : "00"}`,
    end: ({ name, attributes, error } = {}) => {
      if (name !== undefined) span.updateName(name);
      if (attributes !== undefined) span.setAttributes({ ...attributes });
      if (error !== undefined) {
        span.setAttribute("error.type", error);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
  };
}

function contextOf(traceparent: string | undefined, isRemote: boolean): SpanContext | null {
  const match = TRACEPARENT.exec(traceparent ?? "");
  if (match === null) return null;
  const [, traceId = "", spanId = "", flags = "00"] = match;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote };
}

/** A stranger's trace is continued, but whether it is kept is decided here: else anybody could fill the collector. */
function samplerOf(settings: TraceSettings, trustCallers: boolean): Sampler {
  const root =
    settings.share >= 1
      ? new AlwaysOnSampler()
      : settings.share <= 0
        ? new AlwaysOffSampler()
        : new TraceIdRatioBasedSampler(settings.share);
  if (settings.followsParent && trustCallers) return new ParentBasedSampler({ root });
  // Parts of one trace here always stay together.
  return new ParentBasedSampler({ root, remoteParentSampled: root, remoteParentNotSampled: root });
}

function watched(exporter: OTLPTraceExporter, onFailure: (isFirst: boolean) => void): SpanExporter {
  let failed = false;
  return {
    export: (spans, done) => {
      exporter.export(spans, (result) => {
        const fails = result.code !== 0;
        if (fails) onFailure(!failed);
        failed = fails;
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  };
}
