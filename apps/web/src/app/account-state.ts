/** Who is signed in, as signals; session.ts changes them. Apart so that calls to the server can tell of a lost session. */
import type { Account } from "@pli/core/wire";
import { signal } from "@preact/signals";

/** What the server said last. `undefined`: not asked yet; `null`: nobody. */
export const account = signal<Account | null | undefined>(undefined);
/** The session ended while a page was in use. */
export const lost = signal(false);

const STEP = "pli-step";
/** A link was right, and its second step is due: here, also after a reload. */
export const stepDue = signal(sessionStorage.getItem(STEP) !== null);

export function setStepDue(due: boolean): void {
  if (due) sessionStorage.setItem(STEP, "1");
  else sessionStorage.removeItem(STEP);
  stepDue.value = due;
}

export function sessionLost(): void {
  if (account.peek()) lost.value = true;
}
