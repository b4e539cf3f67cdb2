/**
 * File names come from strangers. What is shown has no character that turns the line around; what is saved has no path that climbs, no
 * name that a system reserves, and no twin in the same ZIP.
 */

/** Controls, line and paragraph separators, and the marks, embeddings, overrides and isolates of writing direction. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** As people may read it. */
export function shownName(name: string): string {
  return name.replace(UNSEEN, "").trim() || "?";
}

/** One step of a path, safe on every system. */
function safeStep(step: string): string {
  const plain = step
    .replace(UNSEEN, "")
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
    // systems that fold case would overwrite one with the other
    let n = nextNumber.get(path.toLowerCase()) ?? 2;
    for (; taken.has(unique.toLowerCase()); n++) unique = `${path.slice(0, dot)} (${n})${path.slice(dot)}`;
    nextNumber.set(path.toLowerCase(), n);
    taken.add(unique.toLowerCase());
    return unique;
  });
}
