/** Whether the relay would take our mails: connects, secures, signs in, sends nothing. For the doctor. */
import { createTransport } from "nodemailer";
import type { RelayAddress } from "./relay-address.ts";
import { relayConnection } from "./smtp-transport.ts";

const TIMEOUT_MS = 10_000;

export interface RelayFault {
  readonly found: string;
  readonly cure: string;
}

/** @returns null when all is well. Never says the user or password. */
export async function checkRelay(relay: RelayAddress): Promise<RelayFault | null> {
  const transport = createTransport({ ...relayConnection(relay, TIMEOUT_MS), name: "localhost" });
  try {
    await transport.verify();
    return null;
  } catch (error) {
    return explain(error instanceof Error && "code" in error ? error.code : "", error);
  } finally {
    transport.close();
  }
}

function explain(code: unknown, error: unknown): RelayFault {
  switch (code) {
    case "EAUTH":
    case "ENOAUTH":
      return {
        found: "refuses our user or password",
        cure: "Check them in PLI_SMTP_URL; special characters are written as %XX",
      };
    case "ETLS":
      return {
        found: "no secure connection (STARTTLS)",
        cure: "Turn STARTTLS on there, use smtps:// if it has TLS from the start, or add ?verify=no for a certificate of your own",
      };
    case "EDNS":
      return { found: "the name is unknown", cure: "Check the host in PLI_SMTP_URL and this machine's DNS" };
    case "ETIMEDOUT":
      return { found: "no answer in time", cure: "Check the port, and that a firewall lets it through" };
    default: {
      const cause = error instanceof Error && "errno" in error && "syscall" in error ? ` (${String(code)})` : "";
      return {
        found: `cannot be reached${cause}`,
        cure: "Check host and port in PLI_SMTP_URL, and that the relay runs",
      };
    }
  }
}
