/** For tests: a server that serves what another does, but for what the test changes on the way, and remembers what it was asked. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { Scope } from "../../../../e2e/harness.ts";

export interface Answer {
  status: number;
  body: string | Buffer;
  readonly headers: Map<string, string>;
}

export interface TamperingProxy {
  readonly origin: string;
  readonly asked: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
}

export async function startTamperingProxy(
  scope: Scope,
  origin: string,
  change: (path: string, answer: Answer) => void,
): Promise<TamperingProxy> {
  const asked: { path: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? "/";
    asked.push({ path, headers: incoming.headers });
    const forward = async () => {
      const got = await fetch(origin + path, { redirect: "manual", headers: { "accept-encoding": "identity" } });
      const headers = new Map(
        [...got.headers].filter(([name]) => !/^(content-length|connection|keep-alive|date)$/.test(name)),
      );
      const answer: Answer = { status: got.status, body: Buffer.from(await got.arrayBuffer()), headers };
      change(path, answer);
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(answer.body);
    };
    forward().catch(() => outgoing.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  scope.after(() => {
    server.closeAllConnections();
    return new Promise<void>((closed) => server.close(() => closed()));
  });
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, asked };
}
