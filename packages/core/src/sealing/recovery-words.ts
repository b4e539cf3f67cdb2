/**
 * The recovery code as words: BIP-39 lists and checksum, 160 bits as 15 words (spec: protocol.md Z10). Apart, and each list apart,
 * because lists are heavy: import it dynamically only. BIP-39's own seed derivation is not used: the 160 bits are the secret.
 */
import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";

const BITS_BYTES = 20;
const WORDS = 15;
/** BIP-39: the first four letters tell every word of a list apart. */
const TELLING_LETTERS = 4;

/** Languages with a BIP-39 list that we offer. */
export type WordLanguage = "en" | "fr";

/** The 2048 words of a list, in its order. */
export async function loadWords(language: WordLanguage): Promise<readonly string[]> {
  const list =
    language === "fr"
      ? await import("@scure/bip39/wordlists/french.js")
      : await import("@scure/bip39/wordlists/english.js");
  return list.wordlist;
}

/** The list to use for a reader of `language` (a BCP 47 tag). */
export function wordLanguage(language: string): WordLanguage {
  return language.toLowerCase().split("-")[0] === "fr" ? "fr" : "en";
}

/** @param secret 20 bytes @returns 15 words */
export async function recoveryWords(secret: Uint8Array, language: string): Promise<readonly string[]> {
  const list = await loadWords(wordLanguage(language));
  return entropyToMnemonic(secret, [...list])
    .normalize("NFC")
    .split(" ");
}

/** Small letters without accents. */
function plain(word: string): string {
  return word.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
}

function findWord(list: readonly string[], typed: string): string | undefined {
  const key = plain(typed);
  return (
    list.find((word) => plain(word) === key) ??
    (key.length >= TELLING_LETTERS ? list.find((word) => plain(word).slice(0, TELLING_LETTERS) === key) : undefined)
  );
}

/** The secrets that `typed` can mean: none when it is no recovery code, seldom two when two lists share every word. */
export async function recoverySecrets(typed: string): Promise<readonly Uint8Array[]> {
  const digits = typed.replace(/[\s-]+/g, "").toLowerCase();
  if (/^[0-9a-f]{40}$/.test(digits)) {
    return [Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))];
  }
  const words = typed.split(/[\s,;.\d-]+/).filter((word) => word !== "");
  if (words.length !== WORDS) return [];
  const secrets: Uint8Array[] = [];
  for (const language of ["en", "fr"] as const) {
    const list = await loadWords(language);
    const found = words.map((word) => findWord(list, word));
    if (found.includes(undefined)) continue;
    try {
      const secret = mnemonicToEntropy(found.join(" "), [...list]);
      if (secret.length === BITS_BYTES) secrets.push(secret);
    } catch {
      // Checksum: a word is wrong in this language; the other list may still fit.
    }
  }
  return secrets;
}
