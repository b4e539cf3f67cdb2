/** Random numbers from a seed (mulberry32), so that a failure can be met again. Not for anything secret. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `min` to `max`. */
  between(min: number, max: number): number;
  pick<T>(choices: readonly T[]): T | undefined;
  bytes(lengthBytes: number): Uint8Array<ArrayBuffer>;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    between,
    pick: (choices) => choices[between(0, choices.length - 1)],
    bytes: (lengthBytes) => {
      const words = new Uint32Array(Math.ceil(lengthBytes / 4));
      for (let at = 0; at < words.length; at++) words[at] = next() * 2 ** 32;
      return new Uint8Array(words.buffer, 0, lengthBytes);
    },
  };
}
