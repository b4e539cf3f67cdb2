/**
 * Which parts of the product's `*.queries.ts` have run in this process, by V8's own counting: a query that no journey runs has a plan that
 * nobody has looked at.
 */
import { readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { fileURLToPath } from "node:url";

export interface QueryFunctions {
  /** Pieces of code that did not run since the start, as `file: their first line`. */
  unused(): Promise<readonly string[]>;
}

/** Must be called before the product is loaded. @param ignored files that no request and no job of a running server uses */
export async function watchQueryFunctions(ignored: RegExp): Promise<QueryFunctions> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  return {
    unused: async () => {
      const { result } = await session.post("Profiler.takePreciseCoverage");
      const pieces = new Set<string>();
      let files = 0;
      for (const { url, functions } of result) {
        const [, file] = /\/apps\/server\/src\/(.+\.queries\.ts)$/.exec(url) ?? [];
        if (file === undefined || ignored.test(file)) continue;
        files++;
        // Types are blanked out where the file is run: offsets are those of the source.
        const source = readFileSync(fileURLToPath(url), "utf8");
        for (const { ranges } of functions) {
          for (const [depth, { count, startOffset }] of ranges.entries()) {
            const line = lineAt(source, startOffset);
            // Within a function only what makes another query of it.
            if (count === 0 && (depth === 0 || /\bquery = /.test(line))) pieces.add(`${file}: ${line}`);
          }
        }
      }
      if (files === 0) throw new Error("no query function was watched: the product was loaded before");
      return [...pieces].toSorted();
    },
  };
}

function lineAt(source: string, offset: number): string {
  const start = source.lastIndexOf("\n", offset - 1) + 1;
  return source.slice(start, source.indexOf("\n", offset)).trim();
}
