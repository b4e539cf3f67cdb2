/** The focus after a row of a table went away: on the same place in the row that took it, else on what is said in place of the table. */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * @param place holds elements marked `data-row`, one a row, or else a heading that takes the focus (`tabindex="-1"`)
 * @param gone changes when a row went
 * @returns to call with the number of the row before it goes
 */
export function useNextRow(place: RefObject<HTMLElement | null>, gone: unknown): (row: number) => void {
  const row = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (row.current === null) return;
    const rows = [...(place.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
    const next = rows[Math.min(row.current, rows.length - 1)] ?? place.current?.querySelector<HTMLElement>("h2");
    row.current = null;
    next?.focus();
  }, [gone]);
  return (at) => {
    row.current = at;
  };
}
