/** Files of lines with their SHA-256: written in large pieces and flushed at the end, read back in batches. Memory stays flat. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

export interface LineFile {
  readonly lines: number;
  readonly sizeBytes: number;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
}

export interface LineWriter {
  write(line: string): Promise<void>;
  /** What was written so far is in the hands of the system: a killed process does not lose it. */
  flush(): Promise<void>;
  /** Durable when it resolves. */
  close(): Promise<LineFile>;
  /** Lets go of the file, which is of no use any more; nothing when it was closed. */
  abandon(): Promise<void>;
}

const PIECE_CHARACTERS = 256 * 1024;

/** A new file, its owner's alone. @throws when it is there already */
export async function writeLineFile(path: string): Promise<LineWriter> {
  const file = await open(path, "wx", 0o600);
  const hash = createHash("sha256");
  let waiting = "";
  let lines = 0;
  let sizeBytes = 0;
  let isOpen = true;
  const letGo = async () => {
    if (!isOpen) return;
    isOpen = false;
    await file.close();
  };
  const flush = async () => {
    if (waiting === "") return;
    const piece = Buffer.from(waiting);
    waiting = "";
    hash.update(piece);
    sizeBytes += piece.length;
    await file.appendFile(piece);
  };
  return {
    write: async (line) => {
      waiting += `${line}\n`;
      lines += 1;
      if (waiting.length >= PIECE_CHARACTERS) await flush();
    },
    flush,
    close: async () => {
      try {
        await flush();
        await file.sync();
      } finally {
        await letGo();
      }
      return { lines, sizeBytes, sha256: hash.digest("hex") };
    },
    abandon: letGo,
  };
}

/** The lines in batches; one that is torn at the very end is left out. */
export async function* readLines(path: string): AsyncGenerator<readonly string[]> {
  let rest = "";
  for await (const piece of createReadStream(path, { encoding: "utf8", highWaterMark: PIECE_CHARACTERS })) {
    const lines = (rest + String(piece)).split("\n");
    rest = lines.pop() ?? "";
    if (lines.length > 0) yield lines;
  }
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest("hex");
}
