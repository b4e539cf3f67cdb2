/**
 * HTTP as an attacker or a careless program speaks it: any method, any header, any body, over a real socket, with cookies of its own.
 * Tells what came back and judges nothing.
 */
import { Agent, type IncomingHttpHeaders, request } from "node:http";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** The connection broke before the answer was whole. */
  readonly cut: boolean;
  /** `code` of a problem; null for anything else. */
  readonly code: string | null;
  json<T>(): T;
}

export interface Call {
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is; wins over `json`. */
  readonly body?: Uint8Array | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody who calls: a browser's cookies, or a program's token. */
export interface Person {
  call(method: string, path: string, call?: Call): Promise<Answer>;
  readonly cookies: Map<string, string>;
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
}

const agent = new Agent({ keepAlive: true, maxSockets: 128 });
let networks = 0;

/** A network of its own behind the trusted proxy, so that the limit of one caller is not met by another. */
function newNetwork(): string {
  networks += 1;
  return `10.${(networks >> 8) & 255}.${networks & 255}.7`;
}

export interface PersonOptions {
  readonly token?: string;
  readonly cookies?: ReadonlyMap<string, string>;
  /** A network per call instead of one for all: nothing is ever refused for coming too often from one place. */
  readonly roaming?: boolean;
}

export function createPerson(origin: string, options: PersonOptions = {}): Person {
  const cookies = new Map(options.cookies);
  const network = newNetwork();
  const own: Record<string, string> = options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
  return {
    origin,
    cookies,
    headers: own,
    call: async (method, path, { json, body, headers } = {}) => {
      const sent: Record<string, string> = {
        ...own,
        "x-forwarded-for": options.roaming === true ? newNetwork() : network,
        "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      };
      if (cookies.size > 0) sent.cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      let content: Uint8Array | string | undefined = body;
      if (content === undefined && json !== undefined) {
        content = JSON.stringify(json);
        sent["content-type"] = "application/json";
      }
      const answer = await exchange(origin, method, path, { ...sent, ...headers }, content);
      for (const line of answer.headers["set-cookie"] ?? []) keep(cookies, line);
      return answer;
    },
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (value === "" || /;\s*max-age=0/i.test(line)) cookies.delete(name);
  else cookies.set(name, value);
}

/** One request and its whole answer. Rejects only when no answer came at all. */
function exchange(
  origin: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  content: Uint8Array | string | undefined,
): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    let answered = false;
    const going = request({ agent, host: hostname, port, method, path, headers }, (response) => {
      answered = true;
      const pieces: Buffer[] = [];
      const finish = (cut: boolean) => {
        const bytes = Buffer.concat(pieces);
        const { statusCode = 0, headers: received } = response;
        resolve({
          status: statusCode,
          headers: received,
          bytes,
          cut,
          code: codeOf(received, bytes),
          json: () => JSON.parse(bytes.toString()),
        });
      };
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () => finish(false));
      response.on("error", () => finish(true));
      response.on("aborted", () => finish(true));
    });
    // A server that has refused need not read the rest of a body: its answer counts, not the broken pipe.
    going.on("error", (error) => {
      if (!answered) reject(error);
    });
    if (going.hasHeader("transfer-encoding")) going.removeHeader("content-length");
    else if (content !== undefined) going.setHeader("content-length", Buffer.byteLength(content));
    else if (method !== "GET" && method !== "HEAD") going.setHeader("content-length", 0);
    going.end(content);
  });
}

function codeOf(headers: IncomingHttpHeaders, bytes: Buffer): string | null {
  if (headers["content-type"]?.startsWith("application/problem+json") !== true) return null;
  try {
    const { code } = JSON.parse(bytes.toString()) as { code?: unknown };
    return typeof code === "string" ? code : null;
  } catch {
    return null;
  }
}
