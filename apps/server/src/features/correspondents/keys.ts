/** Names and addresses as they are looked for: without capitals and accents. Changing this needs a migration: rows hold its results. */

const MARKS = /\p{M}/gu;

/** `Élise  Dubois` → `elise dubois` */
export function searchKey(text: string): string {
  return text.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(/\s+/gu, " ").trim();
}

/** The same mailbox: domains do not tell capitals, and no provider in use does for the rest. */
export function addressKey(address: string): string {
  return address.toLowerCase();
}

/** Empty when it is a number. */
export function domainOf(address: string): string {
  return address.includes("@") ? addressKey(address.slice(address.lastIndexOf("@") + 1)) : "";
}

/** `elise van dubois` → `dubois elise van`: so that a last name finds it, too. Null for a single word. */
export function lastWordFirst(key: string): string | null {
  const at = key.lastIndexOf(" ");
  return at < 0 ? null : `${key.slice(at + 1)} ${key.slice(0, at)}`;
}

/** The first text that no longer begins with `prefix`, in the order of bytes. */
export function afterPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

/** Few enough for a look-up of each along an index to be the best plan. */
const SOME = 40;

/** Asks for many keys, some at a time. */
export async function bySome<Row>(
  keys: readonly string[],
  ask: (some: readonly string[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < keys.length; from += SOME) rows.push(...(await ask(keys.slice(from, from + SOME))));
  return rows;
}
