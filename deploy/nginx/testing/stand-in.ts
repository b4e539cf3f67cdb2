/** A bare Node server in the place of a Pli node: for what only shows when a node breaks off on demand, or tells what it has received. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Scope } from "../../../e2e/harness.ts";

export interface StandIn {
  readonly port: number;
  /** Every request it got, in turn. */
  readonly requests: readonly IncomingMessage[];
  /** From now on each request is cut off before its answer. */
  breakOff(): void;
  close(): Promise<void>;
}

export async function startStandIn(
  scope: Scope,
  handle: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
): Promise<StandIn> {
  const requests: IncomingMessage[] = [];
  let breaks = false;
  const server = createServer((incoming, outgoing) => {
    requests.push(incoming);
    if (!breaks) handle(incoming, outgoing);
    // After the body: what was received and may have had its effect is the case that matters.
    else incoming.resume().on("end", () => incoming.socket.destroy());
  });
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("upgrade", (incoming, socket) => {
    requests.push(incoming);
    socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n");
    socket.on("error", () => undefined).pipe(socket);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      // An upgraded one is no longer the server's own.
      for (const socket of sockets) socket.destroy();
    });
  scope.after(close);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    requests,
    breakOff: () => {
      breaks = true;
    },
    close,
  };
}
