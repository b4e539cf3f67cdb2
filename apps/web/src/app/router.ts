/**
 * Where we are: the path under `/app`, as a signal. Links are plain anchors; one listener turns clicks on our own paths into moves.
 * A page with unsaved work sets a guard, which is asked before every move and by the browser before the tab closes.
 */
import { batch, signal } from "@preact/signals";

export const path = signal(location.pathname);
/** Counts moves: a page that is visited anew begins anew, even at the same path. */
export const visit = signal(0);

/** Answers whether the page may be left. */
export type LeaveGuard = () => Promise<boolean>;
let guard: LeaveGuard | null = null;
/** What the address bar says: differs from `path` when a page renamed itself. */
let address = location.pathname;
/** The history entry we show, to come back to when a guard refuses the browser's Back. */
let position = Number((history.state as { position?: number } | null)?.position ?? 0);

/** Sets who is asked before leaving; returns how to take it away. While set, the browser asks too when the tab is closed. */
export function guardLeaving(ask: LeaveGuard): () => void {
  guard = ask;
  addEventListener("beforeunload", warn);
  return () => {
    if (guard !== ask) return;
    guard = null;
    removeEventListener("beforeunload", warn);
  };
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

async function mayLeave(): Promise<boolean> {
  const ask = guard;
  if (ask === null) return true;
  if (!(await ask())) return false;
  guard = null;
  removeEventListener("beforeunload", warn);
  return true;
}

/** Moves to another page of the app. `replace`: Back does not return here. */
export async function navigate(to: string, { replace = false }: { replace?: boolean } = {}): Promise<void> {
  const url = new URL(to, location.href);
  if (url.pathname === address && !url.hash) return;
  if (!(await mayLeave())) return;
  if (!replace) position++;
  history[replace ? "replaceState" : "pushState"]({ position }, "", url);
  show();
}

/** Names the present page otherwise in the address bar, without moving: a draft that got its id. */
export function rename(to: string): void {
  history.replaceState({ position }, "", to);
  address = location.pathname;
}

function show(): void {
  address = location.pathname;
  batch(() => {
    path.value = address;
    visit.value++;
  });
  scrollTo(0, 0);
}

export function startRouter(): void {
  document.addEventListener("click", (event) => {
    const anchor = (event.target as Element | null)?.closest?.("a[href]");
    if (!(anchor instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || anchor.target || anchor.download) return;
    const url = new URL(anchor.href);
    const ours = url.origin === location.origin && (url.pathname === "/" || /^\/app(\/|$)/.test(url.pathname));
    if (!ours || (url.hash && url.pathname === location.pathname)) return;
    event.preventDefault();
    for (const menu of document.querySelectorAll("details.menu[open]")) menu.removeAttribute("open");
    void navigate(anchor.href);
  });
  addEventListener("popstate", (event) => {
    const to = Number((event.state as { position?: number } | null)?.position ?? 0);
    if (location.pathname === address) return;
    void mayLeave().then((may) => {
      if (may) {
        position = to;
        show();
      } else {
        history.go(position - to);
      }
    });
  });
  // the mail's link, opened in the tab that shows the page to sign in: only what is behind # changes
  addEventListener("hashchange", () => {
    if (location.pathname === "/app/sign-in" && location.hash !== "") visit.value++;
  });
  history.replaceState({ position }, "");
}
