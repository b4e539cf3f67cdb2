/** Words of a page that is loaded when it is needed: a chunk of their own for each language, and again when the language changes. */
import type { Language } from "@pli/texts/languages";
import { effect, signal } from "@preact/signals";
import { language } from "./language.ts";

export interface ChunkWords<T> {
  /** Resolves when they are there: a page that needs them waits with its own chunk. */
  load(): Promise<void>;
  /** Only after `load`. */
  words(): T;
}

export function chunkWords<T>(loaders: Readonly<Record<Language, () => Promise<T>>>): ChunkWords<T> {
  const loaded = signal<T | null>(null);
  const load = async () => {
    loaded.value = await loaders[language.peek()]();
  };
  effect(() => {
    void language.value;
    // another language than the page's is better than no page
    if (loaded.peek() !== null) void load().catch(() => undefined);
  });
  return {
    load,
    words: () => {
      const texts = loaded.value;
      if (texts === null) throw new Error("words are not loaded");
      return texts;
    },
  };
}
