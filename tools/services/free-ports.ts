/** Ports of loopback that nobody listens on at this moment: for servers that must be told theirs. Somebody else may take one before they do. */
import { createServer } from "node:net";

/** So many at once, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const probes = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    probes.map(async (probe) => {
      await new Promise<void>((listening) => probe.listen(0, "127.0.0.1", listening));
      const address = probe.address();
      if (address === null || typeof address === "string") throw new Error("no free port");
      return address.port;
    }),
  );
  await Promise.all(probes.map((probe) => new Promise<void>((closed) => probe.close(() => closed()))));
  return ports;
}

export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error("no free port");
  return port;
}
