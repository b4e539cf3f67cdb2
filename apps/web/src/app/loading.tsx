/** Loading something for a page: nothing for 300 ms, then a skeleton; an error with a way to try again; the result. */
import { PliError } from "@pli/core/errors";
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import "../kit/skeleton.css";
import { words } from "./language.ts";
import { Problem } from "./problem.tsx";

export type Loaded<T> = { state: "loading" } | { state: "failed"; error: unknown } | { state: "done"; value: T };

/**
 * Runs `load` when `keys` or `soft` change. With other `keys` it is another thing, and nothing is shown until it is there; with other
 * `soft` the same thing is loaded again, and what is shown stays meanwhile.
 * @returns the state, and how to load again
 */
export function useLoad<T>(
  load: (signal: AbortSignal) => Promise<T>,
  keys: readonly unknown[],
  soft: readonly unknown[] = [],
): [Loaded<T>, () => void] {
  const [loaded, set] = useState<Loaded<T>>({ state: "loading" });
  const [turn, setTurn] = useState(0);
  const before = useRef<readonly unknown[]>(keys);
  useEffect(() => {
    const abort = new AbortController();
    if (before.current.some((key, at) => key !== keys[at])) set({ state: "loading" });
    before.current = keys;
    load(abort.signal).then(
      (value) => {
        if (!abort.signal.aborted) set({ state: "done", value });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) set((present) => (present.state === "done" ? present : { state: "failed", error }));
      },
    );
    return () => abort.abort();
  }, [turn, ...keys, ...soft]);
  return [loaded, useCallback(() => setTurn((one) => one + 1), [])];
}

/** What to show while it is not there. */
export function Waiting<T>({
  loaded,
  again,
  lines = 8,
  children,
}: {
  loaded: Loaded<T>;
  again: () => void;
  lines?: number;
  children: (value: T) => ComponentChildren;
}) {
  if (loaded.state === "done") return <>{children(loaded.value)}</>;
  if (loaded.state === "failed") {
    // what is not there will not be there a moment later
    const isGone = loaded.error instanceof PliError && loaded.error.code === "not_found";
    return <Problem error={loaded.error} retry={isGone ? undefined : again} />;
  }
  return <Skeleton lines={lines} />;
}

const SKELETON_AFTER_MS = 300;

export function Skeleton({ lines = 8 }: { lines?: number }) {
  const [shown, show] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => show(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="card__in" aria-busy="true">
      <p class="vh" role="status">
        {shown ? words().shell.loading : ""}
      </p>
      {shown && (
        <div class="skeleton" aria-hidden="true">
          {Array.from({ length: lines }, (_, line) => (
            <i key={line} />
          ))}
        </div>
      )}
    </div>
  );
}
