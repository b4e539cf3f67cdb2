/** What the whole page to write listens for: files dropped or pasted anywhere on it, and Ctrl+Enter (⌘ on a Mac) wherever the cursor is. */
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { sayProblem } from "../problem.tsx";
import type { Picked } from "./files.ts";
import { fromDrop, fromPaste } from "./picking.ts";

/** Takes dropped and pasted files. @returns whether files are being dragged over it */
export function useDrop(place: RefObject<HTMLElement | null>, onFiles: (picked: readonly Picked[]) => void): boolean {
  const [dragging, setDragging] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      if (!element.contains(event.relatedTarget as Node | null)) setDragging(false);
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer || !hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      setDragging(false);
      fromDrop(event.dataTransfer).then((picked) => take.current(picked), sayProblem);
    };
    // a file beside the mark must not replace the page
    const miss = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const paste = (event: ClipboardEvent) => {
      if (event.target instanceof Element && event.target.closest("dialog")) return;
      const picked = event.clipboardData ? fromPaste(event.clipboardData) : [];
      if (picked.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      take.current(picked);
    };
    element.addEventListener("dragover", over);
    element.addEventListener("dragleave", leave);
    // before the editor, which would take the file's name as text
    element.addEventListener("drop", drop, { capture: true });
    // on the window: nothing has to have the focus
    addEventListener("paste", paste, { capture: true });
    addEventListener("dragover", miss);
    addEventListener("drop", miss);
    return () => {
      element.removeEventListener("dragover", over);
      element.removeEventListener("dragleave", leave);
      element.removeEventListener("drop", drop, { capture: true });
      removeEventListener("paste", paste, { capture: true });
      removeEventListener("dragover", miss);
      removeEventListener("drop", miss);
    };
  }, []);
  return dragging;
}

export function useReviewKey(place: RefObject<HTMLElement | null>, onReview: () => void): void {
  const run = useRef(onReview);
  run.current = onReview;
  useEffect(() => {
    const element = place.current;
    const key = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      if ((event.target as Element | null)?.closest("dialog")) return;
      event.preventDefault();
      event.stopPropagation();
      run.current();
    };
    element?.addEventListener("keydown", key, { capture: true });
    return () => element?.removeEventListener("keydown", key, { capture: true });
  }, []);
}
