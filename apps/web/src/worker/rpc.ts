/**
 * Calls from a page to its worker: typed, with events on the way (progress), cancelling, and errors that stay PliErrors.
 * Functions never cross; keys stay in the worker and pages name them by references that the worker gives out.
 */
import type { ErrorCode, ErrorDetails } from "@pli/core/errors";
import { isErrorCode, PliError } from "@pli/core/errors";

/** What a procedure gets beside its input. */
export interface Call<Event = never> {
  /** Aborted when the page cancels. */
  readonly signal: AbortSignal;
  /** Tells the page something before the answer. */
  emit(event: Event): void;
  /** What moves (and is not copied) with the answer: streams, buffers. */
  transfer(...items: Transferable[]): void;
}

/** A procedure of a worker. `Event` is what it may emit. */
export type Procedure<Input = void, Output = void, Event = never> = (
  input: Input,
  call: Call<Event>,
) => Promise<Output> | Output;
type AnyProcedure = (input: never, call: Call<never>) => unknown;
/** The procedures of a worker by name. */
export type Procedures = Record<string, AnyProcedure>;

type InputOf<P> = P extends (input: infer I, call: Call<never>) => unknown ? I : never;
type OutputOf<P> = P extends (input: never, call: Call<never>) => infer O ? Awaited<O> : never;
type EventOf<P> = P extends (input: never, call: infer C) => unknown ? (C extends Call<infer E> ? E : never) : never;

export interface CallOptions<Event> {
  signal?: AbortSignal | undefined;
  onEvent?: ((event: Event) => void) | undefined;
  transfer?: Transferable[] | undefined;
}

/** The page's side: `remote.call("name", input, {onEvent, signal})`. */
export interface Remote<P extends object> {
  /** @throws PliError what the procedure threw; `cancelled` when the signal was aborted; `internal` when the worker died */
  call<Name extends keyof P & string>(
    name: Name,
    input: InputOf<P[Name]>,
    options?: CallOptions<EventOf<P[Name]>>,
  ): Promise<OutputOf<P[Name]>>;
  close(): void;
}

type Request = { id: number; name: string; input: unknown } | { id: number; cancel: true };
type Answer =
  | { id: number; event: unknown }
  | { id: number; output: unknown }
  | { id: number; error: { code: ErrorCode; details: ErrorDetails } };

/** Connects a page to its worker. */
export function connect<P extends object>(worker: Worker): Remote<P> {
  interface Waiting {
    resolve(output: unknown): void;
    reject(error: PliError): void;
    onEvent: ((event: never) => void) | undefined;
  }
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    const call = waiting.get(data.id);
    if (!call) return;
    if ("event" in data) {
      call.onEvent?.(data.event as never);
      return;
    }
    waiting.delete(data.id);
    if ("error" in data) call.reject(new PliError(data.error.code, { details: data.error.details }));
    else call.resolve(data.output);
  };
  // the worker's script did not load or fell over: nobody may wait for ever
  worker.onerror = () => {
    for (const call of waiting.values()) call.reject(new PliError("internal"));
    waiting.clear();
  };
  return {
    call(name, input, { signal, onEvent, transfer } = {}) {
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(new PliError("cancelled"));
          return;
        }
        waiting.set(id, { resolve: resolve as (output: unknown) => void, reject, onEvent });
        worker.postMessage({ id, name, input } satisfies Request, transfer ?? []);
        signal?.addEventListener("abort", () => worker.postMessage({ id, cancel: true } satisfies Request), {
          once: true,
        });
      });
    },
    close() {
      worker.terminate();
      for (const call of waiting.values()) call.reject(new PliError("cancelled"));
      waiting.clear();
    },
  };
}

interface WorkerScope {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(message: unknown, transfer: Transferable[]): void;
}

/** The worker's side: answers calls with `procedures`. Anything thrown that is not a PliError becomes `internal`, without its text. */
export function serve(procedures: Procedures): void {
  const scope = globalThis as unknown as WorkerScope;
  const running = new Map<number, AbortController>();
  scope.onmessage = ({ data }) => {
    if ("cancel" in data) {
      running.get(data.id)?.abort();
      return;
    }
    const { id, name, input } = data;
    const abort = new AbortController();
    const moved: Transferable[] = [];
    running.set(id, abort);
    const call: Call<unknown> = {
      signal: abort.signal,
      emit: (event) => scope.postMessage({ id, event }, []),
      transfer: (...items) => void moved.push(...items),
    };
    const answer = async () => {
      const procedure = Object.hasOwn(procedures, name) ? procedures[name] : undefined;
      if (!procedure) throw new PliError("internal");
      return procedure(input as never, call as Call<never>);
    };
    answer().then(
      (output) => {
        running.delete(id);
        scope.postMessage({ id, output }, moved);
      },
      (error: unknown) => {
        running.delete(id);
        scope.postMessage({ id, error: asPlain(error, abort.signal.aborted) }, []);
      },
    );
  };
}

function asPlain(error: unknown, aborted: boolean): { code: ErrorCode; details: ErrorDetails } {
  if (error instanceof PliError) return { code: error.code, details: error.details };
  const code = (error as { code?: unknown } | null)?.code;
  return { code: aborted ? "cancelled" : isErrorCode(code) ? code : "internal", details: {} };
}
