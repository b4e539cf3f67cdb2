/** Bounces that come back (M21, Q11): by our own listener, or piped by the operator's mail system to `take-bounce`. */
import type { Feature } from "../../http/feature.ts";
import { startReportListener } from "../../platform/smtp/index.ts";
import { workOn } from "../../platform/telemetry/index.ts";
import { returnPathsOf } from "../notifications/index.ts";
import { takeReport } from "./take-report.ts";

export { takeReport } from "./take-report.ts";

export const bounces: Feature = {
  name: "bounces",
  start: async (services) => {
    const { bounceListen: place } = services.config;
    const paths = returnPathsOf(services);
    if (place === null || paths === null) return { stop: async () => {} };
    const listener = await startReportListener({
      ...place,
      name: new URL(services.origin()).hostname,
      accepts: (address) => paths.mailOf(address) !== null,
      take: (raw, recipients) => workOn(null, async () => void (await takeReport(services, raw, recipients))),
    }).catch((error: unknown) => {
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
      throw new Error(`bounces cannot be taken at ${place.host}:${place.port} (${code}). Check PLI_BOUNCE_LISTEN`);
    });
    return {
      stop: () => listener.close(),
      announce: [`Bounces are taken at ${listener.host}:${listener.port}`],
    };
  },
};
