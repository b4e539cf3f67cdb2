/** What every step of the recipient's page is given. */
import type { GrantInfo } from "@pli/core/wire";
import type { Language } from "@pli/texts/languages";
import type { Landing } from "@pli/texts/open/landing";
import { serverNowMs } from "./link.ts";

export interface StepProps {
  t: Landing;
  language: Language;
  info: GrantInfo;
  /** The sender's name, or the address of one without a name. */
  sender: string;
}

export function senderOf(info: GrantInfo): string {
  return info.sender.name || info.sender.address;
}

/** Whether a code by mail comes first. */
export function needsCode(info: GrantInfo): boolean {
  return info.factors.mailboxCode && !info.device.mailboxProven && !isRunning(info);
}

/** Whether this browser has the message open. */
export function isRunning({ device }: GrantInfo): boolean {
  return device.openUntil !== undefined && Date.parse(device.openUntil) > serverNowMs();
}
