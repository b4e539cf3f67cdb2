/** One attempt at what a form is for: busy meanwhile, and what went wrong afterwards. */
import { useState } from "preact/hooks";

export interface Attempt {
  readonly busy: boolean;
  /** Why the last one failed; nothing while another one runs. */
  readonly error: unknown;
  readonly attempt: (work: () => unknown) => Promise<void>;
}

/** @param onFailure takes what went wrong in place of `error` */
export function useAttempt(onFailure?: (failure: unknown) => void): Attempt {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const attempt = async (work: () => unknown) => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (failure) {
      (onFailure ?? setError)(failure);
    }
    setBusy(false);
  };
  return { busy, error, attempt };
}
