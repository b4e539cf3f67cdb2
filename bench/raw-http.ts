/**
 * The cheapest HTTP/1.1 client there is, so that a benchmark measures the server: one connection, kept alive, prepared requests, answers
 * counted and thrown away. Understands what the measured servers send: a Content-Length on every answer that has a body.
 */
import { connect, type Socket } from "node:net";

const READ_BUFFER_BYTES = 1024 * 1024;
const HEAD_END = Buffer.from("\r\n\r\n");

export interface RawAnswer {
  readonly status: number;
  readonly bodyBytes: number;
  /** The first bytes of the answer: its head, and the start of the body. */
  readonly start: Buffer;
}

export interface RawConnection {
  /** Sends one request and waits for its whole answer. */
  exchange(head: string, body?: Uint8Array): Promise<RawAnswer>;
  close(): void;
}

interface Waiting {
  readonly resolve: (answer: RawAnswer) => void;
  readonly reject: (error: Error) => void;
}

export async function openRaw(port: number): Promise<RawConnection> {
  let waiting: Waiting | null = null;
  let answer: { status: number; start: Buffer; bodyBytes: number; missingBytes: number } | null = null;
  let head = Buffer.alloc(0);

  const take = (piece: Buffer): void => {
    if (answer === null) {
      head = head.length === 0 ? Buffer.from(piece) : Buffer.concat([head, piece]);
      const end = head.indexOf(HEAD_END);
      if (end < 0) return;
      const text = head.toString("latin1", 0, end);
      const lengthBytes = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0);
      const bodyInHead = head.length - end - HEAD_END.length;
      answer = {
        status: Number(text.slice(9, 12)),
        start: head,
        bodyBytes: lengthBytes,
        missingBytes: lengthBytes - bodyInHead,
      };
      head = Buffer.alloc(0);
    } else {
      answer.missingBytes -= piece.length;
    }
    if (answer.missingBytes <= 0 && waiting !== null) {
      const { resolve } = waiting;
      const { status, bodyBytes, start } = answer;
      waiting = null;
      answer = null;
      resolve({ status, bodyBytes, start });
    }
  };

  const socket: Socket = connect({
    port,
    host: "127.0.0.1",
    noDelay: true,
    onread: {
      // One buffer for everything that comes: bodies are counted, not kept.
      buffer: Buffer.allocUnsafe(READ_BUFFER_BYTES),
      callback: (length, buffer) => {
        take(Buffer.from(buffer.buffer, buffer.byteOffset, length));
        return true;
      },
    },
  });
  const fail = (error: Error) => {
    waiting?.reject(error);
    waiting = null;
  };
  socket.on("error", fail).on("close", () => fail(new Error("the server closed the connection")));
  await new Promise<void>((connected, refused) => socket.once("connect", connected).once("error", refused));

  return {
    exchange: (requestHead, body) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.cork();
        socket.write(requestHead, "latin1");
        if (body !== undefined) socket.write(body);
        socket.uncork();
      }),
    close: () => socket.destroy(),
  };
}

/** Head of a request, ready to be sent as often as wanted. */
export function requestHead(method: string, path: string, headers: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${lines.join("")}\r\n`;
}

/** Opens `connections` and lets each take the next job until none is left. Gives the seconds it took. */
export async function drive(
  port: number,
  connections: number,
  jobs: number,
  job: (connection: RawConnection, index: number) => Promise<void>,
): Promise<number> {
  const open = await Promise.all(Array.from({ length: connections }, () => openRaw(port)));
  let next = 0;
  const startedMs = performance.now();
  try {
    await Promise.all(
      open.map(async (connection) => {
        for (let index = next++; index < jobs; index = next++) await job(connection, index);
      }),
    );
    return (performance.now() - startedMs) / 1000;
  } finally {
    for (const connection of open) connection.close();
  }
}
