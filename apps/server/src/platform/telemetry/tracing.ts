/**
 * Traces as the rest of the server sees them: spans with a name, templates and numbers. Who makes them is otel.ts, loaded only where an
 * endpoint is set. Nothing given here may hold a secret, an address, content or an id of somebody's envelope.
 */

export type SpanKind = "server" | "client" | "internal" | "producer" | "consumer";

export interface SpanFacts {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes?: Attributes;
  /** The span that this one is part of; none: a trace of its own, or the one that `traceparent` names. */
  readonly parent?: Span | null;
  /** W3C header of whoever called us. */
  readonly traceparent?: string | undefined;
  /** W3C value of the span that ordered this work in another trace. */
  readonly link?: string | null;
}
export type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface Span {
  /** W3C value to carry on: `00-<trace>-<span>-<flags>`. */
  readonly traceparent: string;
  readonly traceId: string;
  end(outcome?: {
    readonly name?: string;
    readonly attributes?: Attributes;
    /** A short code where it went wrong through our fault or that of what we stand on. */
    readonly error?: string;
  }): void;
}

export interface Tracing {
  /** Null where nobody traces. */
  begin(facts: SpanFacts): Span | null;
  /** Sends what is left, if the collector takes it soon. Never throws. */
  stop(): Promise<void>;
}

export const noTracing: Tracing = { begin: () => null, stop: async () => {} };
