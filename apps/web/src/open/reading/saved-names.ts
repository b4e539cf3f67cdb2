/**
 * File names from strangers, as they are saved: no path that climbs, no name that a system reserves, and no twin in the same ZIP.
 */
import { seenName } from "./file-names.ts";

const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(\.|$)/i;

/** One step of a path, safe on every system. */
function safeStep(step: string): string {
  const plain = seenName(step)
    .replace(/[<>:"|?*\\/]/g, "_")
    .replace(/^\.+(?=\.*$)/, "_")
    .replace(/[. ]+$/, "");
  const named = plain.trim() || "file";
  return RESERVED.test(named) ? `_${named}` : named;
}

/** Without folders: for one download. */
export function savedName(name: string): string {
  return safeStep(name.split(/[/\\]/).pop() ?? "");
}

/** Systems that fold case, or compose accents, would overwrite one with the other. */
const folded = (path: string) => path.normalize().toLowerCase();

/** With their folders, each name once: for a ZIP. */
export function zipNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  /** Where to go on counting: a sender may give every file one name. */
  const nextNumber = new Map<string, number>();
  return names.map((name) => {
    const steps = name.split("/").filter((step) => step !== "" && step !== "." && step !== "..");
    const path = steps.map(safeStep).join("/") || "file";
    const dot = path.lastIndexOf(".") > path.lastIndexOf("/") + 1 ? path.lastIndexOf(".") : path.length;
    let unique = path;
    let n = nextNumber.get(folded(path)) ?? 2;
    for (; taken.has(folded(unique)); n++) unique = `${path.slice(0, dot)} (${n})${path.slice(dot)}`;
    nextNumber.set(folded(path), n);
    taken.add(folded(unique));
    return unique;
  });
}
