/** How parts lie in the blob store: folder = envelope id, name = `<part>-<generation>-<chunk>`. The one place that knows. */
import type { StoredChunk } from "../../platform/blobs/index.ts";

/** Part number to generation: how often that number was removed and may have come again. */
export type Generations = Readonly<Record<string, number>>;

export function parseGenerations(json: string): Generations {
  return JSON.parse(json) as Generations;
}

export function chunkName(part: number, generation: number, chunk: number): string {
  return `${part}-${generation}-${chunk}`;
}

const NAME = /^(\d+)-(\d+)-(\d+)$/;

/** Sizes of the chunks of the current generations: part to (chunk to size in bytes). */
export function chunkSizes(
  stored: readonly StoredChunk[],
  generations: Generations,
): ReadonlyMap<number, ReadonlyMap<number, number>> {
  const parts = new Map<number, Map<number, number>>();
  for (const { name, sizeBytes } of stored) {
    const match = NAME.exec(name);
    if (match === null) continue;
    const part = Number(match[1]);
    if ((generations[part] ?? 0) !== Number(match[2])) continue;
    let sizes = parts.get(part);
    if (sizes === undefined) {
      sizes = new Map();
      parts.set(part, sizes);
    }
    sizes.set(Number(match[3]), sizeBytes);
  }
  return parts;
}
