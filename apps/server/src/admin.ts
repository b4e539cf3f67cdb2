/**
 * The operator's commands: `npm run admin -- COMMAND`. Works on the data folder itself, before the first start and while the server
 * runs. Results go to stdout, one thing each; words for people go to stderr. Exit codes: 0 done, 1 failed, 2 not understood.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { isErrorCode, PliError } from "@pli/core/errors";
import type { Role } from "@pli/core/wire";
import { errorText } from "@pli/texts/errors";
import { isLanguage, LANGUAGES } from "@pli/texts/languages";
import { announceToMembers } from "./admin-announce.ts";
import { makeKey, takeBounce } from "./admin-mail.ts";
import { MAINTENANCE, MAINTENANCE_USAGE, type MaintenanceOptions, NotUnderstood } from "./admin-maintenance.ts";
import { type Config, ConfigError, readConfig } from "./config.ts";
import { doctor } from "./doctor.ts";
import { addMember, allMembers, createOperatorLink, ensureOwner, memberByAddress } from "./features/accounts/index.ts";
import { removeAllFactors } from "./features/factors/index.ts";
import { MaintenanceError } from "./features/maintenance/index.ts";
import { forgetKey } from "./features/nodes/index.ts";
import { createToken } from "./features/tokens/index.ts";
import { systemClock } from "./platform/clock.ts";
import { requireFinishedCopy } from "./platform/database/copy/index.ts";
import { openDatabase } from "./platform/database/index.ts";
import type { Services } from "./services.ts";

const USAGE = `Usage: npm run admin -- COMMAND

  create-token --member ADDRESS [--name NAME]    print a new API token, alone on stdout
  add-member --address ADDRESS --name NAME [--role member|administrator|owner] [--language fr|en|nl|de]
  list-members [--json]
  sign-in-link --member ADDRESS                  print a link that signs in once, within 15 minutes
  remove-factors --member ADDRESS                no passkey, code app or recovery code any more: for who lost them all
  announce --kind maintenance|news --text-file FILE [--dry-run]
                                                 a mail to all members who want such: a section "[en] Subject" and text for each language
  doctor [--json] [--fix-bucket]                 check configuration, database, disk, bucket, clock, mail; let our pages into the bucket
${MAINTENANCE_USAGE}
  make-dkim-key --to FILE                        a key that signs mails (PLI_DKIM_KEY_FILE); prints the DNS record to publish
  take-bounce [--recipient ADDRESS] < MAIL       a mail that came back, from a pipe of your mail system
  forget-key                                     the key file is lost: the next node that starts makes or brings another

The environment is the server's (PLI_DATA, PLI_URL, …).`;

type Tools = Pick<Services, "db" | "clock" | "config">;

/** Said on stderr, with its exit code. */
class Refusal extends Error {
  readonly exitCode: number;
  constructor(exitCode: number, words: string) {
    super(words);
    this.exitCode = exitCode;
  }
}

/** Runs one command. @returns the exit code */
export async function admin(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const [first, ...rest] = args;
  const command = first === "--help" ? "help" : first;
  try {
    const options = readOptions(rest);
    if (command === "help" || command === undefined || options.help === true) {
      process.stdout.write(`${USAGE}\n`);
      return command === undefined ? 2 : 0;
    }
    if (command === "doctor") return await doctor(environment, options.json === true, options["fix-bucket"] === true);
    if (command === "make-dkim-key") return makeKey(environment, needed(options.to, "to"));
    if (command === "take-bounce")
      return await takeBounce(
        readConfig(environment),
        process.stdin,
        options.recipient ?? environment.ORIGINAL_RECIPIENT,
      );
    if (command === "announce")
      return await announceToMembers(readConfig(environment), {
        kind: options.kind,
        file: options["text-file"],
        dryRun: options["dry-run"] === true,
      });
    const maintain = MAINTENANCE[command];
    if (maintain !== undefined) return await maintain(readConfig(environment), options, environment);
    const run = COMMANDS[command];
    if (run === undefined) throw new Refusal(2, `Unknown command: ${command}\n\n${USAGE}`);
    return await withTools(readConfig(environment), (tools) => run(tools, options));
  } catch (error) {
    process.stderr.write(`${wordsOf(error)}\n`);
    if (error instanceof NotUnderstood) return 2;
    return error instanceof Refusal ? error.exitCode : 1;
  }
}

interface Options extends MaintenanceOptions {
  readonly member?: string;
  readonly address?: string;
  readonly name?: string;
  readonly role?: string;
  readonly language?: string;
  readonly recipient?: string;
  readonly help?: boolean;
  readonly "fix-bucket"?: boolean;
  readonly kind?: string;
  readonly "text-file"?: string;
  readonly "dry-run"?: boolean;
}

