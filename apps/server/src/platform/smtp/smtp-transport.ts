/**
 * Mails over SMTP (RFC 5321) to one relay, by nodemailer's pool. Each delivery is one try: repeating is the outbox's business, so
 * the pool's own repeating is off. Never logs, never puts the relay's password into an error.
 */
import { createTransport } from "nodemailer";
import { type DkimSettings, dkimOptions } from "./dkim.ts";
import { explainReply } from "./explain-reply.ts";
import { DeliveryError, type MailTransport, type OutgoingMail, oneLine } from "./mail-transport.ts";
import type { RelayAddress } from "./relay-address.ts";

export interface SmtpOptions {
  /** Name we greet with: the host of our own address. */
  readonly name: string;
  /** Bounds one step of the dialogue. */
  readonly timeoutMs?: number;
  /** Signs every mail. */
  readonly dkim?: DkimSettings | null;
}

const CONNECTIONS = 5;

export function createSmtpTransport(relay: RelayAddress, options: SmtpOptions): MailTransport {
  const timeoutMs = options.timeoutMs ?? 30_000;
  const pool = createTransport({
    pool: true,
    // After a connection lost behind DATA nobody knows whether the mail was taken: only the outbox decides to try again.
    maxRequeues: 0,
    maxConnections: CONNECTIONS,
    maxMessages: 200,
    ...relayConnection(relay, timeoutMs),
    name: options.name,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(options.dkim == null ? {} : { dkim: dkimOptions(options.dkim) }),
  });
  return {
    paced: true,
    deliver: async (mail) => {
      try {
        await pool.sendMail(toMessage(mail));
      } catch (error) {
        throw asDeliveryError(error);
      }
    },
    close: () => pool.close(),
  };
}

/** How to reach the relay, for nodemailer. Holds the password: never log it. */
export function relayConnection(relay: RelayAddress, timeoutMs: number) {
  return {
    host: relay.host,
    port: relay.port,
    secure: relay.secure,
    ignoreTLS: relay.starttls === "never",
    requireTLS: !relay.secure && relay.starttls === "required",
    tls: { rejectUnauthorized: relay.verify, minVersion: "TLSv1.2" as const },
    ...(relay.user === null ? {} : { auth: { user: relay.user, pass: relay.password ?? "" } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs * 2,
  };
}

function toMessage(mail: OutgoingMail) {
  return {
    messageId: mail.messageId,
    date: new Date(mail.atMs),
    from: mail.from,
    to: mail.to,
    ...(mail.replyTo === undefined ? {} : { replyTo: mail.replyTo }),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    textEncoding: "quoted-printable" as const,
    headers: {
      // RFC 3834: no holiday notice in answer.
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      "Content-Language": mail.language,
      ...(mail.stopLink === undefined
        ? {}
        : { "List-Unsubscribe": `<${mail.stopLink}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
      ...(mail.requestId === undefined ? {} : { "X-Pli-Request-Id": mail.requestId }),
    },
    ...(mail.returnPath === undefined ? {} : { envelope: { from: mail.returnPath.address, to: mail.to.address } }),
    // Sent only where the relay offers DSN (RFC 3461).
    dsn: {
      id: mail.returnPath?.envelopeId ?? mail.messageId.replace(/[<>]/g, ""),
      return: "headers" as const,
      notify: ["failure", "delay"] as ("failure" | "delay")[],
      recipient: mail.to.address,
    },
  };
}

/** Refusals of this recipient or this mail (5xx to RCPT TO or DATA) are final; anything else may be better later. */
function asDeliveryError(error: unknown): DeliveryError {
  if (!(error instanceof Error)) return new DeliveryError(false, "unknown");
  const { responseCode, response, command, code } = error as Error & Record<string, unknown>;
  const aboutThisMail = command === "RCPT TO" || command === "DATA" || code === "EMESSAGE" || code === "EENVELOPE";
  const refused = typeof responseCode === "number" && responseCode >= 500 && responseCode < 600;
  const isAnswer = typeof response === "string" && response !== "" && aboutThisMail;
  const reason = typeof response === "string" && response !== "" ? response : connectionFault(code);
  // What the relay holds against us is not the recipient's doing.
  const explained = isAnswer ? explainReply(reason) : ({ statusCode: null, reasonCode: "relay" } as const);
  return new DeliveryError(refused && aboutThisMail, oneLine(reason), { cause: error }, explained);
}

function connectionFault(code: unknown): string {
  if (code === "EAUTH") return "the relay refused our sign-in";
  if (code === "ETLS") return "no secure connection to the relay";
  if (code === "ETIMEDOUT") return "the relay did not answer in time";
  return "the relay cannot be reached, or cut the connection";
}
