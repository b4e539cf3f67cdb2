/**
 * HTTP as Pli's clients speak it: JSON, chunks up, ciphertext down, over an injected `fetch`. Problem documents (RFC 9457) become
 * PliError by their code; whatever a proxy in between answers instead is read tolerantly. Never writes a URL, body or token anywhere.
 */
import { type ErrorDetails, isErrorCode, PliError } from "@pli/core/errors";
import { createDirectPath } from "./direct-path.ts";
import { LONGEST_JSON_BYTES, readBounded } from "./read-bounded.ts";

/** Cookies for programs that are not browsers. A browser keeps its own: give none there. */
export interface CookieJar {
  /** Value of the `Cookie` header, if any. */
  header(): string | undefined;
  /** Takes over what an answer sets. */
  take(setCookie: readonly string[]): void;
}

export interface TransportOptions {
  /** Scheme, host and port of the server, without a slash at the end. */
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  /** API token `pli_…`. Goes to `origin` alone. */
  readonly token?: string;
  readonly device?: CookieJar;
  /** What programs call themselves (`pli-cli/1.2`); browsers say who they are by themselves. */
  readonly agent?: string;
  /** How bytes go up, when `fetch` is not good enough: see xhr-put.ts, which tells progress inside a chunk. */
  readonly putBytes?: PutBytes;
  /** Waits; injected by tests. @throws PliError `cancelled` */
  readonly wait?: (delayMs: number, signal?: AbortSignal) => Promise<void>;
  /** Tries of an idempotent call before its error is thrown, default 4. */
  readonly tries?: number;
}

/** One try to put `bytes` at `url`. Rejects with anything when the network fails. */
export type PutBytes = (
  url: string,
  bytes: Uint8Array<ArrayBuffer>,
  options: {
    readonly headers: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
    readonly onProgress?: (sentBytes: number) => void;
  },
) => Promise<Response>;

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Makes a POST repeatable: the server answers the same key with the same answer. */
  readonly idempotencyKey?: string;
}

export interface Transport {
  readonly origin: string;
  /**
   * One API call. GET, PUT, DELETE, and POST with an idempotency key are tried again on `network`, `unavailable`, `rate_limited`.
   * @param path begins with `/api/v1/`
   * @returns the JSON answer; `undefined` for an empty one
   * @throws PliError the server's code; `network`; `unavailable` for answers that are not Pli's; `cancelled`
   */
  json<T>(method: string, path: string, body?: unknown, options?: CallOptions): Promise<T>;
  /** One try to put a chunk: who uploads decides about trying again. @throws PliError like `json` */
  put(
    path: string,
    bytes: Uint8Array<ArrayBuffer>,
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (sentBytes: number) => void },
  ): Promise<void>;
  /** Bytes; tried again until there is an answer. @param options.range `start` up to, not including, `end` */
  get(
    path: string,
    options?: { readonly range?: { readonly start: number; readonly end?: number }; readonly signal?: AbortSignal },
  ): Promise<Response>;
  wait(delayMs: number, signal?: AbortSignal): Promise<void>;
  /** Tries `attempt` again while its error may pass, with growing delays. @param tries at most, default the transport's */
  repeat<T>(attempt: () => Promise<T>, signal?: AbortSignal, tries?: number): Promise<T>;
}

const RETRIED: readonly string[] = ["network", "unavailable", "rate_limited"];
const FIRST_DELAY_MS = 400;
const LONGEST_DELAY_MS = 30_000;

/** Whether the same call may work a little later. */
export function isPassing(error: unknown): error is PliError {
  return error instanceof PliError && RETRIED.includes(error.code);
}

/** How long to wait before try number `tries + 1`: doubling with jitter, or what the server asked for. */
export function retryDelayMs(error: PliError, tries: number): number {
  const asked = error.details.retryAfterSeconds;
  if (asked !== undefined) return Math.min(asked * 1000, 10 * LONGEST_DELAY_MS);
  return Math.min(FIRST_DELAY_MS * 2 ** (tries - 1), LONGEST_DELAY_MS) * (0.5 + Math.random() / 2);
}

function cancelled(): PliError {
  return new PliError("cancelled");
}

/** Waits `delayMs`. @throws PliError `cancelled` */
function waitByTimer(delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled());
    const stop = () => {
      clearTimeout(timer);
      reject(cancelled());
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, delayMs);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** An error of `fetch`, of reading a body, or of anything in between, as ours. */
export function networkError(cause: unknown, signal?: AbortSignal): PliError {
  if (cause instanceof PliError) return cause;
  return signal?.aborted ? cancelled() : new PliError("network", { cause });
}

