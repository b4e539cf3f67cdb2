/** One HTTP request to an SMS provider. Bounded in time and size, follows no redirect, never tells what it sent: that holds keys and codes. */
import { DeliveryError } from "../smtp/index.ts";

const TIMEOUT_MS = 20_000;
const ANSWER_BYTES_MAX = 64 * 1024;

export interface ProviderAnswer {
  readonly status: number;
  readonly text: string;
}

/** @throws DeliveryError, never final, when no answer came: nobody knows then whether it was taken */
export async function callProvider(url: string, init: RequestInit): Promise<ProviderAnswer> {
  try {
    const answer = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status: answer.status, text: await readBounded(answer) };
  } catch (error) {
    throw refused(false, faultOf(error));
  }
}

/** A refusal as the outbox wants it: about this number or text for good, or a fault of the provider's that may pass. */
export function refused(final: boolean, reason: string): DeliveryError {
  const reasonCode = final ? "refused" : "relay";
  return new DeliveryError(final, reason, undefined, { statusCode: null, reasonCode });
}

async function readBounded(answer: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of answer.body ?? []) {
    pieces.push(piece);
    size += piece.length;
    if (size > ANSWER_BYTES_MAX) break;
  }
  return Buffer.concat(pieces).toString("utf8");
}

/** Errors of fetch quote the address in places: only their kind is told. */
function faultOf(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError") return "the SMS provider did not answer in time";
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "the name of the SMS provider is unknown";
  if (code.startsWith("ERR_TLS") || code.includes("CERT")) return "no secure connection to the SMS provider";
  return "the SMS provider cannot be reached, or cut the connection";
}
