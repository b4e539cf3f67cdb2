/** Whether this server sends SMS, and to which countries: asked once for a tab, before a message is written. */
import type { ServerInfo } from "@pli/core/wire";
import { signal } from "@preact/signals";
import { server } from "../api.ts";

/** Null until the server has answered: then nothing of SMS is offered. */
export const smsFacts = signal<Pick<ServerInfo, "sms" | "smsCountries"> | null>(null);
let asking: Promise<void> | undefined;

export function loadSmsFacts(): Promise<void> {
  asking ??= server.json<ServerInfo>("GET", "/api/v1/server").then(
    (facts) => {
      smsFacts.value = facts;
    },
    () => {
      asking = undefined;
    },
  );
  return asking;
}
