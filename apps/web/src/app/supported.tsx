/** What the members' pages cannot do without, and what to show when it is missing. */
import { Banner } from "../kit/Banner.tsx";
import { words } from "./language.ts";
import "./shell/shell.css";

export function supported(): boolean {
  return (
    isSecureContext &&
    "subtle" in (globalThis.crypto ?? {}) &&
    "locks" in navigator &&
    "indexedDB" in globalThis &&
    "Worker" in globalThis &&
    "showModal" in HTMLDialogElement.prototype
  );
}

export function MissingFeatures() {
  const { shell } = words();
  return (
    <main class="door">
      <Banner kind="bad" title={shell.missingTitle}>
        <p>{shell.missingText}</p>
      </Banner>
    </main>
  );
}
