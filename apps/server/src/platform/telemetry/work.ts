/**
 * What this process is working on right now: a request, a job's run, a mail's delivery. Follows every await, so that whatever is ordered,
 * logged or measured on the way knows whom it is for. Holds an id, a template and a span, never content, an address or a secret.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { LabelsOf, NameOfKind } from "./instruments.ts";
import type { Span } from "./tracing.ts";

export interface Work {
  /** Id of the request, or of the run: in logs, problems, mails. */
  readonly id: string;
  /** Null where nobody traces. */
  readonly span: Span | null;
  /** Of a request: its template (`/api/v1/grants/{grantId}`), never its path. Null until it is known. */
  route?: string | null;
  /** Of a request: the code of the problem that it was answered with. */
  refusal?: string;
}

/** Counts that are true only once a transaction is kept. */
export type Tally = { readonly name: NameOfKind<"counter">; readonly labels: Readonly<Record<string, string>> }[];

interface Frame {
  readonly work: Work | null;
  readonly tally: Tally | null;
}

const storage = new AsyncLocalStorage<Frame>();

/** Null in the background, between two pieces of work. */
export function currentWork(): Work | null {
  return storage.getStore()?.work ?? null;
}

/** Runs `run`, and all that it starts, for `work`; with null for nobody. */
export function workOn<T>(work: Work | null, run: () => T): T {
  return storage.run({ work, tally: null }, run);
}

/** Runs a job of the write queue for `work`; what it counts lands in `tally`. */
export function writeFor<T>(work: Work | null, tally: Tally, run: () => T): T {
  return storage.run({ work, tally }, run);
}

/** Inside a job of the write queue: counts one when, and only when, its transaction is kept. Elsewhere it counts nothing. */
export function countWhenKept<N extends NameOfKind<"counter">>(name: N, labels: LabelsOf<N>): void {
  storage.getStore()?.tally?.push({ name, labels });
}
