/** Ordering the sending of a draft, and the half minute in which it can be taken back (M10). */
import { htmlToText } from "@pli/client";
import type { PliError } from "@pli/core/errors";
import { type Language, LIMITS } from "@pli/core/wire";
import { signal } from "@preact/signals";
import type { HeldDraft, SendResult } from "../../worker/app-drafts-sending.ts";
import { callWorker } from "../keys/worker.ts";
import { me } from "../session.ts";
import type { Person } from "./addresses.ts";
import { type Draft, numberOf, openingsOf, type Protection, usesSms } from "./draft.ts";
import { allowedLanguage } from "./obey.ts";
import { addKnown, knownOf } from "./people.ts";
import { endUndo } from "./undo.ts";

export type Held = HeldDraft;
/** What was sent last and can still be taken back. */
export const held = signal<Held | null>(null);

/** After a reload within the half minute the offer stands again. */
export async function findHeld(): Promise<void> {
  const found = await callWorker("heldDraft", undefined);
  if (found && !held.peek()) held.value = found;
}

/** Links to pass on, of messages sent by link in this tab. */
export interface PassedOn {
  readonly links: SendResult["links"];
  readonly names: ReadonlyMap<string, string>;
  readonly hasPassword: boolean;
  readonly expiresAtMs: number;
  readonly languages: ReadonlyMap<string, Language>;
}
export const passedOn = signal<ReadonlyMap<string, PassedOn>>(new Map());

/** M7: one's own for the message goes before what is remembered of the person. */
export function languageFor(person: Person, { language, isTheirLanguage }: Protection): Language {
  return (isTheirLanguage ? allowedLanguage(knownOf(person.address)?.language) : undefined) ?? language;
}

/** As languageFor, where somebody chose it; else the recipient's browser does. */
function chosenFor(person: Person, { language, isTheirLanguage }: Protection): Language | undefined {
  return isTheirLanguage ? allowedLanguage(knownOf(person.address)?.language) : language;
}

/** The number goes with the order only where something is sent to it. */
function smsFor(person: Person, protection: Protection): { readonly mobile?: string; readonly smsCode?: boolean } {
  const mobile = numberOf(person, protection);
  if (mobile === null || !usesSms(protection)) return {};
  return { mobile, ...(protection.smsCode && { smsCode: true }) };
}

/**
 * @param expiresAtMs as the summary showed it: trying again orders the very same
 * @param onSealed people sealed for so far
 * @throws PliError of the worker's send
 */
export async function sendDraft(
  draft: Draft,
  expiresAtMs: number,
  abort: AbortSignal,
  onSealed: (people: number) => void,
): Promise<SendResult> {
  const { name, address } = me();
  const protection = draft.protection.peek();
  const { password, notify, delivery, protect, reference } = protection;
  const html = draft.html.peek();
  const typed = (people: Draft["to"], type: "to" | "cc" | "bcc") =>
    people.peek().map((person) => {
      const language = chosenFor(person, protection);
      return {
        address: person.address,
        type,
        ...(language && { language }),
        ...(person.name && { name: person.name }),
        ...smsFor(person, protection),
      };
    });
  const recipients = [...typed(draft.to, "to"), ...typed(draft.cc, "cc"), ...typed(draft.bcc, "bcc")];
  endUndo();
  await draft.files.settle();
  await draft.saveNow();
  const result = await callWorker(
    "send",
    {
      draftId: draft.draftId,
      subject: draft.subject.peek().trim(),
      html,
      text: htmlToText(html),
      from: { name, address },
      recipients,
      policy: {
        openings: openingsOf(protection),
        expiresAt: new Date(expiresAtMs).toISOString(),
        delivery,
        protect,
        notify,
        holdSeconds: LIMITS.takeBackSeconds,
        ...(password.on && { password: password.typed }),
        ...(reference.trim() !== "" && { reference: reference.trim() }),
      },
    },
    { signal: abort, onEvent: ({ people }) => onSealed(people) },
  );
  draft.end();
  addKnown(draft.people());
  const untilMs = result.takeBackUntil ? Date.parse(result.takeBackUntil) : 0;
  // an earlier one that still could be taken back is let go
  const before = held.peek();
  if (before) void callWorker("forgetSent", { draftId: before.draftId });
  held.value = { draftId: draft.draftId, envelopeId: result.envelopeId, people: recipients.length, untilMs };
  if (delivery === "link") {
    const names = new Map(draft.people().map((person) => [person.address, person.name || person.address]));
    const languages = new Map(draft.people().map((person) => [person.address, languageFor(person, protection)]));
    const entry = { links: result.links, names, languages, expiresAtMs, hasPassword: password.on };
    passedOn.value = new Map(passedOn.peek()).set(result.envelopeId, entry);
  }
  return result;
}

/** @returns nothing when it is a draft again, else why not */
export async function takeBackHeld(present: Held): Promise<PliError | undefined> {
  try {
    await callWorker("takeBack", { draftId: present.draftId });
    held.value = null;
    return undefined;
  } catch (error) {
    return error as PliError;
  }
}

/** The time is over: nothing of the draft stays on this device. */
export function letGo(present: Held): void {
  if (held.peek() === present) held.value = null;
  void callWorker("forgetSent", { draftId: present.draftId });
}
