/**
 * The operator's commands about mail. `take-bounce`: one mail that came back, from a pipe of the operator's mail system; speaks to that system by
 * its exit code, 0 when it is done with, 75 (EX_TEMPFAIL of sysexits.h) when it should be brought again; whatever else would make the mail system
 * bounce the bounce. `make-dkim-key`: never prints the key.
 */
import process from "node:process";
import { PliError } from "@pli/core/errors";
import type { Config } from "./config.ts";
import { dkimNames } from "./config-mail.ts";
import { ConfigError, type ConfigFault, readGivenValues } from "./config-values.ts";
import { takeReport } from "./features/bounces/index.ts";
import { openKeys } from "./features/nodes/index.ts";
import { openInstallation } from "./installation.ts";
import { requireFinishedCopy } from "./platform/database/copy/index.ts";
import { dkimRecord, makeDkimKey, REPORT_BYTES_MAX, zoneLine } from "./platform/smtp/index.ts";

const TRY_AGAIN = 75;

/** Writes a new key to `path`; the record to publish, alone, to stdout. Needs no key, no database and no server. */
export function makeKey(environment: NodeJS.ProcessEnv, path: string): number {
  const faults: ConfigFault[] = [];
  // Settings of a key that is not there yet are no fault of this command.
  const names = dkimNames(readGivenValues(environment, []), faults);
  if (names.domain === "" || names.domain === "localhost") {
    faults.push({
      name: "PLI_MAIL_FROM",
      fault: "not set",
      cure: "Give the address that mails come from, or PLI_DKIM_DOMAIN",
    });
  }
  if (faults.length > 0) throw new ConfigError(faults);
  try {
    process.stdout.write(`${zoneLine(dkimRecord({ ...names, key: makeDkimKey(path) }))}\n`);
  } catch (error) {
    const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
    process.stderr.write(
      `${exists ? `${path} is there already: it is not written over` : `${path} cannot be written`}\n`,
    );
    return 1;
  }
  process.stderr.write(`Publish this record, then set PLI_DKIM_KEY_FILE=${path} and start the server again\n`);
  return 0;
}

/** @param input the mail as it came @param recipient whom it was sent to, where the mail system says so */
export async function takeBounce(
  config: Config,
  input: AsyncIterable<Uint8Array>,
  recipient: string | undefined,
): Promise<number> {
  const raw = await readAll(input);
  if (config.bounceAddress === null) {
    process.stderr.write("PLI_BOUNCE_ADDRESS is not set: no bounce is ours\n");
    return 1;
  }
  try {
    const installation = await openInstallation(config);
    try {
      const { services } = installation;
      await requireFinishedCopy(services.db.read);
      const own = { ...services, keys: await openKeys(config, services.db) };
      process.stdout.write(`${await takeReport(own, raw, recipient === undefined ? [] : [recipient])}\n`);
      return 0;
    } finally {
      await installation.close();
    }
  } catch (error) {
    if (!(error instanceof PliError) || error.code !== "unavailable") throw error;
    process.stderr.write("The database does not answer: bring it again later\n");
    return TRY_AGAIN;
  }
}

/** No more than a report is long. Reads to the end all the same, so that whoever writes is not cut off. */
async function readAll(input: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of input) {
    sizeBytes += piece.length;
    if (sizeBytes <= REPORT_BYTES_MAX) pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
