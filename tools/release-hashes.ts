/**
 * What a release publishes so that anybody can check a server against it (Q9, docs/operation.md): the list of hashes, the standalone check page, and the
 * SHA-256 of both, in `release/`. The same sources give the same bytes on every machine. Also puts the list where the published command finds it.
 *
 *   npm run release-hashes             into release/
 *   npm run release-hashes -- FOLDER   into another folder alone
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readReleaseList } from "@pli/client/verify-server";
import { buildWeb } from "./build.ts";
import { checkPage, PAGE_NAME } from "./check-page.ts";
import { LIST_NAME } from "./release-list.ts";
import { ROOT } from "./repository.ts";

/** In the format of `sha256sum`. */
const SUMS_NAME = "SHA256SUMS";

/** Writes the three files into `folder`. @returns the lines of the sums */
export async function writeRelease(folder: string): Promise<string> {
  await buildWeb();
  const list = await readFile(join(ROOT, "apps/web/dist", LIST_NAME), "utf8");
  const files = [
    [LIST_NAME, list],
    [PAGE_NAME, await checkPage(readReleaseList(list))],
  ] as const;
  await mkdir(folder, { recursive: true });
  for (const [name, text] of files) await writeFile(join(folder, name), text);
  const sums = files.map(([name, text]) => `${createHash("sha256").update(text).digest("hex")}  ${name}\n`).join("");
  await writeFile(join(folder, SUMS_NAME), sums);
  return sums;
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  process.stdout.write(await writeRelease(resolve(folder ?? join(ROOT, "release"))));
  if (folder === undefined) {
    await writeFile(join(ROOT, "apps/cli", LIST_NAME), await readFile(join(ROOT, "release", LIST_NAME)));
  }
}
