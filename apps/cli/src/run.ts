/** One run of the command line: finds the command, runs it, turns what went wrong into words and an exit code. */
import { PliError } from "@pli/core/errors";
import { type CliTexts, cliTexts } from "@pli/texts/cli";
import { errorText } from "@pli/texts/errors";
import { chooseLanguage, type Language } from "@pli/texts/languages";
import { type Context, Refused, UsageError } from "./command.ts";
import { COMMANDS } from "./commands/index.ts";
import { EXIT, EXIT_CODES } from "./exit-codes.ts";
import { commandHelp, completionHelp, completionScript, generalHelp } from "./help.ts";
import { homeFolder } from "./home.ts";
import { parseArguments } from "./parse-arguments.ts";
import { printable, printableJson, printableLines } from "./printable.ts";
import { VERSION } from "./version.ts";

/** The parts of a process that a run touches. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** The language of POSIX's locale variables, in their order of precedence; `fr_FR.UTF-8` is French. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  return chooseLanguage([locale.replace(/[_.@].*$/, "")]);
}

/** What went wrong, in words for people. */
function describe(error: PliError, language: Language, texts: CliTexts): string {
  const { code, details } = error;
  if (code === "cancelled") return texts.interrupted;
  if (code === "not_signed_in") return texts.refusedToken;
  if (code === "second_factor_required" && details.state === "token") return texts.protectedReplies;
  if (code === "conflict" && details.state === "file_changed") return texts.fileChanged;
  if (code === "integrity" && details.field === "keyring") return texts.otherKeys;
  const { title, text } = errorText(language, code, details);
  const field = code === "bad_input" && details.field !== undefined ? ` (${printable(String(details.field))})` : "";
  return `${title}${field}. ${text}`;
}

/** Runs `words` and returns the exit code. Writes results to stdout, everything else to stderr. */
export async function run(words: readonly string[], around: Surroundings): Promise<number> {
  const language = languageOf(around.env);
  const texts = cliTexts(language);
  const print = (line: string) => void around.stdout.write(`${printableLines(line)}\n`);
  const printJson = (value: unknown) => void around.stdout.write(`${printableJson(value)}\n`);
  const say = (line: string) => void around.stderr.write(`${printableLines(line)}\n`);
  const [name, ...rest] = words;
  const find = (wanted: string | undefined) => COMMANDS.find((command) => command.name === wanted);
  const asksHelp = rest.includes("--help") || rest.includes("-h");
  const isGeneral = name === "--help" || name === "-h" || (name === "help" && (rest.length === 0 || asksHelp));
  if (isGeneral) return print(generalHelp(COMMANDS, texts)) ?? EXIT.done;
  if (name === "--version") return print(VERSION) ?? EXIT.done;
  if ((name === "completion" && asksHelp) || (name === "help" && rest[0] === "completion")) {
    return print(completionHelp(texts)) ?? EXIT.done;
  }
  if (name === "completion") {
    const script = completionScript(rest[0] ?? "bash", COMMANDS);
    if (script !== null) return print(script) ?? EXIT.done;
    say(texts.wrongValue({ option: "completion", value: rest[0] ?? "" }));
    return EXIT.usage;
  }
  const command = find(name === "help" ? rest[0] : name);
  if (command === undefined) {
    const unknown = name === "help" ? rest[0] : name;
    say(unknown === undefined ? texts.noCommand : texts.unknownCommand({ name: unknown }));
    return EXIT.usage;
  }
  if (name === "help") return print(commandHelp(command, texts)) ?? EXIT.done;
  const { env, platform, stdin, stderr, signal } = around;
  const context: Context = {
    language,
    texts,
    env,
    home: homeFolder(env, platform),
    stdin,
    stderr,
    signal,
    print,
    printJson,
    say,
    errorLine: (error) => describe(error, language, texts),
  };
  try {
    const input = parseArguments(command, rest, texts);
    if (input.values.help) print(commandHelp(command, texts));
    else await command.run(context, input);
    return EXIT.done;
  } catch (error) {
    if (error instanceof PliError) {
      say(describe(error, language, texts));
      if (rest.includes("--json")) printJson({ error: { code: error.code, details: error.details } });
      return EXIT_CODES[error.code];
    }
    if (error instanceof Refused) {
      say(error.message);
      if (rest.includes("--json")) printJson({ error: { code: error.code, details: {} }, ...error.result });
      return EXIT_CODES[error.code];
    }
    if (error instanceof UsageError) {
      say(error.message);
      say(texts.seeHelp({ command: command.name }));
      return EXIT.usage;
    }
    say(texts.unexpected);
    say(error instanceof Error ? (error.stack ?? error.name) : String(error));
    return EXIT.server;
  }
}
