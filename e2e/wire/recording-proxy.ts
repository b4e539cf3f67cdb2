/** A wire with a tap: passes the bytes of every connection on, unchanged, and keeps what went towards the server. */
import { connect, createServer, type Socket } from "node:net";
import type { Scope } from "../harness/scope.ts";
import { type RecordedRequest, readRequests } from "./requests.ts";

export interface RecordingProxy {
  readonly port: number;
  /** Where clients go instead of to the server: what browsers take for the site. */
  readonly origin: string;
  /** What each connection has sent so far. */
  connections(): readonly Buffer[];
  requests(): readonly RecordedRequest[];
}

/** Listens on a free port, and passes on to `targetPort` on this machine. */
export async function startRecordingProxy(scope: Scope, targetPort: number): Promise<RecordingProxy> {
  const tapes: Buffer[][] = [];
  const open = new Set<Socket>();
  const proxy = createServer((client) => {
    const tape: Buffer[] = [];
    tapes.push(tape);
    const server = connect(targetPort, "127.0.0.1");
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(one);
      // A side that breaks takes the other with it, as a wire does.
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.end();
      });
    }
    client.on("data", (piece: Buffer) => tape.push(piece));
    client.pipe(server);
    server.pipe(client);
  });
  await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
  scope.after(
    () =>
      new Promise<void>((closed) => {
        proxy.close(() => closed());
        for (const socket of open) socket.destroy();
      }),
  );
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("the tap does not listen");
  const connections = () => tapes.map((tape) => Buffer.concat(tape));
  return {
    port: address.port,
    origin: `http://localhost:${address.port}`,
    connections,
    requests: () => connections().flatMap((bytes) => readRequests(bytes)),
  };
}
