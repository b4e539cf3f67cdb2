/**
 * Every metric of this server: name, kind, labels and what it tells (Prometheus naming, base units). The operator's page is checked against
 * this table. A label holds one of few fixed words: never an id, an address, a path or anything that a caller can choose.
 */

export interface Instrument {
  readonly kind: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds of a histogram, in the unit of its name. */
  readonly buckets?: readonly number[];
}

const FAST = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const SLOW = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

export const INSTRUMENTS = {
  pli_build_info: { kind: "gauge", labels: ["version", "node"], help: "Always 1; which Pli and which Node run" },
  pli_http_requests_total: {
    kind: "counter",
    labels: ["route", "method", "status"],
    help: "Requests answered, by route template",
  },
  pli_http_request_duration_seconds: {
    kind: "histogram",
    labels: ["route", "method"],
    buckets: FAST,
    help: "From the request's head to the last byte of its answer",
  },
  pli_http_requests_in_progress: { kind: "gauge", labels: [], help: "Requests that are being answered" },
  pli_http_refusals_total: { kind: "counter", labels: ["code"], help: "Problems answered, by error code" },
  pli_openings_total: {
    kind: "counter",
    labels: ["turn"],
    help: "Keys released: `new` used an opening, `again` went on with one that runs",
  },
  pli_journal_entries_total: { kind: "counter", labels: ["event"], help: "Entries of the register, by event" },
  pli_chunk_bytes_total: {
    kind: "counter",
    labels: ["direction"],
    help: "Ciphertext through this node: `in` stored, `out` read",
  },
  pli_stored_bytes: { kind: "gauge", labels: ["kind"], help: "Ciphertext of envelopes that are sent and kept" },
  pli_envelopes: { kind: "gauge", labels: ["kind", "state"], help: "Envelopes; drafts are those of state `draft`" },
  pli_store_free_bytes: { kind: "gauge", labels: [], help: "Room left where chunks lie, where that is known" },
  pli_store_operation_duration_seconds: {
    kind: "histogram",
    labels: ["operation"],
    buckets: SLOW,
    help: "Operations of the blob store; of reading, the time until the first bytes",
  },
  pli_store_errors_total: {
    kind: "counter",
    labels: ["operation", "code"],
    help: "Operations of the store that failed",
  },
  pli_database_write_wait_seconds: {
    kind: "histogram",
    labels: [],
    buckets: FAST,
    help: "Time of a write in the queue before its turn",
  },
  pli_database_write_duration_seconds: {
    kind: "histogram",
    labels: [],
    buckets: FAST,
    help: "Time of a write from its turn until it is durable, shared commit included",
  },
  pli_database_write_errors_total: {
    kind: "counter",
    labels: ["code"],
    help: "Writes that the database did not take; what our own rules refuse is not among them",
  },
  pli_sessions: { kind: "gauge", labels: ["kind"], help: "Sessions of browsers and tokens of programs that are valid" },
  pli_outbox_mails: {
    kind: "gauge",
    labels: ["state"],
    help: "Mails that wait: `due`, `later` (held or to be tried again), `leased` (on their way)",
  },
  pli_outbox_oldest_seconds: {
    kind: "gauge",
    labels: ["state"],
    help: "Age of the oldest of them since it was ordered; 0 without any",
  },
  pli_outbox_late_seconds: {
    kind: "gauge",
    labels: [],
    help: "How long the most overdue mail has been due: grows when no node sends",
  },
  pli_mail_deliveries_total: {
    kind: "counter",
    labels: ["kind", "outcome"],
    help: "Tries of mails: `accepted`, `retried` later, `failed` for good",
  },
  pli_mail_reports_total: {
    kind: "counter",
    labels: ["outcome"],
    help: "Delivery reports that came back: `failed`, `delayed`, `delivered`; `nothing` that changes anything; `unknown` mail",
  },
  pli_sms_deliveries_total: {
    kind: "counter",
    labels: ["kind", "outcome"],
    help: "Tries of SMS: `accepted`, `retried` later, `failed` for good",
  },
  pli_mail_delivery_duration_seconds: {
    kind: "histogram",
    labels: ["outcome"],
    buckets: SLOW,
    help: "One try of a mail or SMS: handing it to the next server and writing down what it said",
  },
  pli_job_duration_seconds: { kind: "histogram", labels: ["job"], buckets: SLOW, help: "Runs of background jobs" },
  pli_job_runs_total: { kind: "counter", labels: ["job", "outcome"], help: "The same, `done` or `failed`" },
  pli_job_last_success_timestamp_seconds: {
    kind: "gauge",
    labels: ["job"],
    help: "When the job last ended well, in seconds since 1970",
  },
  pli_clock_ahead_seconds: {
    kind: "gauge",
    labels: [],
    help: "How far this machine's clock is ahead of the database's, which counts; 0 without several nodes",
  },
  pli_trace_exports_failed_total: {
    kind: "counter",
    labels: [],
    help: "Batches of spans that the collector did not take",
  },
} as const satisfies Readonly<Record<string, Instrument>>;

export type InstrumentName = keyof typeof INSTRUMENTS;
export type NameOfKind<K extends Instrument["kind"]> = {
  [N in InstrumentName]: (typeof INSTRUMENTS)[N]["kind"] extends K ? N : never;
}[InstrumentName];
/** One word per label of the instrument, all of them. */
export type LabelsOf<N extends InstrumentName> = {
  readonly [L in (typeof INSTRUMENTS)[N]["labels"][number]]: string;
};
