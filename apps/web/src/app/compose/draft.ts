/**
 * A draft on the page: signals that the fields show and change. What is written is saved by itself, sealed on this device by the worker;
 * files go up at once. One draft at a time; its id names it in the address bar and in the worker.
 */

import { type Delivery, isMobileForm, type Language, type NotifyMe, type Protect } from "@pli/core/wire";
import { signal } from "@preact/signals";
import type { DraftContent } from "../../worker/app-drafts-open.ts";
import { callWorker } from "../keys/worker.ts";
import { me } from "../session.ts";
import { smsFacts } from "../sms/facts.ts";
import type { Person } from "./addresses.ts";
import { createFiles, type DraftFiles } from "./files.ts";
import { obey } from "./obey.ts";
import { knownOf } from "./people.ts";

export type HowTold = "phone" | "other" | "known";

export interface Protection {
  password: { on: boolean; typed: string; again: string; proposed: boolean; how: HowTold };
  /** null: as the defaults say, which differ with and without a password. */
  openings: number | null;
  /** Hours, or a moment (ms). */
  expiry: { hours: number } | { atMs: number };
  language: Language;
  /** Each person's own where it is known, `language` for the others. */
  isTheirLanguage: boolean;
  notify: NotifyMe;
  delivery: Delivery;
  protect: Protect;
  /** M4: a code by SMS before each opening. */
  smsCode: boolean;
  /** By `keyOf`: as typed, and in E.164 where it is a number that this server writes to. */
  numbers: Readonly<Record<string, { readonly typed: string; readonly mobile: string | null }>>;
  reference: string;
}

export interface Fields {
  to: Person[];
  cc: Person[];
  bcc: Person[];
  protection: Protection;
}

/** What a page may begin a draft with: answering somebody, passing a link on. */
export interface Beginning {
  to?: Person[];
  subject?: string;
  html?: string;
}
let beginning: Beginning | null = null;

/** The next new draft begins so. */
export function beginWith(next: Beginning): void {
  beginning = next;
}

export function defaultProtection(): Protection {
  const { defaults, policies } = me();
  return {
    password: { on: policies.passwordRequired.value, typed: "", again: "", proposed: false, how: "phone" },
    openings: null,
    expiry: { hours: defaults.expiryHours },
    language: defaults.recipientLanguage,
    isTheirLanguage: true,
    notify: defaults.notify,
    delivery: "mail",
    protect: defaults.protect,
    smsCode: policies.smsRequired.value && smsFacts.value?.sms === true,
    numbers: {},
    reference: "",
  };
}

/** `empty`: nothing to keep yet; `pending`: written, and saved when the hands rest. */
export type SaveState = "empty" | "pending" | "saving" | "saved" | "failed";

export function createDraft(draftId: string) {
  const to = signal<readonly Person[]>([]);
  const cc = signal<readonly Person[]>([]);
  const bcc = signal<readonly Person[]>([]);
  const subject = signal("");
  const html = signal("");
  const protection = signal<Protection>(obey(defaultProtection()));
  const saveState = signal<SaveState>("empty");
  let saves = 0;
  const savedAtMs = signal(0);
  const files: DraftFiles = createFiles(draftId);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  function people(): readonly Person[] {
    return [...to.value, ...cc.value, ...bcc.value];
  }

  function isEmpty(): boolean {
    return (
      people().length === 0 &&
      subject.value.trim() === "" &&
      !saysSomething(html.value) &&
      files.list.value.length === 0
    );
  }

  function content(): DraftContent {
    const fields: Fields = { to: [...to.value], cc: [...cc.value], bcc: [...bcc.value], protection: protection.value };
    const all = people();
    const first = all[0];
    return {
      subject: subject.value,
      html: html.value,
      people: all.length,
      firstPerson: first ? first.name || first.address : "",
      fields,
    };
  }

  async function saveNow(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (closed || (isEmpty() && saveState.peek() === "empty")) return;
    saveState.value = "saving";
    saves++;
    const turn = saves;
    try {
      const kept = await callWorker("saveDraft", { draftId, content: content() });
      savedAtMs.value = kept.savedAtMs;
      // what was written meanwhile is still to be saved, or on its way
      if (turn === saves) saveState.value = timer === undefined ? "saved" : "pending";
    } catch {
      if (turn === saves) saveState.value = "failed";
    }
  }

  /** Something changed: it is saved when the hands rest. */
  function touch(): void {
    if (closed) return;
    clearTimeout(timer);
    if (saveState.peek() !== "empty" || !isEmpty()) saveState.value = "pending";
    timer = setTimeout(() => void saveNow(), SAVE_AFTER_MS);
  }

  return {
    draftId,
    to,
    cc,
    bcc,
    subject,
    html,
    protection,
    files,
    saveState,
    savedAtMs,
    people,
    isEmpty,
    touch,
    saveNow,

    /** Brings back what was kept. @returns whether there was something. @throws PliError `conflict` when it is open in another tab */
    async open(): Promise<boolean> {
      const kept = await callWorker("openDraft", { draftId });
      if (!kept) {
        to.value = beginning?.to ?? [];
        subject.value = beginning?.subject ?? "";
        html.value = beginning?.html ?? "";
        beginning = null;
        return false;
      }
      const fields = kept.content.fields as Fields | null;
      to.value = fields?.to ?? [];
      cc.value = fields?.cc ?? [];
      bcc.value = fields?.bcc ?? [];
      protection.value = obey({ ...defaultProtection(), ...fields?.protection });
      subject.value = kept.content.subject;
      html.value = kept.content.html;
      savedAtMs.value = kept.savedAtMs;
      saveState.value = "saved";
      files.restore(kept.attachments);
      return true;
    },

    /** The page is left. */
    async close(): Promise<void> {
      await files.settle().catch(() => undefined);
      if (timer !== undefined) await saveNow();
      closed = true;
      await callWorker("closeDraft", { draftId });
    },

    /** It was sent or deleted: nothing more is saved. */
    end(): void {
      clearTimeout(timer);
      closed = true;
    },
  };
}

export type Draft = ReturnType<typeof createDraft>;
const SAVE_AFTER_MS = 700;

/** Openings each person gets. */
export function openingsOf(protection: Protection): number {
  const { defaults } = me();
  return (
    protection.openings ??
    (protection.password.on || protection.smsCode ? defaults.openingsWithFactor : defaults.openings)
  );
}

/** Whether something goes by SMS to everybody, for which a number is needed. */
export function usesSms({ delivery, smsCode }: Pick<Protection, "delivery" | "smsCode">): boolean {
  return smsCode || delivery === "sms";
}

export const keyOf = ({ address }: Person): string => address.toLowerCase();

/** A person's mobile number in E.164: typed, else the contact's. */
export function numberOf(person: Person, { numbers }: Pick<Protection, "numbers">): string | null {
  if (isMobileForm(person.address)) return person.address;
  const typed = numbers[keyOf(person)];
  return typed === undefined ? (knownOf(person.address)?.mobile ?? null) : typed.mobile;
}

/** When it ends, counted from now. */
export function expiryOf(protection: Protection, nowMs: number): number {
  return "atMs" in protection.expiry ? protection.expiry.atMs : nowMs + protection.expiry.hours * 3_600_000;
}

export function saysSomething(html: string): boolean {
  return html.replace(/<[^>]*>/g, "").replace(/&nbsp;|\s/g, "") !== "";
}
