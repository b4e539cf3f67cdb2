/** Keyboard shortcuts of the whole app, and the help that lists them. Single letters act only outside fields (WCAG 2.1.4). */
import { signal } from "@preact/signals";
import { Button } from "../kit/Button.tsx";
import { Dialog } from "../kit/Dialog.tsx";
import { words } from "./language.ts";
import { navigate } from "./router.ts";
import { account } from "./session.ts";

export const helpShown = signal(false);

const PAGES: Readonly<Record<string, string>> = { n: "/app/write", s: "/app/sent", r: "/app/received" };

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select, dialog, [role=textbox]") !== null;
}

export function startShortcuts(): void {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target) || !account.peek() || document.querySelector("dialog[open]")) return;
    const page = PAGES[event.key];
    if (page) void navigate(page);
    else if (event.key === "?") helpShown.value = true;
    else if (event.key === "/") document.querySelector<HTMLInputElement>("input[type=search]")?.focus();
    else return;
    event.preventDefault();
  });
}

export function ShortcutHelp() {
  if (!helpShown.value) return null;
  const { shell } = words();
  const { ctrl, escape: esc, enter } = shell.key;
  const close = () => {
    helpShown.value = false;
  };
  const rows: readonly (readonly [readonly string[], string])[] = [
    [["N"], shell.shortcutWrite],
    [["S"], shell.shortcutSent],
    [["R"], shell.shortcutReceived],
    [["/"], shell.shortcutSearch],
    [[ctrl, enter], shell.shortcutReview],
    [[ctrl, "B / I / K"], shell.shortcutFormat],
    [[ctrl, "Z"], shell.shortcutUndo],
    [[esc], shell.shortcutBack],
    [["?"], shell.shortcutHelp],
  ];
  return (
    <Dialog
      title={shell.shortcutsTitle}
      lead={<p>{shell.shortcutsLead}</p>}
      onClose={close}
      light
      actions={<Button onClick={close}>{shell.close}</Button>}
    >
      <dl class="keys">
        {rows.map(([keys, what]) => [
          <dt key={`${what} keys`} class="nowrap">
            {keys.map((key, at) => [at > 0 && " + ", <kbd key={key}>{key}</kbd>])}
          </dt>,
          <dd key={what}>{what}</dd>,
        ])}
      </dl>
    </Dialog>
  );
}
