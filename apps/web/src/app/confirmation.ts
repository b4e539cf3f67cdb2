/**
 * What changes the ways in asks for the second factor again (A2). Whoever calls the server need not know: the call waits while the person confirms,
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
    const confirmed = await new Promise<boolean>((resolve) => {
      confirmationAsked.peek()?.(false);
      confirmationAsked.value = resolve;
    });
    if (!confirmed) throw new PliError("cancelled");
    return await work();
  }
}
