/**
 * The operator's commands on a whole installation: back-up, restore, verify, move. One result on stdout; words and progress on stderr, progress
 * only on a terminal.
 */
import { existsSync } from "node:fs";
import process from "node:process";
import { type Config, readConfig } from "./config.ts";
import {
  backUp,
  type Disagreement,
  MaintenanceError,
  move,
  moveContent,
  type Progress,
  restore,
  verify,
} from "./features/maintenance/index.ts";
import { openContent, openInstallation, openMoveSource, placeServerKey } from "./installation.ts";
import { blobsName } from "./platform/blobs/index.ts";
import { requireFinishedCopy } from "./platform/database/copy/index.ts";
import { placeName } from "./platform/database/index.ts";

export interface MaintenanceOptions {
  readonly to?: string;
  readonly from?: string;
  readonly at?: string;
  readonly keep?: string;
  readonly "with-key"?: boolean;
  readonly "without-register"?: boolean;
  readonly mend?: boolean;
  readonly deep?: boolean;
  readonly json?: boolean;
}

export const MAINTENANCE_USAGE = `  back-up --to FOLDER [--keep N] [--with-key]    a back-up while the server runs; N (7) of them stay
  restore --from FOLDER [--at NAME] [--without-register]    into an empty installation
  verify [--mend] [--deep] [--json]              hold database and content against each other
  move --to FILE                                 copy everything to the installation that FILE configures`;

/** The command line is wrong: nothing was begun. */
export class NotUnderstood extends MaintenanceError {}

type Run = (config: Config, options: MaintenanceOptions, environment: NodeJS.ProcessEnv) => Promise<number>;

export const MAINTENANCE: Readonly<Record<string, Run>> = {
  "back-up": runBackUp,
  restore: runRestore,
  verify: runVerify,
  move: runMove,
};

const KEEP = 7;

/** A folder that was mistyped must not become a new installation, of which an empty back-up is then kept. */
function requireDatabase({ database }: Config): void {
  if (database.engine !== "sqlite" || existsSync(database.path)) return;
  throw new MaintenanceError(
    `There is no installation: ${database.path} does not exist. Give the settings of the server (PLI_DATA, or PLI_CONFIG)`,
  );
}

async function runBackUp(config: Config, options: MaintenanceOptions): Promise<number> {
  const to = needed(options.to, "to");
  const keep = Number(options.keep ?? KEEP);
  if (!Number.isInteger(keep) || keep < 1) throw new NotUnderstood("--keep is a whole number from 1");
  requireDatabase(config);
  const installation = await openInstallation(config);
  try {
    await requireFinishedCopy(installation.services.db.read);
    const withKey = options["with-key"] === true;
    const report = await backUp(installation, { to, keep, withKey, progress: onTerminal });
    const { envelopes, chunks, sizeBytes } = report.manifest.content;
    say(`${envelopes} envelopes, ${chunks} chunks (${report.copiedChunks} new), ${sizeBytes} bytes.`);
    if (report.gone > 0) say(`${report.gone} envelopes were destroyed meanwhile, and are not in it.`);
    if (!report.manifest.hasKey) say(`The key file is not in it: keep a copy of ${config.keyFile} apart.`);
    for (const name of report.missing) say(`Missing in the store: ${name}`);
    process.stdout.write(`${report.path}\n`);
    if (report.missing.length === 0) return 0;
    say("Content is missing in the store. See: verify");
    return 1;
  } finally {
    await installation.close();
  }
}

async function runRestore(config: Config, options: MaintenanceOptions): Promise<number> {
  const from = needed(options.from, "from");
  const installation = await openInstallation(config);
  try {
    const wishes = {
      from,
      name: options.at ?? null,
      withoutRegister: options["without-register"] === true,
      progress: onTerminal,
    };
    const report = await restore(installation, wishes, (path) => placeServerKey(path, config.keyFile));
    if (report === null) {
      say("This back-up was restored here before: it is not restored again.");
      return await verifyAndSay(installation.services, { mend: true, deep: false, json: options.json === true });
    }
    const { manifest, settled, mailsGivenUp, filled } = report;
    say(`Restored as of ${new Date(manifest.takenAtMs).toISOString()}: ${filled.envelopes} envelopes with content.`);
    if (settled === null) say("Without the register of destruction: what was destroyed since may open again.");
    else {
      say(`Ended again, because they were ended since: ${settled.ended}. Openings given since: ${settled.openings}.`);
      if (settled.slotsKept > 0) say(`${settled.slotsKept} removed ways to unlock stay: there is no other.`);
      if (settled.damagedLines > 0) say(`${settled.damagedLines} lines of the register could not be read.`);
    }
    if (mailsGivenUp > 0)
      say(`${mailsGivenUp} mails that waited are not sent: they may have gone out. Senders see it.`);
    say("Everybody signs in again, and programs need new tokens (create-token).");
    if (!manifest.hasKey) say("Put the key file back, if you have it: without it nothing is lost but what waited.");
    return await verifyAndSay(installation.services, { mend: true, deep: false, json: options.json === true });
  } finally {
    await installation.close();
  }
}

