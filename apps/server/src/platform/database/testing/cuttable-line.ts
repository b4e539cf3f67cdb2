/**
 * A line to a PostgreSQL server that can be cut where it hurts: before a command reaches the server, or before its answer comes back.
 * Understands nothing of the protocol: it looks for a text in what goes by, which the simple query protocol sends in clear.
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface CuttableLine {
  readonly port: number;
  /** How many connections `cutAt` has cut. */
  readonly cuts: number;
  /** Cuts the connection on which `text` goes to the server next, either instead of passing it on, or once the server has answered it. */
  cutAt(text: string, when: "before" | "answered"): void;
  /** Cuts every connection there is. */
  cutAll(): void;
  /** From now on connections lead to another server, as an address does that follows the primary. Those that stand stay. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

export async function openCuttableLine(toPort: number): Promise<CuttableLine> {
  let target = toPort;
  let cuts = 0;
  let trap: { readonly text: string; readonly when: "before" | "answered" } | null = null;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    let isCut = false;
    const cut = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", cut).on("close", () => {
        sockets.delete(socket);
        cut();
      });
    }
    near.on("data", (bytes: Buffer) => {
      if (trap !== null && bytes.includes(trap.text)) {
        const { when } = trap;
        trap = null;
        cuts += 1;
        if (when === "before") return cut();
        isCut = true;
      }
      far.write(bytes);
    });
    // The server has done it when it answers: that answer is what never arrives.
    far.on("data", (bytes: Buffer) => (isCut ? cut() : near.write(bytes)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    get cuts() {
      return cuts;
    },
    cutAt: (text, when) => {
      trap = { text, when };
    },
    cutAll: () => {
      for (const socket of sockets) socket.destroy();
    },
    leadTo: (port) => {
      target = port;
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
