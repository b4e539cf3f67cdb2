/** What a message still lacks before it can leave, by field, in the reader's words. */
import { endFault, openingsFault } from "../form/choices.tsx";
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

export function findFaults(draft: Draft): Faults {
  const { compose } = words();
  const protection = draft.protection.value;
  const { password } = protection;
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
      openings: openingsFault(openingsOf(protection)),
      expiry: endFault(expiryOf(protection, Date.now())),
    },
  };
}

export function listFaults({ panel, ...rest }: Faults): string[] {
  return [...Object.values(rest), ...Object.values(panel)].filter((fault) => fault !== undefined);
}
