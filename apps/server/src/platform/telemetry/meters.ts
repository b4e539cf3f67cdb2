/**
 * Counting. `silentMeters` where nobody scrapes: it costs a call. `openMeters` counts with prom-client in a registry of its own, so
 * that two servers in one process do not mix. Never throws: a figure is never worth a request.
 */
import { INSTRUMENTS, type Instrument, type InstrumentName, type LabelsOf, type NameOfKind } from "./instruments.ts";

export interface Meters {
  /** False: nobody will ever read, so nothing need be measured. */
  readonly isOn: boolean;
  count<N extends NameOfKind<"counter">>(name: N, labels: LabelsOf<N>, by?: number): void;
  /** @param seconds below zero counts as zero: clocks are not always steady */
  observe<N extends NameOfKind<"histogram">>(name: N, labels: LabelsOf<N>, seconds: number): void;
  set<N extends NameOfKind<"gauge">>(name: N, labels: LabelsOf<N>, value: number): void;
  add<N extends NameOfKind<"gauge">>(name: N, labels: LabelsOf<N>, by: number): void;
  /** Forgets what a gauge told: until it is set again nothing is told, which is not zero. */
  clear(name: NameOfKind<"gauge">): void;
  /** Text exposition format 0.0.4, all that was counted. */
  expose(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** Stops what watches the process. */
  stop(): void;
}

export const silentMeters: Meters = {
  isOn: false,
  count: () => {},
  observe: () => {},
  set: () => {},
  add: () => {},
  clear: () => {},
  expose: async () => ({ contentType: "text/plain", text: "" }),
  stop: () => {},
};

/** Loads prom-client, and begins to watch the process (memory, CPU, event loop, garbage collection). */
export async function openMeters(): Promise<Meters> {
  const { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } = await import("prom-client");
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counters = new Map<InstrumentName, InstanceType<typeof Counter>>();
  const gauges = new Map<InstrumentName, InstanceType<typeof Gauge>>();
  const histograms = new Map<InstrumentName, InstanceType<typeof Histogram>>();
  for (const [key, instrument] of Object.entries(INSTRUMENTS) as [InstrumentName, Instrument][]) {
    const { help, kind } = instrument;
    const settings = { name: key, help, labelNames: [...instrument.labels], registers: [registry] };
    if (kind === "counter") counters.set(key, new Counter(settings));
    else if (kind === "gauge") gauges.set(key, new Gauge(settings));
    else histograms.set(key, new Histogram({ ...settings, buckets: [...(instrument.buckets ?? [])] }));
  }
  return {
    isOn: true,
    count: (name, labels, by = 1) => counters.get(name)?.inc(labels, by),
    observe: (name, labels, seconds) => histograms.get(name)?.observe(labels, Math.max(0, seconds)),
    set: (name, labels, value) => gauges.get(name)?.set(labels, value),
    add: (name, labels, by) => gauges.get(name)?.inc(labels, by),
    clear: (name) => {
      const gauge = gauges.get(name);
      gauge?.reset();
      // One without labels is zero after that.
      if (INSTRUMENTS[name].labels.length === 0) gauge?.remove();
    },
    expose: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
    stop: () => registry.clear(),
  };
}
