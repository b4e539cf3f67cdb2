/** The command line's words as a command's input (util.parseArgs by tokens). Refuses in the reader's language. */
import { parseArgs } from "node:util";
import type { CliTexts } from "@pli/texts/cli";
import { type Command, type Input, OPTIONS, type OptionName, UsageError } from "./command.ts";

/** An id of 16 bytes in base64url that begins with a hyphen, as one in sixty-four does; an option is written in small letters. */
const HYPHENED_ID = /^-(?=.*[A-Z0-9_])[\w-]{21}$/;
/** Stands before it, so that it is read as what it is: no word of a command line holds one. */
const ID_MARK = "\0";

function isOption(command: Command, name: string): name is OptionName {
  return name === "help" || (Object.hasOwn(OPTIONS, name) && command.options.includes(name as OptionName));
}

/** @throws UsageError on unknown options, missing values, too few or too many arguments */
export function parseArguments(command: Command, words: readonly string[], texts: CliTexts): Input {
  const options: Record<string, { type: "string" | "boolean"; short?: string }> = {};
  for (const name of [...command.options, "help" as const]) {
    options[name] = {
      type: OPTIONS[name].kind === "flag" ? "boolean" : "string",
      ...(name === "help" && { short: "h" }),
    };
  }
  const args = words.map((word) => (HYPHENED_ID.test(word) ? ID_MARK + word : word));
  const unmarked = (value: string) => (value.startsWith(ID_MARK) ? value.slice(ID_MARK.length) : value);
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const values: Record<string, string | boolean | string[]> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(unmarked(token.value));
    if (token.kind !== "option") continue;
    const { name, rawName } = token;
    const value = token.value === undefined ? undefined : unmarked(token.value);
    if (!isOption(command, name)) throw new UsageError(texts.unknownOption({ option: rawName }));
    const { kind } = OPTIONS[name];
    if (kind === "flag") {
      if (value !== undefined) throw new UsageError(texts.wrongValue({ option: rawName, value }));
      values[name] = true;
    } else if (value === undefined || (!token.inlineValue && value.startsWith("--"))) {
      throw new UsageError(texts.needsValue({ option: rawName }));
    } else if (kind === "list") values[name] = [...((values[name] as string[] | undefined) ?? []), value];
    else if (values[name] !== undefined) throw new UsageError(texts.givenTwice({ option: rawName }));
    else values[name] = value;
  }
  const { least, most, shown } = command.positionals ?? { least: 0, most: 0, shown: "" };
  if (values.help !== true) {
    if (positionals.length < least) throw new UsageError(texts.missing({ option: shown }));
    const extra = positionals[most];
    if (extra !== undefined) throw new UsageError(texts.tooMany({ value: extra }));
  }
  return { values, positionals };
}