const COMMANDS: Readonly<Record<string, (tools: Tools, options: Options) => Promise<number>>> = {
  "create-token": async (tools, options) => {
    const address = needed(options.member, "member");
    await existing(tools, address);
    const token = await createToken(tools, { address, name: options.name ?? "API" });
    process.stdout.write(`${token}\n`);
    return 0;
  },
  "add-member": async (tools, options) => {
    const role = options.role ?? "member";
    const language = options.language ?? "en";
    if (!isRole(role)) throw new Refusal(2, "--role is one of member, administrator, owner");
    if (!isLanguage(language)) throw new Refusal(2, `--language is one of ${LANGUAGES.join(", ")}`);
    await ensureOwner(tools);
    const member = { address: needed(options.address, "address"), name: needed(options.name, "name"), role, language };
    try {
      await addMember(tools, member);
    } catch (error) {
      if (!(error instanceof PliError)) throw error;
      if (error.code === "already_exists") throw new Refusal(2, `${member.address} is a member already`);
      throw new Refusal(2, `--${error.details.field ?? "address"} is not valid`);
    }
    process.stderr.write(
      `Added ${member.address}. They sign in with their address, or with: sign-in-link --member ${member.address}\n`,
    );
    return 0;
  },
  "list-members": async (tools, options) => {
    await ensureOwner(tools);
    for (const member of await allMembers(tools.db.read)) {
      const { address, name, role, language } = member;
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify({ address, name, role, language })}\n`
          : `${[address, role, name].join("\t")}\n`,
      );
    }
    return 0;
  },
  "forget-key": async ({ db }) => {
    await forgetKey(db);
    process.stderr.write(
      "Forgotten. Stop all nodes, then start one: its key file is the one from now on. Copy it to the others\n",
    );
    return 0;
  },
  "remove-factors": async (tools, options) => {
    const member = await existing(tools, needed(options.member, "member"));
    const had = await removeAllFactors(tools, member.member_id);
    process.stderr.write(
      had
        ? `Removed. A link by mail signs ${member.address} in again, and they add what they have now\n`
        : `${member.address} has no passkey and no code app\n`,
    );
    return 0;
  },
  "sign-in-link": async (tools, options) => {
    const member = await existing(tools, needed(options.member, "member"));
    const origin = tools.config.publicUrl ?? `http://localhost:${tools.config.port}`;
    process.stdout.write(`${await createOperatorLink(tools, member.member_id, origin)}\n`);
    return 0;
  },
};

/** @throws Refusal when nobody has the address */
async function existing(tools: Tools, address: string) {
  await ensureOwner(tools);
  const member = await memberByAddress(tools.db.read, address.trim().toLowerCase());
  if (member === undefined) {
    throw new Refusal(
      2,
      `Nobody here has the address ${address}. See: list-members; or: add-member --address ${address} --name NAME`,
    );
  }
  return member;
}

async function withTools(config: Config, run: (tools: Tools) => Promise<number>): Promise<number> {
  const db = await openDatabase(config.database, systemClock.now);
  try {
    await requireFinishedCopy(db.read);
    return await run({ db, clock: systemClock, config });
  } finally {
    await db.close();
  }
}

function readOptions(args: readonly string[]): Options {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        member: text,
        address: text,
        name: text,
        role: text,
        language: text,
        json: flag,
        help: flag,
        "fix-bucket": flag,
        recipient: text,
        kind: text,
        "text-file": text,
        "dry-run": flag,
        to: text,
        from: text,
        at: text,
        keep: text,
        "with-key": flag,
        "without-register": flag,
        mend: flag,
        deep: flag,
      },
    }).values;
  } catch (error) {
    throw new Refusal(2, `${error instanceof Error ? error.message : "Not understood"}\n\n${USAGE}`);
  }
}

function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === "") throw new Refusal(2, `--${name} is missing\n\n${USAGE}`);
  return value;
}

function isRole(value: string): value is Role {
  return value === "member" || value === "administrator" || value === "owner";
}

function wordsOf(error: unknown): string {
  if (error instanceof Refusal || error instanceof MaintenanceError) return error.message;
  if (error instanceof ConfigError) return `The configuration has faults:\n${error.message}`;
  if (error instanceof PliError && error.code === "unavailable") return GONE;
  if (error instanceof PliError && isErrorCode(error.code)) {
    const { title, text } = errorText("en", error.code, error.details);
    return `${title}. ${text}`;
  }
  if (!(error instanceof Error)) return "Failed";
  const cure = "code" in error ? CURES[String(error.code)] : undefined;
  return cure === undefined ? error.message : `${error.message}\n${cure}`;
}

const GONE = "The database, or where content is kept, does not answer. This tells more: npm run admin -- doctor";
const PERMISSION = "Run the command as the user that the server runs as, and let that user write there.";
const NO_FOLDER = "A file is where a folder should be. Name a folder, or a new one.";
/** What to do about what the system refuses. */
const CURES: Readonly<Record<string, string>> = {
  EACCES: PERMISSION,
  EPERM: PERMISSION,
  EROFS: "That disk is read-only. Name a folder on another one.",
  EEXIST: NO_FOLDER,
  ENOTDIR: NO_FOLDER,
  EISDIR: "A folder is where a file should be. Name a file.",
  ENOSPC: "The disk is full. Make room, then give the same command again.",
};

if (import.meta.main) process.exitCode = await admin(process.argv.slice(2), process.env);
