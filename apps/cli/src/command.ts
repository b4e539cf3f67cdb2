/** What a command is: its options, its arguments, and what it does with a context. Nothing here reads the process. */
import type { ErrorCode, PliError } from "@pli/core/errors";
import type { Language } from "@pli/core/wire";
import type { CliTexts } from "@pli/texts/cli";

/** An option's kind and the word that stands for its value in help. */
interface OptionSpec {
  readonly kind: "text" | "list" | "flag";
  readonly value?: string;
  /** Key in the texts when it is not the option's own name in camel case. */
  readonly about: keyof CliTexts["options"];
}

export const OPTIONS = {
  server: { kind: "text", value: "URL", about: "server" },
  "token-file": { kind: "text", value: "F", about: "tokenFile" },
  "passphrase-file": { kind: "text", value: "F", about: "passphraseFile" },
  to: { kind: "list", value: "A", about: "to" },
  cc: { kind: "list", value: "A", about: "cc" },
  bcc: { kind: "list", value: "A", about: "bcc" },
  subject: { kind: "text", value: "S", about: "subject" },
  text: { kind: "text", value: "T", about: "text" },
  "text-file": { kind: "text", value: "F", about: "textFile" },
  attach: { kind: "list", value: "F", about: "attach" },
  "view-only": { kind: "list", value: "NAME", about: "viewOnly" },
  "password-file": { kind: "text", value: "F", about: "passwordFile" },
  password: { kind: "flag", about: "password" },
  views: { kind: "text", value: "N", about: "views" },
  openings: { kind: "text", value: "N", about: "openings" },
  expires: { kind: "text", value: "T", about: "expires" },
  language: { kind: "text", value: "L", about: "language" },
  delivery: { kind: "text", value: "D", about: "delivery" },
  sms: { kind: "list", value: "A=NUMBER", about: "sms" },
  mobile: { kind: "list", value: "A=NUMBER", about: "mobile" },
  reference: { kind: "text", value: "R", about: "reference" },
  notify: { kind: "text", value: "N", about: "notify" },
  protect: { kind: "text", value: "P", about: "protect" },
  hold: { kind: "text", value: "S", about: "hold" },
  out: { kind: "text", value: "DIR", about: "out" },
  code: { kind: "text", value: "C", about: "code" },
  "code-stdin": { kind: "flag", about: "codeStdin" },
  "sms-code": { kind: "text", value: "C", about: "smsCode" },
  "sms-code-stdin": { kind: "flag", about: "smsCodeStdin" },
  "private-computer": { kind: "flag", about: "privateComputer" },
  state: { kind: "text", value: "S", about: "state" },
  search: { kind: "text", value: "W", about: "search" },
  limit: { kind: "text", value: "N", about: "limit" },
  unread: { kind: "flag", about: "unread" },
  mark: { kind: "text", value: "M", about: "mark" },
  address: { kind: "text", value: "A", about: "address" },
  shared: { kind: "flag", about: "shared" },
  all: { kind: "flag", about: "all" },
  receipt: { kind: "text", value: "F", about: "receipt" },
  "receipt-password-file": { kind: "text", value: "F", about: "receiptPasswordFile" },
  "dry-run": { kind: "flag", about: "dryRun" },
  register: { kind: "flag", about: "register" },
  hashes: { kind: "text", value: "F", about: "hashes" },
  storage: { kind: "list", value: "URL", about: "storage" },
  json: { kind: "flag", about: "json" },
  help: { kind: "flag", about: "help" },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export type OptionName = keyof typeof OPTIONS;
type ValueOf<Kind> = Kind extends "flag" ? boolean : Kind extends "list" ? readonly string[] : string;
/** Options as they were given. */
export type Values = { readonly [Name in OptionName]?: ValueOf<(typeof OPTIONS)[Name]["kind"]> };

export interface Input {
  readonly values: Values;
  readonly positionals: readonly string[];
}

/** The terminal, the disk and the network as a command sees them. */
export interface Context {
  readonly language: Language;
  readonly texts: CliTexts;
  readonly env: NodeJS.ProcessEnv;
  /** Folder of this program's state. */
  readonly home: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
  /** Ends with the program's interruption. */
  readonly signal: AbortSignal;
  /** One line of result on stdout. */
  print(line: string): void;
  /** The result as JSON on stdout, when that was asked for. */
  printJson(value: unknown): void;
  /** One line for people on stderr. */
  say(line: string): void;
  /** An error in the reader's language, with what to do now. */
  errorLine(error: PliError): string;
}

export type CommandName = keyof CliTexts["about"];

export interface Command {
  readonly name: CommandName;
  /** Positional arguments as help shows them. */
  readonly positionals?: { readonly shown: string; readonly least: number; readonly most: number };
  readonly options: readonly OptionName[];
  run(context: Context, input: Input): Promise<void>;
}

/** Refused by what the server or the message says, in words that fit better than the code's own. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: ErrorCode;
  /** What `--json` prints beside the error. */
  readonly result: object;

  constructor(code: ErrorCode, message: string, result: object = {}) {
    super(message);
    this.code = code;
    this.result = result;
  }
}

/** The caller's words do not fit: exit code 2. The text is for people, already in their language. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
