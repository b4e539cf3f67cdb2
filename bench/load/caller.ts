/** Requests to one node over connections that are kept: as many at once as are needed, none waits for another. */
import { openRaw, type RawAnswer, type RawConnection, requestHead } from "../raw-http.ts";

export interface Answer {
  readonly status: number;
  /** Head and body as text, as far as they came in the first piece. */
  readonly text: string;
}

export interface Caller {
  call(
    method: string,
    path: string,
    more?: {
      readonly json?: unknown;
      readonly bytes?: Uint8Array;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ): Promise<Answer>;
  close(): void;
}

/** Beyond that a caller would fall over before the server does. */
const CONNECTIONS_MAX = 400;

export function openCaller(port: number): Caller {
  const idle: RawConnection[] = [];
  const waiting: ((connection: RawConnection) => void)[] = [];
  let open = 0;
  const take = async (): Promise<RawConnection> => {
    const free = idle.pop();
    if (free !== undefined) return free;
    if (open >= CONNECTIONS_MAX) return await new Promise((resolve) => waiting.push(resolve));
    open += 1;
    return await openRaw(port);
  };
  const giveBack = (connection: RawConnection) => {
    const next = waiting.shift();
    if (next === undefined) idle.push(connection);
    else next(connection);
  };
  return {
    call: async (method, path, { json, bytes, headers } = {}) => {
      const body = json === undefined ? bytes : Buffer.from(JSON.stringify(json));
      const head = requestHead(method, path, {
        "X-Forwarded-For": someNetwork(),
        ...(json === undefined ? {} : { "Content-Type": "application/json" }),
        ...(body === undefined ? {} : { "Content-Length": body.length }),
        ...headers,
      });
      const connection = await take();
      let answer: RawAnswer;
      try {
        answer = await connection.exchange(head, body);
      } catch (error) {
        open -= 1;
        connection.close();
        throw error;
      }
      giveBack(connection);
      return { status: answer.status, text: answer.start.toString("latin1") };
    },
    close: () => {
      for (const connection of idle) connection.close();
    },
  };
}

let networks = 0;

/** Everybody comes from a network of their own, as strangers do. */
function someNetwork(): string {
  networks = (networks + 1) % (1 << 20);
  return `${11 + (networks >> 16)}.${(networks >> 8) & 255}.${networks & 255}.7`;
}
