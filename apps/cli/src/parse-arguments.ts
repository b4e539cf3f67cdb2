/** The command line's words as a command's input (util.parseArgs by tokens). Refuses in the reader's language. */
import { parseArgs } from "node:util";
import type { CliTexts } from "@pli/texts/cli";
import { type Command, type Input, OPTIONS, type OptionName, UsageError } from "./command.ts";

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
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
  const values: Record<string, string | boolean | string[]> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
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