function detailsOf(value: unknown, headers: Headers): ErrorDetails {
  const details: Record<string, string | number> = {};
  for (const [name, fact] of Object.entries(typeof value === "object" && value !== null ? value : {})) {
    if (typeof fact === "string" || typeof fact === "number") details[name] = fact;
  }
  const retryAfterSeconds = Number(headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(retryAfterSeconds) ? { retryAfterSeconds, ...details } : details;
}

/** @throws PliError `unavailable` for what is too long or no JSON; whatever reading throws */
async function readJson<T>(response: Response): Promise<T> {
  const bytes = await readBounded(response, LONGEST_JSON_BYTES, "unavailable");
  if (bytes.length === 0) return undefined as T;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new PliError("unavailable");
  }
}

/** What an answer that is no success means. */
async function errorOf(response: Response): Promise<PliError> {
  const isProblem = (response.headers.get("content-type") ?? "").includes("json");
  const problem: unknown = isProblem ? await readJson<unknown>(response).catch(() => null) : null;
  if (!isProblem) await response.body?.cancel().catch(() => undefined);
  const { code, details } = (typeof problem === "object" && problem !== null ? problem : {}) as {
    code?: unknown;
    details?: unknown;
  };
  const facts = { details: detailsOf(details, response.headers) };
  if (isErrorCode(code)) return new PliError(code, facts);
  // Not ours: a proxy's page. Its status still says whose fault it is.
  if (response.status === 413) return new PliError("payload_too_large", facts);
  if (response.status === 429) return new PliError("rate_limited", facts);
  return new PliError("unavailable", facts);
}

export function createTransport(options: TransportOptions): Transport {
  const { origin, token, device, agent } = options;
  const send = options.fetch;
  const wait = options.wait ?? waitByTimer;
  const mostTries = options.tries ?? 4;

  function headersOf(extra: Readonly<Record<string, string | undefined>>): Record<string, string> {
    const headers: Record<string, string> = {};
    const own = { authorization: token && `Bearer ${token}`, cookie: device?.header(), "user-agent": agent };
    for (const [name, value] of Object.entries({ ...own, ...extra })) if (value) headers[name] = value;
    return headers;
  }

  async function settle(answering: Promise<Response>, signal?: AbortSignal): Promise<Response> {
    let response: Response;
    try {
      response = await answering;
    } catch (cause) {
      throw networkError(cause, signal);
    }
    device?.take(response.headers.getSetCookie?.() ?? []);
    direct.learn(response.headers);
    if (response.ok) return response;
    throw await errorOf(response);
  }

  async function repeat<T>(attempt: () => Promise<T>, signal?: AbortSignal, most = mostTries): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        if (tries >= most || !isPassing(error)) throw error;
        await wait(retryDelayMs(error, tries), signal);
      }
    }
  }

  const putBytes: PutBytes =
    options.putBytes ??
    ((url, body, { headers, signal }) => {
      const stop = signal === undefined ? {} : { signal };
      return send(url, { method: "PUT", headers, body, redirect: "error", credentials: "same-origin", ...stop });
    });

  const transport: Transport = {
    origin,
    wait,
    repeat,

    json<T>(method: string, path: string, body?: unknown, { signal, idempotencyKey }: CallOptions = {}) {
      const headers = headersOf({
        accept: "application/json",
        "content-type": body === undefined ? undefined : "application/json",
        "idempotency-key": idempotencyKey,
      });
      const request: RequestInit = { method, headers, redirect: "error", credentials: "same-origin" };
      if (body !== undefined) request.body = JSON.stringify(body);
      if (signal) request.signal = signal;
      const repeatable = method !== "POST" && method !== "PATCH";
      return repeat(
        async () => {
          const response = await settle(send(origin + path, request), signal);
          return readJson<T>(response).catch((cause: unknown) => {
            throw networkError(cause, signal);
          });
        },
        signal,
        repeatable || idempotencyKey !== undefined ? mostTries : 1,
      );
    },

    async put(path, bytes, { signal, onProgress } = {}) {
      const told = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
      if (!(await direct.put(path, bytes, told))) {
        const headers = headersOf({ "content-type": "application/octet-stream" });
        const response = await settle(putBytes(origin + path, bytes, { headers, ...told }), signal);
        await response.body?.cancel().catch(() => undefined);
      }
      onProgress?.(bytes.length);
    },

    get(path, { range, signal } = {}) {
      const bytes = range && `bytes=${range.start}-${range.end === undefined ? "" : range.end - 1}`;
      const request: RequestInit = {
        headers: headersOf({ range: bytes }),
        redirect: "error",
        credentials: "same-origin",
      };
      if (signal) request.signal = signal;
      const told = { ...(range && { range }), ...(signal && { signal }) };
      return repeat(
        async () => (await direct.get(path, told)) ?? (await settle(send(origin + path, request), signal)),
        signal,
      );
    },
  };
  const direct = createDirectPath({
    origin,
    fetch: send,
    putBytes,
    ask: (method, path, body, signal) => transport.json(method, path, body, signal && { signal }),
  });
  return transport;
}
