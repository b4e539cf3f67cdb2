/**
 * Ports of loopback that nobody listens on at this moment: for servers that must be told theirs. Below the ephemeral range of Linux (32768 on), so
 * that no outgoing connection takes one before they do.
 */
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:net";

const FIRST = 20_000;
const LAST = 32_000;
const TRIES = 100;

/** Listens on a free one. */
async function hold(): Promise<{ readonly port: number; readonly probe: Server }> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(FIRST, LAST + 1);
    const probe = createServer().listen(port, "127.0.0.1");
    const isFree = await once(probe, "listening").then(
      () => true,
      () => false,
    );
    if (isFree) return { port, probe };
  }
  throw new Error("no free port");
}

/** So many at once, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const held = await Promise.all(Array.from({ length: count }, hold));
  await Promise.all(held.map(({ probe }) => new Promise<void>((closed) => probe.close(() => closed()))));
  return held.map(({ port }) => port);
}

export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error("no free port");
  return port;
}
