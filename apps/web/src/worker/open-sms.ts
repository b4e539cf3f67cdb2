/** The doors of the code by SMS, loaded when a message asks for one. */
import { askSmsCode, proveNumber, type Transport } from "@pli/client/open";
import type { CodeSent } from "@pli/core/wire";

/** @param code without one, one is sent. @returns what was sent */
export async function sms(t: Transport, grantId: string, code: string | undefined): Promise<CodeSent | undefined> {
  if (code === undefined) return askSmsCode(t, grantId);
  await proveNumber(t, grantId, code);
  return undefined;
}
