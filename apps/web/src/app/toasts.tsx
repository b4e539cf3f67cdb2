/** Short words that something is done. They go by themselves, but never while the pointer or the focus is on them. */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../kit/Button.tsx";
import { Toast, Toasts } from "../kit/Toast.tsx";

interface Action {
  label: string;
  run: () => void;
  /** It went unused. */
  lapse?: () => void;
}

interface Note {
  id: number;
  text: string;
  action?: Action | undefined;
}

const notes = signal<readonly Note[]>([]);
let lastId = 0;
const SHOWN_MS = 6000;
const SHOWN_WITH_ACTION_MS = 12_000;

/** Says `text` for a while. @param action something one may want right then, e.g. to undo @returns to take it back at once */
export function say(text: string, action?: Action): () => void {
  lastId++;
  const id = lastId;
  for (const note of notes.value.slice(0, -2)) drop(note.id);
  notes.value = [...notes.value, { id, text, action }];
  return () => drop(id);
}

function drop(id: number, used = false): void {
  const note = notes.value.find((one) => one.id === id);
  notes.value = notes.value.filter((one) => one !== note);
  if (!used) note?.action?.lapse?.();
}

function OneNote({ note }: { note: Note }) {
  const [held, hold] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    const keep = () => hold(true);
    const release = () => hold(false);
    for (const event of ["mouseenter", "focusin"]) element?.addEventListener(event, keep);
    for (const event of ["mouseleave", "focusout"]) element?.addEventListener(event, release);
  }, []);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => drop(note.id), note.action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, note]);
  const { action } = note;
  const act = action && (
    <Button
      kind="quiet"
      size="small"
      onClick={() => {
        drop(note.id, true);
        action.run();
      }}
    >
      {action.label}
    </Button>
  );
  return (
    <div ref={place}>
      <Toast action={act}>{note.text}</Toast>
    </div>
  );
}

export function AppToasts({ children }: { children?: ComponentChildren }) {
  return (
    <Toasts>
      {notes.value.map((note) => (
        <OneNote key={note.id} note={note} />
      ))}
      {children}
    </Toasts>
  );
}