async function runVerify(config: Config, options: MaintenanceOptions): Promise<number> {
  requireDatabase(config);
  const installation = await openInstallation(config);
  try {
    await requireFinishedCopy(installation.services.db.read);
    const { mend = false, deep = false, json = false } = options;
    return await verifyAndSay(installation.services, { mend, deep, json });
  } finally {
    await installation.close();
  }
}

/** @returns 0 when nothing is left to mend */
async function verifyAndSay(
  services: Parameters<typeof verify>[0],
  { mend, deep, json }: { readonly mend: boolean; readonly deep: boolean; readonly json: boolean },
): Promise<number> {
  const report = ({ check, envelope, words, mend: how }: Disagreement, isMended: boolean) => {
    const state = isMended ? "mended" : how === undefined ? "fault" : "mendable";
    const line = `${state.padEnd(9)}${check.padEnd(10)}${envelope === null ? "" : `${envelope} `}${words}`;
    process.stdout.write(`${json ? JSON.stringify({ state, check, envelope, found: words }) : line}\n`);
  };
  const { envelopes, found, mended } = await verify(services, { mend, deep, progress: onTerminal, report });
  const left = found - mended;
  say(`${envelopes} envelopes verified. Disagreements: ${found}, mended: ${mended}.`);
  if (left > 0 && !mend) say("What is mendable is mended by: verify --mend");
  return left === 0 ? 0 : 1;
}

async function runMove(config: Config, options: MaintenanceOptions, environment: NodeJS.ProcessEnv): Promise<number> {
  const file = needed(options.to, "to");
  const wanted = readConfig({ ...withoutSettings(environment), PLI_CONFIG: file });
  const isSameDatabase = placeName(wanted.database) === placeName(config.database);
  if (isSameDatabase && blobsName(wanted.blobs) === blobsName(config.blobs)) {
    throw new MaintenanceError(
      `${file} names the same database and the same place for content. There is nothing to move`,
    );
  }
  requireDatabase(config);
  const source = await openMoveSource(config);
  const placeKey = () => placeServerKey(config.keyFile, wanted.keyFile);
  try {
    const missing = isSameDatabase
      ? await moveContentTo(source, wanted, placeKey)
      : await moveTo(source, wanted, placeKey);
    for (const name of missing) say(`Missing at the source, too: ${name}`);
    const old = isSameDatabase ? "content" : "installation";
    say(`Start the server with the settings of ${file}. The old ${old} was not changed: remove it when you are sure.`);
    process.stdout.write(`${isSameDatabase ? blobsName(wanted.blobs) : placeName(wanted.database)}\n`);
    return missing.length === 0 ? 0 : 1;
  } finally {
    await source.close();
  }
}

type MoveFrom = Parameters<typeof move>[0];

/** @returns names of chunks that are missing at the source, too */
async function moveTo(source: MoveFrom, wanted: Config, placeKey: () => Promise<void>): Promise<readonly string[]> {
  const target = await openInstallation(wanted);
  try {
    const report = await move(source, target, placeKey, onTerminal);
    if (report === null) {
      say("It was moved there before, as it is: nothing was changed.");
      return [];
    }
    const rows = report.tables.reduce((sum, table) => sum + table.rows, 0);
    say(
      `${report.tables.length} tables with ${rows} rows and ${report.filled.chunks} chunks were copied and compared.`,
    );
    return report.filled.missing;
  } finally {
    await target.close();
  }
}

/** The database stays where it is. @returns as `moveTo` */
async function moveContentTo(
  source: MoveFrom,
  wanted: Config,
  placeKey: () => Promise<void>,
): Promise<readonly string[]> {
  const target = openContent(wanted);
  try {
    const { chunks, missing } = await moveContent(source, target, placeKey, onTerminal);
    say(`${chunks} chunks were copied and compared. The database stays where it is.`);
    return missing;
  } finally {
    await target.close();
  }
}

/** What is not Pli's, such as the credentials of a bucket: the settings of the old installation are not those of the new one. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("PLI_")));
}

function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === "") throw new NotUnderstood(`--${name} is missing`);
  return value;
}

function say(words: string): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  process.stderr.write(`${words}\n`);
}

let shownAtMs = Number.NEGATIVE_INFINITY;

/** One line that changes, a few times a second; nothing where nobody looks. */
const onTerminal: Progress = (words) => {
  const nowMs = performance.now();
  if (!process.stderr.isTTY || nowMs - shownAtMs < 200) return;
  shownAtMs = nowMs;
  process.stderr.write(`\r\u001b[K${words}`);
};
