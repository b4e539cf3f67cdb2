/** Asking people on a terminal, and reading secrets from files or standard input. Secrets are never echoed. */
import { readFile } from "node:fs/promises";
import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";
import { PliError } from "@pli/core/errors";
import { type Context, UsageError } from "./command.ts";

/** Whether there is somebody to ask. */
export function canAsk(context: Context): boolean {
  return context.stdin.isTTY === true && context.stderr.isTTY === true;
}

/** One line, asked for on stderr so that stdout stays the result. @throws PliError `cancelled` on Ctrl-C or the end of input */
export function ask(context: Context, question: string, options: { readonly secret?: boolean } = {}): Promise<string> {
  const { stdin, stderr, signal } = context;
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: options.secret ? silent : stderr, terminal: stdin.isTTY });
  // Only now: what is typed before the reader has the terminal would be echoed by the terminal itself.
  stderr.write(question);
  return new Promise((resolve, reject) => {
    const stop = () => {
      lines.close();
      reject(new PliError("cancelled"));
    };
    signal.addEventListener("abort", stop, { once: true });
    lines.once("SIGINT", stop);
    lines.once("line", (line) => {
      signal.removeEventListener("abort", stop);
      resolve(line);
      lines.close();
    });
    lines.once("close", stop);
  }).then((line) => {
    if (options.secret) stderr.write("\n");
    return line as string;
  });
}

/** A new secret, typed twice. */
export async function askTwice(context: Context, question: string): Promise<string> {
  for (;;) {
    const first = await ask(context, question, { secret: true });
    if (first === (await ask(context, context.texts.askAgain, { secret: true }))) return first;
    context.say(context.texts.notTheSame);
  }
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(Buffer.from(piece as Buffer));
  return Buffer.concat(pieces).toString("utf8");
}

/** A whole file, or standard input for `-`. @throws UsageError when it cannot be read */
export async function readText(context: Context, path: string): Promise<string> {
  if (path === "-") return readAll(context.stdin);
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "";
    throw new UsageError(context.texts.cannotRead({ path, reason }));
  }
}

/** A secret kept in a file: without the line end that editors add. */
export async function readSecret(context: Context, path: string): Promise<string> {
  return (await readText(context, path)).replace(/\r?\n$/, "");
}

/** Lines that came together with an earlier one are kept for the next to ask. */
const readers = new WeakMap<NodeJS.ReadStream, { readonly lines: Interface; readonly next: AsyncIterator<string> }>();

/** The next line of standard input, however long it takes to come; empty at its end. */
export async function readLine({ stdin }: Context): Promise<string> {
  let reader = readers.get(stdin);
  if (reader === undefined) {
    const lines = createInterface({ input: stdin, terminal: false });
    reader = { lines, next: lines[Symbol.asyncIterator]() };
    readers.set(stdin, reader);
  }
  stdin.resume();
  try {
    const { value, done } = await reader.next.next();
    return done ? "" : value;
  } finally {
    stdin.pause();
  }
}
