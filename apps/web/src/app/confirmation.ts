/**
 * What changes the ways in asks for a proof again (A2), and protected replies do (M16). Whoever calls the server need not know: the call waits while the person confirms,
 * and is made once more.
 */
import { PliError } from "@pli/core/errors";
import { signal } from "@preact/signals";

/** The dialog is asked for; answers when it closes. */
export const confirmationAsked = signal<((confirmed: boolean) => void) | null>(null);

/** @throws PliError `cancelled` when the person turns it down; what `work` throws */
export async function confirming<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PliError) || error.code !== "second_factor_required") throw error;
    if (!(await askConfirmation())) throw new PliError("cancelled");
    return await work();
  }
}

/** Before something is shown that the server withholds until then (M16). @returns whether the person confirmed */
export function askConfirmation(): Promise<boolean> {
  return new Promise<boolean>((resolve) => {
    confirmationAsked.peek()?.(false);
    confirmationAsked.value = resolve;
  });
}
