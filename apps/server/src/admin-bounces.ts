/**
 * `take-bounce`: one mail that came back, from a pipe of the operator's mail system. Speaks to that system by its exit code: 0 when it is done with,
 * 75 (EX_TEMPFAIL of sysexits.h) when it should be brought again; whatever else would make the mail system bounce the bounce.
 */
import process from "node:process";
import { PliError } from "@pli/core/errors";
import type { Config } from "./config.ts";
import { takeReport } from "./features/bounces/index.ts";
import { openKeys } from "./features/nodes/index.ts";
import { openInstallation } from "./installation.ts";
import { requireFinishedCopy } from "./platform/database/copy/index.ts";
import { REPORT_BYTES_MAX } from "./platform/smtp/index.ts";

const TRY_AGAIN = 75;

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
