/**
 * Endings in their right order: the register of destruction knows before a key is erased, and learns when it was not after all. Where nobody
 * knows what became of it, it stays noted: a restored back-up then rather keeps it ended.
 */
import { PliError } from "@pli/core/errors";
import type { Destruction, DestructionRegister } from "./register.ts";

/** A line that ends something alone. */
export type Ending = Extract<
  Destruction,
  { readonly envelope: string } | { readonly grant: string } | { readonly slot: string } | { readonly secret: string }
>;

/** Id of what a line ends. */
export function endedBy(line: Ending): string {
  if ("envelope" in line) return line.envelope;
  if ("grant" in line) return line.grant;
  return "slot" in line ? line.slot : line.secret;
}

/** Does `act`, which ends all of these or, when it throws, none of them. Ask for the right to end them before. */
export async function endNoted<T>(
  destroyed: DestructionRegister,
  endings: readonly Ending[],
  act: () => Promise<T>,
): Promise<T> {
  await destroyed.note(endings);
  try {
    return await act();
  } catch (error) {
    // A commit whose answer was lost may have ended them.
    const isDoubtful = error instanceof PliError && error.code === "unavailable";
    if (!isDoubtful) {
      const kept = endings.map((line) => ({ at: line.at, kept: endedBy(line) }));
      // Not noted, it stays ended after a restore: that is no reason to hide what went wrong.
      await destroyed.note(kept).catch(() => undefined);
    }
    throw error;
  }
}

/** How many endings a register takes back, by time and id. */
export type TakenBack = Map<string, number>;

export function countKept(counts: TakenBack, line: Extract<Destruction, { readonly kept: string }>): void {
  const key = `${line.at} ${line.kept}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Whether this ending was taken back. Each was so once: of two who ended the same in one millisecond the other may have done it. */
export function takeKept(counts: TakenBack, line: Ending): boolean {
  const key = `${line.at} ${endedBy(line)}`;
  const left = counts.get(key) ?? 0;
  if (left === 0) return false;
  counts.set(key, left - 1);
  return true;
}
