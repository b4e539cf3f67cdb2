/** What the outbox hands a row to: by mail or by SMS. From the row to the finished words, and to whoever carries them. */
import { countryOf, type SmsTransport } from "../../platform/sms/index.ts";
import type { MailTransport } from "../../platform/smtp/index.ts";
import { composeMail, type House } from "./compose-mail.ts";
import { composeSms } from "./compose-sms.ts";
import type { OutboxTable } from "./outbox.table.ts";

export interface Channel {
  /** Whether deliveries on one lane are spread over time. */
  readonly paced: boolean;
  /** Which deliveries wait for each other: those to one receiving domain, or to one country. */
  laneOf(row: OutboxTable): string;
  /** @param secret what the row's secret opened to @throws DeliveryError */
  deliver(row: OutboxTable, secret: string | null, house: House, nowMs: number): Promise<void>;
  close(): void;
}

export function mailChannel(transport: MailTransport): Channel {
  return {
    paced: transport.paced,
    laneOf: (row) => row.address.split("@").at(-1)?.toLowerCase() ?? "",
    deliver: (row, secret, house, nowMs) => transport.deliver(composeMail(row, secret, house, nowMs)),
    close: () => transport.close(),
  };
}

export function smsChannel(transport: SmsTransport): Channel {
  return {
    paced: transport.paced,
    laneOf: (row) => `sms ${countryOf(row.address)}`,
    deliver: (row, secret, house, nowMs) => transport.deliver(composeSms(row, secret, house, nowMs)),
    close: () => transport.close(),
  };
}
