/** A line between a client and a server that does what real lines do: cuts, changes a byte, falls silent, answers in the server's place. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { Scope } from "./bucket.ts";

export type Fault =
  | { readonly kind: "none" }
  /** After so many bytes of one connection in that direction, it is cut. */
  | { readonly kind: "cut"; readonly from: "client" | "server"; readonly afterBytes: number }
  /** One bit of that byte of what the client sends is turned. */
  | { readonly kind: "flip"; readonly atByte: number }
  /** Takes everything, answers nothing. */
  | { readonly kind: "silent" }
  /** What the server says comes so late. */
  | { readonly kind: "slow"; readonly delayMs: number }
  /** Answers in the server's place. */
  | { readonly kind: "answer"; readonly status: number; readonly code: string };

export interface FaultyLine {
  readonly endpoint: string;
  /** What the next `times` connections suffer; afterwards all is well. */
  suffer(fault: Fault, times?: number): void;
  /** Connections so far. */
  readonly connections: number;
}

/** A line to `endpoint` (`http://host:port`), gone after the test. */
export async function faultyLine(scope: Scope, endpoint: string): Promise<FaultyLine> {
  const target = new URL(endpoint);
  const sockets = new Set<Socket>();
  let fault: Fault = { kind: "none" };
  let left = 0;
  let connections = 0;
  const server = createServer((client) => {
    connections += 1;
    left -= 1;
    const now: Fault = left >= 0 ? fault : { kind: "none" };
    sockets.add(client);
    client.on("error", () => client.destroy());
    if (now.kind === "silent") {
      client.resume();
      return;
    }
    if (now.kind === "answer") {
      const body = `<Error><Code>${now.code}</Code></Error>`;
      const head = `HTTP/1.1 ${now.status} Refused\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`;
      client.once("data", () => client.end(head + body));
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    sockets.add(upstream);
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    upstream.on("error", end).on("close", end);
    client.on("close", end);
    let fromClient = 0;
    let fromServer = 0;
    client.on("data", (piece: Buffer) => {
      const at = now.kind === "flip" ? now.atByte - fromClient : -1;
      if (at >= 0 && at < piece.length) piece[at] = (piece[at] ?? 0) ^ 1;
      fromClient += piece.length;
      if (!upstream.write(piece)) {
        client.pause();
        upstream.once("drain", () => client.resume());
      }
      if (now.kind === "cut" && now.from === "client" && fromClient >= now.afterBytes) end();
    });
    upstream.on("data", (piece: Buffer) => {
      fromServer += piece.length;
      // All pieces wait alike: they keep their order.
      if (now.kind === "slow") setTimeout(() => client.write(piece), now.delayMs);
      else client.write(piece);
      if (now.kind === "cut" && now.from === "server" && fromServer >= now.afterBytes) end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  scope.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    suffer: (next, times = Number.POSITIVE_INFINITY) => {
      fault = next;
      left = times;
      // Those that are open suffer nothing: the next request makes a new one.
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    get connections() {
      return connections;
    },
  };
}
