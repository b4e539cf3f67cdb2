/** A relay that takes every mail (smtp-server) and remembers the links and codes in them, and how often each came. Lives in the test, so it outlives every server. */
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import type { Scope } from "../harness/scope.ts";

const LINK = /https?:\/\/[^\s"<>]+\/o\/[\w-]{22}#[\w-]{43}/;
const CODE = /(?<![\w-])(\d{4})[\s\u00a0\u202f]?(\d{4})(?![\w-])/;

/** A code is taken for longer, counted from its making. */
const CODE_MS = 8 * 60_000;

/** One time that a mail came. */
export interface Arrival {
  readonly atMs: number;
  /** The link in it; null: a code. */
  readonly link: string | null;
}

export interface MailSink {
  readonly smtpUrl: string;
  readonly links: ReadonlySet<string>;
  /** Every mail by its Message-ID, each time it came. */
  readonly arrivals: ReadonlyMap<string, readonly Arrival[]>;
  /** The newest code that came to an address, while it is sure to be taken. */
  codeFor(address: string): string | undefined;
  /** Resolves at the next mail. */
  nextMail(): Promise<void>;
}

export async function startMailSink(scope: Scope): Promise<MailSink> {
  const links = new Set<string>();
  const codes = new Map<string, { readonly code: string; readonly atMs: number }>();
  const arrivals = new Map<string, Arrival[]>();
  let waiting: (() => void)[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    // a machine without a name server would keep each connection waiting for a name
    disableReverseLookup: true,
    logger: false,
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        PostalMime.parse(Buffer.concat(pieces)).then((mail) => {
          const text = mail.text ?? "";
          const link = LINK.exec(text)?.[0];
          const [, left = "", right = ""] = CODE.exec(text.replaceAll(/https?:\/\/\S+/g, "")) ?? [];
          const id = mail.messageId ?? "";
          arrivals.set(id, [...(arrivals.get(id) ?? []), { atMs: Date.now(), link: link ?? null }]);
          if (link !== undefined) links.add(link);
          else
            for (const { address } of session.envelope.rcptTo)
              codes.set(address, { code: left + right, atMs: Date.now() });
          done();
          const told = waiting;
          waiting = [];
          for (const tell of told) tell();
        }, done);
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  scope.after(() => new Promise<void>((closed) => server.close(() => closed())));
  const { port } = server.server.address() as AddressInfo;
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    links,
    arrivals,
    codeFor: (address) => {
      const { code, atMs } = codes.get(address) ?? { code: undefined, atMs: 0 };
      return Date.now() - atMs < CODE_MS ? code : undefined;
    },
    nextMail: () => new Promise((resolve) => waiting.push(resolve)),
  };
}
