/** For tests: the parts routes of a server in memory, behind a network that fails as a test decides. Keeps every body that arrived. */
import { toBase64url } from "@pli/core/bytes";

/** What happens to one request. */
export type Fault =
  | "none"
  | "lost" // never arrives
  | "lost-answer" // arrives, the answer does not
  | "cut-body" // half of it arrives
  | "busy" // 503 problem
  | "proxy-page" // 502 HTML
  | "too-many" // 429 with Retry-After
  | "late" // answered after others
  | "cut-answer"; // half of the answer arrives

export interface FaultServer {
  readonly fetch: typeof globalThis.fetch;
  /** Every body that arrived for `part/chunk`, also in vain. */
  readonly bodies: ReadonlyMap<string, readonly Uint8Array[]>;
  /** Most PUTs that were open at once. */
  readonly mostAtOnce: () => number;
  readonly requests: readonly string[];
  part(number: number): Uint8Array;
  partNumbers(): readonly number[];
}

const PATH = /\/parts\/(\d+)(?:\/chunks\/(\d+)|\/content)?$/;

function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ code, status }), {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
}

/** A stream of `bytes` in pieces of uneven sizes, that breaks before its end when `cut`. */
function bodyOf(bytes: Uint8Array, cut: boolean): ReadableStream<Uint8Array> {
  const end = cut ? Math.floor(bytes.length / 2) : bytes.length;
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < end) {
        const piece = bytes.slice(at, Math.min(end, at + 1 + ((at * 7919) % 150_000)));
        at += piece.length;
        controller.enqueue(piece);
      } else if (cut) controller.error(new TypeError("terminated"));
      else controller.close();
    },
  });
}

/** @param nextFault asked once per request @param options.heedsRange whether GET honours `Range` */
export function createFaultServer(
  nextFault: () => Fault = () => "none",
  options: { readonly heedsRange?: boolean } = {},
): FaultServer {
  const stored = new Map<string, Uint8Array>();
  const bodies = new Map<string, Uint8Array[]>();
  const requests: string[] = [];
  let open = 0;
  let most = 0;

  const keysOf = (part: number) =>
    [...stored.keys()]
      .filter((key) => key.startsWith(`${part}/`))
      .sort((a, b) => Number(a.split("/")[1]) - Number(b.split("/")[1]));
  function part(number: number): Uint8Array {
    return Buffer.concat(keysOf(number).map((key) => stored.get(key) as Uint8Array));
  }

  async function answer(fault: Fault, path: string, init: RequestInit): Promise<Response> {
    if (fault === "late") await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    if (init.signal?.aborted || fault === "lost") throw new TypeError("fetch failed");
    if (fault === "busy") return problem(503, "unavailable");
    if (fault === "too-many") return problem(429, "rate_limited", { "retry-after": "1" });
    if (fault === "proxy-page") {
      return new Response("<html>Bad Gateway", { status: 502, headers: { "content-type": "text/html" } });
    }
    const [, number, chunk] = PATH.exec(path) ?? [];
    if (number === undefined) return problem(404, "not_found");
    if (init.method === "DELETE") {
      for (const key of keysOf(Number(number))) stored.delete(key);
      return new Response(null, { status: 204 });
    }
    if (init.method === "PUT" && chunk !== undefined) {
      const key = `${number}/${chunk}`;
      const body = Uint8Array.from(init.body as Uint8Array);
      bodies.set(key, [...(bodies.get(key) ?? []), body]);
      if (fault === "cut-body") throw new TypeError("fetch failed");
      if (!stored.has(key)) stored.set(key, body);
      if (fault === "lost-answer") throw new TypeError("fetch failed");
      return new Response(null, { status: 204 });
    }
    const whole = part(Number(number));
    if (whole.length === 0) return problem(404, "not_found");
    const asked = /^bytes=(\d+)-(\d*)$/.exec(new Headers(init.headers).get("range") ?? "");
    if (asked === null || options.heedsRange === false) return new Response(bodyOf(whole, fault === "cut-answer"));
    const start = Number(asked[1]);
    const end = asked[2] ? Number(asked[2]) + 1 : whole.length;
    return new Response(bodyOf(whole.subarray(start, end), fault === "cut-answer"), {
      status: 206,
      headers: { "content-range": `bytes ${start}-${end - 1}/${whole.length}` },
    });
  }

  return {
    bodies,
    requests,
    part,
    mostAtOnce: () => most,
    partNumbers: () => [...new Set([...stored.keys()].map((key) => Number(key.split("/")[0])))].sort((a, b) => a - b),
    async fetch(url, init = {}) {
      const { pathname } = new URL(String(url));
      const isPut = init.method === "PUT";
      requests.push(`${init.method ?? "GET"} ${pathname}`);
      open += isPut ? 1 : 0;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      try {
        return await answer(nextFault(), pathname, init);
      } finally {
        open -= isPut ? 1 : 0;
      }
    },
  };
}

/** Bytes that look random but are the same each time. */
export function pattern(lengthBytes: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lengthBytes);
  let state = seed * 2_654_435_761 + 1;
  for (let i = 0; i < lengthBytes; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[i] = state >>> 16;
  }
  return bytes;
}

/** A body that goes on and on. Ends after `giveUpBytes`: a reader without a bound must fail its test, not the machine. */
export function endlessBody(giveUpBytes: number) {
  const piece = new Uint8Array(65_536).fill(0x20);
  let givenBytes = 0;
  let stopped = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      givenBytes += piece.length;
      if (givenBytes > giveUpBytes) controller.close();
      else controller.enqueue(piece);
    },
    cancel() {
      stopped = true;
    },
  });
  return { body, pieceBytes: piece.length, givenBytes: () => givenBytes, stopped: () => stopped };
}

/** Waits no longer than it takes others to run. */
export function waitShortly(_delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) reject(new Error("aborted"));
    else setImmediate(resolve);
  });
}

/** Whether two base64url digests are of these bytes. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  return toBase64url(new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", bytes.slice())));
}
