/**
 * A small SMTP server (RFC 5321) that takes bounces and nothing else: no relaying, no sign-in, no mail to any address that we did not make.
 * Reachable from anywhere: bounded in connections, sizes, time and tries. Offers no STARTTLS: it has no certificate, and reports hold no secret.
 */
import type { AddressInfo, Socket } from "node:net";
import { SMTPServer } from "smtp-server";
import { REPORT_BYTES_MAX } from "./read-report.ts";

export interface ReportListenerOptions {
  readonly host: string;
  readonly port: number;
  /** Name it greets with. */
  readonly name: string;
  /** Whether we made this address. */
  accepts(address: string): boolean;
  /** What was sent to addresses we made. Rejects when it should be sent again later. */
  take(raw: Uint8Array, recipients: readonly string[]): Promise<void>;
}
export interface ReportListener {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

const CLIENTS_MAX = 50;
const RECIPIENTS_MAX = 5;
const REFUSALS_MAX = 5;
const IDLE_MS = 30_000;
/** One connection, however slowly it talks. */
const CONNECTION_MS = 5 * 60_000;
const CONNECTIONS_PER_MINUTE = 120;

/** @throws Error when the port is taken or not ours */
export async function startReportListener(options: ReportListenerOptions): Promise<ReportListener> {
  const fromOne = countConnections();
  const refusals = new WeakMap<object, number>();
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    name: options.name,
    banner: "bounces only",
    disabledCommands: ["AUTH", "STARTTLS"],
    authOptional: true,
    disableReverseLookup: true,
    hidePIPELINING: true,
    size: REPORT_BYTES_MAX,
    maxClients: CLIENTS_MAX,
    socketTimeout: IDLE_MS,
    closeTimeout: 1000,
    logger: false,
    onConnect: (session, done) => {
      if (fromOne(session.remoteAddress)) done();
      else done(refusal(421, "4.7.0 too many connections from you, try again later"));
    },
    onRcptTo: ({ address }, session, done) => {
      if (options.accepts(address)) {
        if (session.envelope.rcptTo.length < RECIPIENTS_MAX) done();
        else done(refusal(452, "4.5.3 too many recipients"));
        return;
      }
      const count = (refusals.get(session) ?? 0) + 1;
      refusals.set(session, count);
      done(
        count < REFUSALS_MAX ? refusal(550, "5.1.1 no such address") : refusal(421, "4.7.0 too many wrong addresses"),
      );
    },
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      let sizeBytes = 0;
      stream.on("data", (piece: Buffer) => {
        sizeBytes += piece.length;
        if (sizeBytes <= REPORT_BYTES_MAX) pieces.push(piece);
      });
      stream.on("end", () => {
        if (sizeBytes > REPORT_BYTES_MAX) {
          done(refusal(552, "5.3.4 too large for a report"));
          return;
        }
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        options.take(Buffer.concat(pieces), recipients).then(
          () => done(),
          () => done(refusal(451, "4.3.0 try again later")),
        );
      });
    },
  });
  server.on("error", () => {
    // Connections that others cut are nothing to report.
  });
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    const end = setTimeout(() => socket.destroy(), CONNECTION_MS).unref();
    socket.on("close", () => {
      clearTimeout(end);
      sockets.delete(socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(options.port, options.host, () => {
      server.server.off("error", reject);
      resolve();
    });
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    host: options.host,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}

/** Counts connections of one address in a minute, in this process alone: it saves work, and decides nothing else. */
function countConnections(): (address: string) => boolean {
  let counts = new Map<string, number>();
  let startedMs = performance.now();
  return (address) => {
    if (performance.now() - startedMs > 60_000) {
      counts = new Map();
      startedMs = performance.now();
    }
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    return count <= CONNECTIONS_PER_MINUTE;
  };
}
