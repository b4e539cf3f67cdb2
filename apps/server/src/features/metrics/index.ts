/** Figures for Prometheus (Q5), where PLI_METRICS says so. */
import process from "node:process";
import type { Feature } from "../../http/feature.ts";
import { VERSION } from "../../platform/own-files.ts";
import { serveMetrics } from "../../platform/telemetry/index.ts";
import { createGauges } from "./read-gauges.ts";

export const metrics: Feature = {
  name: "metrics",
  start: async (services) => {
    const place = services.config.metrics;
    const { meters } = services.telemetry;
    if (place === null || !meters.isOn) return { stop: async () => {} };
    meters.set("pli_build_info", { version: VERSION, node: process.versions.node }, 1);
    const bringUpToDate = createGauges(services);
    const listener = await serveMetrics(place, async () => {
      await bringUpToDate();
      return await meters.expose();
    });
    return { stop: listener.close, announce: [`Metrics: ${listener.url}`] };
  },
};
