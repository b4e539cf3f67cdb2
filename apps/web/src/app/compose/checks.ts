/** What a message still lacks before it can leave, by field, in the reader's words. */
import { brokenPasswordRules } from "@pli/core/wire";
import { endFault, openingsFault } from "../form/choices.tsx";
import { words } from "../language.ts";
import { me } from "../session.ts";
import { type Draft, expiryOf, numberOf, openingsOf, saysSomething, usesSms } from "./draft.ts";
import { factorFault, protectFault } from "./obey.ts";
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
    files: unsure ? compose.missingUploads : protectFault(protection, draft.people(), draft.files.list.value.length),
    panel: {
      password:
        factorFault(protection) ??
        (password.on ? (password.typed === "" ? compose.passwordMissing : passwordFault(password.typed)) : undefined),
      again:
        password.on && !password.proposed && password.typed !== "" && password.typed !== password.again
          ? compose.passwordDiffers
          : undefined,
      numbers:
        usesSms(protection) && draft.people().some((person) => numberOf(person, protection) === null)
          ? compose.numberMissing
          : undefined,
      openings: openingsFault(openingsOf(protection)),
      expiry: endFault(expiryOf(protection, Date.now())),
    },
  };
}

/** P4: the first rule that a typed password breaks. */
function passwordFault(typed: string): string | undefined {
  const [rule] = brokenPasswordRules(me().policies, typed);
  return rule === undefined ? undefined : words().problems.details.rules[rule];
}

export function listFaults({ panel, ...rest }: Faults): string[] {
  return [...Object.values(rest), ...Object.values(panel)].filter((fault) => fault !== undefined);
}
