/**
 * Old back-ups go, with the chunks that no other one speaks of: what was destroyed long ago is then gone from the back-ups, too. All lists of
 * content are in the order of ids, so they are read side by side and memory stays flat.
 */
import type { BackUpFolder, StoredBackUp } from "../../platform/back-ups/index.ts";
import type { Progress } from "./installation.ts";

/**
 * Keeps the `keep` newest, `made` among them, and removes the rest and what cut ones left. Cut itself, the next one does it.
 * @param made name of the one just made: by a clock that was put back it may look like the oldest
 */
export async function dropOldBackUps(
  folder: BackUpFolder,
  { keep, made }: { readonly keep: number; readonly made: string },
  progress: Progress,
): Promise<void> {
  const others = (await folder.names()).filter((name) => name !== made);
  for (const name of others.slice(0, Math.max(0, others.length + 1 - keep))) await folder.retire(name);
  const kept = (await folder.names()).map((name) => folder.read(name));
  for (const old of await folder.leftovers()) {
    const followers = kept.map((backUp) => follow(chunksById(backUp)));
    for await (const envelopeId of idsOf(old)) {
      const used = new Set<string>();
      for (const follower of followers) for (const name of await follower(envelopeId)) used.add(name);
      for (const { name } of await folder.chunks.listChunks(envelopeId)) {
        if (!used.has(name)) await folder.chunks.deleteChunk(envelopeId, name);
      }
      if (used.size === 0) await folder.chunks.deleteFolder(envelopeId);
      progress(`removing what no back-up needs: ${envelopeId}`);
    }
    await folder.remove(old);
  }
}

/** Ids of envelopes that a back-up may have left chunks of; those of `begun` come after the others, in their own order. */
async function* idsOf(backUp: StoredBackUp): AsyncGenerator<string> {
  const begun = backUp.begun()[Symbol.asyncIterator]();
  let next = await begun.next();
  for await (const { envelope } of backUp.content()) {
    for (; next.done !== true && next.value < envelope; next = await begun.next()) yield next.value;
    yield envelope;
  }
  for (; next.done !== true; next = await begun.next()) yield next.value;
}

async function* chunksById(backUp: StoredBackUp): AsyncGenerator<readonly [id: string, names: readonly string[]]> {
  for await (const { envelope, chunks } of backUp.content()) yield [envelope, chunks.map(([name]) => name)];
}

/** Asked for ids in their order: the names of chunks under each. */
function follow(
  lines: AsyncIterator<readonly [id: string, names: readonly string[]]>,
): (id: string) => Promise<readonly string[]> {
  let line: IteratorResult<readonly [string, readonly string[]]> | null = null;
  return async (id) => {
    line ??= await lines.next();
    while (line.done !== true && line.value[0] < id) line = await lines.next();
    return line.done !== true && line.value[0] === id ? line.value[1] : [];
  };
}
