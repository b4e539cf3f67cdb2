/** For tests: a network between the command line and a server that changes, slows or cuts what comes back. Everything else passes unchanged. */
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { Scope } from "../../../../e2e/harness/scope.ts";

export interface BadNetwork {
  readonly origin: string;
  /** Body bytes of content that went back so far. */
  contentBytes(): number;
}

export interface Weather {
  /** Changes a piece of a content answer; `at` is its offset in that answer. */
  readonly change?: (piece: Buffer, at: number) => Buffer;
  /** Ends the connection after so many bytes of an answer; asked once per content answer. */
  readonly cutAfterBytes?: () => number;
  /** Whether a request is dropped before it arrives. */
  readonly drops?: (request: IncomingMessage) => boolean;
  /** Told the bytes of content so far; what it returns is waited for. */
  readonly onContent?: (contentBytes: number) => Promise<void> | void;
}

const CONTENT = /\/parts\/[1-9]\d*\/content$/;

export async function startBadNetwork(scope: Scope, target: string, weather: Weather): Promise<BadNetwork> {
  let contentBytes = 0;

  async function passBack(from: IncomingMessage, to: ServerResponse, isContent: boolean): Promise<void> {
    const cutAfter = (isContent ? weather.cutAfterBytes?.() : undefined) ?? Number.POSITIVE_INFINITY;
    let at = 0;
    for await (const arrival of from as AsyncIterable<Buffer>) {
      const piece = isContent ? (weather.change?.(arrival, at) ?? arrival) : arrival;
      at += piece.length;
      if (at > cutAfter) {
        to.destroy();
        return;
      }
      if (isContent) {
        contentBytes += piece.length;
        await weather.onContent?.(contentBytes);
      }
      if (!to.write(piece)) await once(to, "drain");
    }
    to.end();
  }

  const proxy = createServer((incoming, outgoing) => {
    const path = incoming.url ?? "/";
    if (weather.drops?.(incoming)) return void incoming.socket.destroy();
    const onward = request(target + path, { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      passBack(answer, outgoing, CONTENT.test(path)).catch(() => outgoing.destroy());
    });
    onward.on("error", () => outgoing.destroy());
    incoming.on("error", () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
  scope.after(async () => {
    proxy.closeAllConnections();
    await new Promise<void>((closed) => proxy.close(() => closed()));
  });
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("not listening");
  return { origin: `http://localhost:${address.port}`, contentBytes: () => contentBytes };
}

/** The same link through another way to the server. */
export function throughNetwork(link: string, network: BadNetwork): string {
  const { pathname, hash } = new URL(link);
  return network.origin + pathname + hash;
}
