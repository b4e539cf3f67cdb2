/** What a message still lacks before it can leave, by field, in the reader's words. */
import { LIMITS } from "@pli/core/wire";
import { words } from "../language.ts";
import { type Draft, expiryOf, openingsOf, saysSomething } from "./draft.ts";
import type { PanelErrors } from "./ProtectionPanel.tsx";

export interface Faults {
  to?: string | undefined;
  subject?: string | undefined;
  text?: string | undefined;
  files?: string | undefined;
  panel: PanelErrors;
}

const HOUR_MS = 3_600_000;

export function findFaults(draft: Draft): Faults {
  const { compose } = words();
  const protection = draft.protection.value;
  const openings = openingsOf(protection);
  const { password } = protection;
  const aheadMs = expiryOf(protection, Date.now()) - Date.now();
  const inTime =
    aheadMs >= LIMITS.expiryMinHours * HOUR_MS - 60_000 && aheadMs <= LIMITS.expiryMaxHours * HOUR_MS + 60_000;
  const unsure = draft.files.list.value.some(
    ({ state }) => state === "again" || state === "failed" || state === "paused",
  );
  return {
    to: draft.people().length === 0 ? compose.missingRecipient : undefined,
    subject: draft.subject.value.trim() === "" ? compose.missingSubject : undefined,
    text: !saysSomething(draft.html.value) && draft.files.list.value.length === 0 ? compose.missingText : undefined,
    files: unsure ? compose.missingUploads : undefined,
    panel: {
      password: password.on && password.typed === "" ? compose.passwordMissing : undefined,
      again:
        password.on && !password.proposed && password.typed !== "" && password.typed !== password.again
          ? compose.passwordDiffers
          : undefined,
      openings:
        openings >= LIMITS.openingsMin && openings <= LIMITS.openingsMax
          ? undefined
          : compose.openingsBad({ max: LIMITS.openingsMax }),
      expiry: inTime ? undefined : compose.expiryBad,
    },
  };
}

export function listFaults({ panel, ...rest }: Faults): string[] {
  return [...Object.values(rest), ...Object.values(panel)].filter((fault) => fault !== undefined);
}
