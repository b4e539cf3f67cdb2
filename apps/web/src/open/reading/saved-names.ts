/** Names from strangers as downloads and the entries of a ZIP have them: safe on every system, and no twin in the same ZIP. */
import { numberedName, safeFileName, safeRelativePath } from "@pli/client/safe-name";

/** Without folders: for one download. */
export function savedName(name: string): string {
  return safeFileName(name.split(/[/\\]/).pop() ?? "");
}

/** Systems that fold case, or compose accents, would overwrite one with the other. */
const folded = (path: string) => path.normalize().toLowerCase();

/** With their folders, each name once: for a ZIP. */
export function zipNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  /** Where to go on counting: a sender may give every file one name. */
  const nextNumber = new Map<string, number>();
  return names.map((name) => {
    const steps = safeRelativePath(name);
    const path = steps.join("/");
    const last = steps.at(-1) as string;
    const numbered = (n: number) => [...steps.slice(0, -1), numberedName(last, n)].join("/");
    let unique = path;
    let n = nextNumber.get(folded(path)) ?? 2;
    for (; taken.has(folded(unique)); n++) unique = numbered(n);
    nextNumber.set(folded(path), n);
    taken.add(folded(unique));
    return unique;
  });
}
