/**
 * A folder of back-ups: each a folder of its own with tables, a list of content and a manifest; the chunks of all of them together in one
 * store, because a chunk never changes. A back-up that is being made ends in `.partial`, and gets its name by one rename when it is whole.
 */
import { copyFile, mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type BlobStore, createFsStore } from "../blobs/index.ts";
import { ownSqlite } from "../database/copy/index.ts";
import { isMissing, syncFolder } from "../disk.ts";
import { type LineWriter, readLines, sha256OfFile, writeLineFile } from "./line-file.ts";
import { type ContentLine, type Manifest, parseManifest } from "./manifest.ts";

const NAME = /^\d{8}T\d{9}Z$/;
const PARTIAL = ".partial";
const MANIFEST = "manifest.json";
const KEY_FILE = "server.key";

export interface BackUpFolder {
  readonly chunks: BlobStore;
  /** Names of whole back-ups, oldest first. */
  names(): Promise<readonly string[]>;
  read(name: string): StoredBackUp;
  /** Back-ups that were cut, and those that are on their way out. */
  leftovers(): Promise<readonly StoredBackUp[]>;
  begin(name: string): Promise<BackUpWriter>;
  /** Takes it out of `names` at once; its files go with `remove`. */
  retire(name: string): Promise<StoredBackUp>;
  remove(backUp: StoredBackUp): Promise<void>;
  /** Others may use the folder again. What a writer had begun is let go of. */
  close(): Promise<void>;
}

export interface StoredBackUp {
  readonly path: string;
  manifest(): Promise<Manifest>;
  tableLines(table: string): AsyncIterable<readonly string[]>;
  tableSha256(table: string): Promise<string>;
  content(): AsyncIterable<ContentLine>;
  contentSha256(): Promise<string>;
  /** Envelopes whose chunks were begun to be copied, in order: of a back-up that was cut the list of content may lack the last. */
  begun(): AsyncIterable<string>;
  readonly keyFile: string;
}

export interface BackUpWriter {
  /** Path for a file that `finish` removes. */
  readonly temporary: string;
  table(name: string): Promise<LineWriter>;
  content(): Promise<LineWriter>;
  begun(): Promise<LineWriter>;
  /** @returns false when there is no such file: the server was never started */
  copyKey(from: string): Promise<boolean>;
  /** Makes it a whole back-up: everything durable, manifest last, then its name. @returns its path */
  finish(manifest: Manifest): Promise<string>;
}

/** The name of a back-up taken at this instant: sorts by time. */
export function backUpName(atMs: number): string {
  return new Date(atMs).toISOString().replaceAll(/[-:.]/g, "");
}

/** @throws Error in words when another process works in the folder, or it is none */
export async function openBackUpFolder(path: string, options: { readonly create: boolean }): Promise<BackUpFolder> {
  if (options.create) await mkdir(path, { recursive: true, mode: 0o700 });
  if ((await entriesOf(path)) === null) throw new Error(`There is no folder ${path}`);
  const lock = await ownSqlite(join(path, "in-use"), `Another command works in ${path}. Wait for its end`);
  for (const name of (await entriesOf(path)) ?? []) if (name.endsWith(PARTIAL)) await strip(join(path, name));
  const files: LineWriter[] = [];
  const ending = (end: string) => async () =>
    ((await entriesOf(path)) ?? []).filter(
      (name) => name.endsWith(end) && NAME.test(name.slice(0, name.length - end.length)),
    );
  return {
    chunks: createFsStore(join(path, "chunks")),
    names: async () => (await ending("")()).toSorted(),
    read: (name) => stored(join(path, name)),
    leftovers: async () => (await ending(PARTIAL)()).map((name) => stored(join(path, name))),
    begin: async (name) => {
      const partial = join(path, name + PARTIAL);
      await mkdir(join(partial, "tables"), { recursive: true, mode: 0o700 });
      return writerOf(partial, join(path, name), files);
    },
    retire: async (name) => {
      await rename(join(path, name), join(path, name + PARTIAL));
      await syncFolder(path);
      return stored(join(path, name + PARTIAL));
    },
    remove: (backUp) => rm(backUp.path, { recursive: true, force: true }),
    close: async () => {
      for (const file of files) await file.abandon();
      await lock.close();
    },
  };
}

/** Of a back-up that was cut only the lists of content are of use: they tell which chunks it left. The keys in it go. */
async function strip(path: string): Promise<void> {
  for (const name of (await entriesOf(path)) ?? []) {
    if (name !== "content.jsonl" && name !== "begun") await rm(join(path, name), { recursive: true, force: true });
  }
}

function stored(path: string): StoredBackUp {
  const tablePath = (table: string) => join(path, "tables", `${table}.jsonl`);
  const contentPath = join(path, "content.jsonl");
  return {
    path,
    keyFile: join(path, KEY_FILE),
    manifest: async () => parseManifest(await readFile(join(path, MANIFEST), "utf8")),
    tableLines: (table) => readLines(tablePath(table)),
    tableSha256: (table) => sha256OfFile(tablePath(table)),
    content: async function* () {
      for await (const lines of linesIfThere(contentPath))
        for (const line of lines) yield JSON.parse(line) as ContentLine;
    },
    contentSha256: () => sha256OfFile(contentPath),
    begun: async function* () {
      for await (const lines of linesIfThere(join(path, "begun"))) yield* lines;
    },
  };
}

/** @param files where the files go that it begins */
function writerOf(partial: string, whole: string, files: LineWriter[]): BackUpWriter {
  const temporary = join(partial, "snapshot.db");
  const begin = async (...names: readonly string[]) => {
    const file = await writeLineFile(join(partial, ...names));
    files.push(file);
    return file;
  };
  return {
    temporary,
    table: (name) => begin("tables", `${name}.jsonl`),
    content: () => begin("content.jsonl"),
    begun: () => begin("begun"),
    copyKey: async (from) => {
      try {
        await copyFile(from, join(partial, KEY_FILE));
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
      const file = await open(join(partial, KEY_FILE), "r+");
      try {
        await file.chmod(0o600);
        await file.sync();
      } finally {
        await file.close();
      }
      return true;
    },
    finish: async (manifest) => {
      await rm(temporary, { force: true });
      await rm(join(partial, "begun"), { force: true });
      await writeFile(join(partial, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
      await syncFolder(join(partial, "tables"));
      await syncFolder(partial);
      await rename(partial, whole);
      await syncFolder(join(whole, ".."));
      return whole;
    },
  };
}

async function* linesIfThere(path: string): AsyncGenerator<readonly string[]> {
  try {
    yield* readLines(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

async function entriesOf(path: string): Promise<readonly string[] | null> {
  try {
    return await readdir(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
