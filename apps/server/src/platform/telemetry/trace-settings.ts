/**
 * The usual OTEL_ variables (OpenTelemetry environment variable specification) as one value, checked with the rest of the configuration.
 * Header values are secrets: never shown.
 */

export interface TraceSettings {
  /** Where spans are posted, whole. */
  readonly url: string;
  /** Secrets, often: credentials of the collector. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Share of traces begun here that are kept, 0 to 1. */
  readonly share: number;
  /** Whether the decision of the caller's trace goes before ours. */
  readonly followsParent: boolean;
  readonly resource: Readonly<Record<string, string>>;
}

export interface SettingFault {
  readonly name: string;
  readonly fault: string;
  readonly cure: string;
}

const SAMPLERS: Readonly<Record<string, { readonly followsParent: boolean; readonly share: number | null }>> = {
  always_on: { followsParent: false, share: 1 },
  always_off: { followsParent: false, share: 0 },
  traceidratio: { followsParent: false, share: null },
  parentbased_always_on: { followsParent: true, share: 1 },
  parentbased_always_off: { followsParent: true, share: 0 },
  parentbased_traceidratio: { followsParent: true, share: null },
};
const TIMEOUT_MS = 10_000;

/** Null: traces are off. Faults are added to `faults`, all of them. */
export function readTraceSettings(
  values: Readonly<Record<string, string | undefined>>,
  faults: SettingFault[],
): TraceSettings | null {
  const own = values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  const base = values.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (values.OTEL_SDK_DISABLED?.toLowerCase() === "true" || values.OTEL_TRACES_EXPORTER === "none") return null;
  if (own === undefined && base === undefined) return null;
  const refuse = (name: string, fault: string, cure: string): void => {
    faults.push({ name, fault, cure });
  };
  const pick = (key: string) => values[`OTEL_EXPORTER_OTLP_TRACES_${key}`] ?? values[`OTEL_EXPORTER_OTLP_${key}`];

  // The endpoint of one signal is taken as it is; the common one is a base.
  const url = own ?? `${(base ?? "").replace(/\/+$/, "")}/v1/traces`;
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? "")) {
    const name = own === undefined ? "OTEL_EXPORTER_OTLP_ENDPOINT" : "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    refuse(name, "not an HTTP address", "Give the collector's OTLP/HTTP address, such as http://localhost:4318");
  }
  const protocol = pick("PROTOCOL");
  if (protocol !== undefined && !protocol.startsWith("http/")) {
    const cure = "Leave it out or give http/json: spans go by OTLP over HTTP, which every collector takes on port 4318";
    refuse("OTEL_EXPORTER_OTLP_PROTOCOL", "a protocol that Pli does not speak", cure);
  }
  const timeout = pick("TIMEOUT") ?? String(TIMEOUT_MS);
  if (!/^\d{1,6}$/.test(timeout)) {
    refuse("OTEL_EXPORTER_OTLP_TIMEOUT", "not a number", "Give milliseconds, such as 10000");
  }
  const headers = pairsOf(pick("HEADERS"));
  if (headers === null) refuse("OTEL_EXPORTER_OTLP_HEADERS", "not a list", "Give name=value, with commas between");
  const resource = pairsOf(values.OTEL_RESOURCE_ATTRIBUTES);
  if (resource === null) refuse("OTEL_RESOURCE_ATTRIBUTES", "not a list", "Give name=value, with commas between");

  const sampler = SAMPLERS[values.OTEL_TRACES_SAMPLER ?? "parentbased_always_on"];
  if (sampler === undefined) {
    refuse("OTEL_TRACES_SAMPLER", "unknown sampler", `Give one of ${Object.keys(SAMPLERS).join(", ")}`);
  }
  const share = sampler?.share ?? Number(values.OTEL_TRACES_SAMPLER_ARG ?? "1");
  if (!(share >= 0 && share <= 1)) {
    refuse("OTEL_TRACES_SAMPLER_ARG", "not a share", "Give a number from 0 to 1, such as 0.1");
  }
  return {
    url,
    headers: headers ?? {},
    timeoutMs: Number(timeout),
    share,
    followsParent: sampler?.followsParent ?? true,
    resource: { ...resource, "service.name": values.OTEL_SERVICE_NAME ?? resource?.["service.name"] ?? "pli" },
  };
}

/** `a=b,c=d`, percent-encoded (W3C Baggage, as the specification says). Null when it is not that. */
function pairsOf(text: string | undefined): Record<string, string> | null {
  const pairs: Record<string, string> = {};
  for (const pair of (text ?? "").split(",")) {
    if (pair.trim() === "") continue;
    const [, key = "", value = ""] = /^\s*([^=\s]+)\s*=(.*)$/.exec(pair) ?? [];
    if (key === "") return null;
    try {
      pairs[decodeURIComponent(key)] = decodeURIComponent(value.trim());
    } catch {
      return null;
    }
  }
  return pairs;
}
