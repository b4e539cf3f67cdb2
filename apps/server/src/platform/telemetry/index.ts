/** Metrics and traces (Q5): off unless asked for, loaded only then, and never in the way of what is watched. */
import type { Logger } from "../logger.ts";
import { type Meters, openMeters, silentMeters } from "./meters.ts";
import type { TraceSettings } from "./trace-settings.ts";
import { noTracing, type Tracing } from "./tracing.ts";

export { INSTRUMENTS } from "./instruments.ts";
export type { Meters } from "./meters.ts";
export { serveMetrics } from "./serve-metrics.ts";
export { readTraceSettings, type TraceSettings } from "./trace-settings.ts";
export type { Span } from "./tracing.ts";
export { watchBlobs } from "./watched-blobs.ts";
export { watchDatabase } from "./watched-database.ts";
export { countWhenKept, currentWork, type Work, workOn } from "./work.ts";

export interface Telemetry {
  readonly meters: Meters;
  readonly tracing: Tracing;
}

export interface TelemetrySettings {
  /** Where metrics are served; null: nowhere. */
  readonly metrics: object | null;
  /** Where spans go; null: nowhere. */
  readonly traces: TraceSettings | null;
  /** Whether the sampling of a caller's trace is believed: only our own proxy's is. */
  readonly trustProxy: number;
}

export async function openTelemetry(settings: TelemetrySettings, logger: Logger): Promise<Telemetry> {
  const meters = settings.metrics === null ? silentMeters : await openMeters();
  if (settings.traces === null) return { meters, tracing: noTracing };
  const { openTracing } = await import("./otel.ts");
  const tracing = openTracing(settings.traces, {
    trustCallers: settings.trustProxy > 0,
    onFailure: (isFirst) => {
      meters.count("pli_trace_exports_failed_total", {});
      if (isFirst) logger.warn("the collector takes no spans; trying on, and serving on");
    },
  });
  return { meters, tracing };
}
