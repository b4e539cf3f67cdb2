/**
 * A relay in this process that follows a script: what it answers to the first, second… mail, and what it received. STARTTLS as a real one
 * offers it, with a certificate of its own.
 */
import type { AddressInfo, Socket } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

/** What to do with one mail: take it, refuse it with an SMTP reply, or cut the connection before answering. */
export type Reply = "take" | "cut" | { readonly at: "rcpt" | "data"; readonly code: number; readonly text: string };

export interface ReceivedMail {
  readonly raw: string;
  readonly mail: Email;
  readonly secure: boolean;
  /** Of the envelope: where bounces go. */
  readonly sender: string;
  readonly recipients: readonly string[];
  /** Whether we said that we took it. */
  readonly taken: boolean;
}

export interface Relay {
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  close(): Promise<void>;
}

interface Scope {
  after(clean: () => Promise<void>): void;
}

/** @param script one reply a mail, in order; "take" after its end */
export async function startRelay(scope: Scope, script: readonly Reply[] = [], port = 0): Promise<Relay> {
  const received: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  let mails = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH"],
    disableReverseLookup: true,
    onRcptTo: (_address, _session, done) => {
      const reply = script[mails];
      if (typeof reply === "object" && reply.at === "rcpt") {
        mails++;
        done(Object.assign(new Error(reply.text), { responseCode: reply.code }));
      } else done();
    },
    onData: (stream, session, done) => {
      const reply = script[mails++] ?? "take";
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        const raw = Buffer.concat(pieces).toString("utf8");
        void PostalMime.parse(raw).then((mail) => {
          received.push({
            raw,
            mail,
            secure: session.secure,
            sender: session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address,
            recipients: session.envelope.rcptTo.map(({ address }) => address),
            taken: reply === "take",
          });
          if (reply === "cut") for (const socket of sockets) socket.destroy();
          else if (reply === "take") done();
          else done(Object.assign(new Error(reply.text), { responseCode: reply.code }));
        });
      });
    },
  });
  server.on("error", () => {
    // Connections cut on purpose.
  });
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  const address = server.server.address() as AddressInfo;
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  scope.after(close);
  return { url: `smtp://127.0.0.1:${address.port}`, received, close };
}
