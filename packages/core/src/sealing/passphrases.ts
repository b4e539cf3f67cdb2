/**
 * Passwords made for people to read out: words of a BIP-39 list, without accents, with digits between (spec: messages.md M3).
 * The list is loaded on first use. Never weaker than it says: every choice is uniform.
 */
import type { CryptoProvider } from "./provider.ts";

export interface GeneratedPassphrase {
  /** `lemon-4-orbit-7-canvas-1-tower` */
  readonly text: string;
  readonly entropyBits: number;
}

const LIST_WORDS = 2048;
const LIST_BITS = 11;

/** A uniform digit: 250 to 255 are drawn again, or 0 to 5 would come more often. */
function randomDigit(crypto: CryptoProvider): number {
  for (;;) {
    const byte = crypto.randomBytes(1)[0] as number;
    if (byte < 250) return byte % 10;
  }
}

function randomIndex(crypto: CryptoProvider): number {
  const [high, low] = crypto.randomBytes(2) as unknown as [number, number];
  return ((high << 8) | low) % LIST_WORDS; // uniform: 2^16 is a multiple of 2048
}

/**
 * @param options.words how many, 4 by default (about 54 bits); more where `leastCharacters` wants it
 * @param options.capitals each word begins with one: some rules ask for it. It adds nothing to the entropy
 * @param options.language BCP 47 tag; languages without a list get English
 */
export async function generatePassphrase(
  crypto: CryptoProvider,
  options: {
    readonly words?: number;
    readonly language: string;
    readonly leastCharacters?: number;
    readonly capitals?: boolean;
  },
): Promise<GeneratedPassphrase> {
  const { loadWords, wordLanguage } = await import("./recovery-words.ts");
  const list = await loadWords(wordLanguage(options.language));
  const wanted = Math.max(1, Math.trunc(options.words ?? 4));
  let text = "";
  let count = 0;
  while (count < wanted || text.length < (options.leastCharacters ?? 0)) {
    const plain = (list[randomIndex(crypto)] as string).normalize("NFD").replace(/\p{M}/gu, "");
    const word = options.capitals === true ? plain.charAt(0).toUpperCase() + plain.slice(1) : plain;
    text += count === 0 ? word : `-${randomDigit(crypto)}-${word}`;
    count++;
  }
  return { text, entropyBits: Math.floor(count * LIST_BITS + (count - 1) * Math.log2(10)) };
}
