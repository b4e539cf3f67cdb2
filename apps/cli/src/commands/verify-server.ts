/** `pli verify-server`: compares what a server serves to browsers with the list of a release (spec: operations.md Q9). Needs no account. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ReleaseList, readReleaseList, type ServerReport, verifyServer } from "@pli/client/verify-server";
import { toBase64url } from "@pli/core/bytes";
import { nodeCrypto } from "@pli/core/crypto-node";
import { PliError } from "@pli/core/errors";
import { verifyServerTexts } from "@pli/texts/verify-server";
import { type Command, type Context, Refused, UsageError } from "../command.ts";
import { serverOrigin, warnIfPlain } from "../connect.ts";
import { createOrdinaryClient } from "../ordinary-request.ts";
import { printable } from "../printable.ts";
import { readText } from "../terminal.ts";

/** The list made with this program: by the repository's build, or beside the published package's own files. */
const OWN_LISTS = ["../../../web/dist/release-hashes.json", "../../release-hashes.json"].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);
/** More lines than these say nothing new to a person. */
const FAULTS_SHOWN = 30;

async function readList(context: Context, given: string | undefined): Promise<ReleaseList> {
  const path = given ?? OWN_LISTS.find((own) => existsSync(own));
  if (path === undefined) throw new UsageError(context.texts.noHashes);
  const text = await readText(context, path);
  try {
    return readReleaseList(text);
  } catch (error) {
    if (error instanceof PliError && error.code === "bad_input")
      throw new UsageError(context.texts.badHashes({ path }));
    throw error;
  }
}

function show(context: Context, { faults }: ServerReport): void {
  const words = verifyServerTexts(context.language);
  for (const { path, kind, detail } of faults.slice(0, FAULTS_SHOWN)) {
    context.print(`${path}: ${words.faults[kind]({ detail: printable(detail) })}`);
  }
  if (faults.length > FAULTS_SHOWN) context.print(context.texts.andMore({ count: faults.length - FAULTS_SHOWN }));
}

export const verifyServerCommand: Command = {
  name: "verify-server",
  positionals: { shown: "URL", least: 1, most: 1 },
  options: ["hashes", "storage", "json"],
  async run(context, { values, positionals: [address = ""] }) {
    const words = verifyServerTexts(context.language);
    const origin = serverOrigin(context, address);
    const connections = (values.storage ?? []).map((storage) => serverOrigin(context, storage));
    const list = await readList(context, values.hashes);
    warnIfPlain(context, origin);
    const client = createOrdinaryClient(context.signal);
    const report = await verifyServer({
      origin,
      list,
      connections,
      get: client.get,
      sha256: nodeCrypto.sha256,
      newName: () => toBase64url(nodeCrypto.randomBytes(16)),
    }).finally(() => client.close());
    const { server, version, compared, faults } = report;
    if (faults.length === 0) {
      if (values.json) return context.printJson(report);
      context.print(words.same({ server, count: compared, version }));
      return context.say(words.onlyYou);
    }
    if (!values.json) show(context, report);
    const count = new Set(faults.map(({ path }) => path)).size;
    const summary = words.differs({ server, count, compared, version });
    throw new Refused("integrity", `${summary}\n${words.otherRelease}`, report);
  },
};
