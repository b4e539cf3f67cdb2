/** `pli receipt FILE`: shows the receipt of a reply that its writer kept (spec: messages.md M16). Asks no server. */
import { readFile, stat } from "node:fs/promises";
import { nodeCrypto } from "@pli/core/crypto-node";
import { PliError } from "@pli/core/errors";
import { openReceipt, RECEIPT_BYTES_MOST, type Receipt } from "@pli/core/sealing";
import { formatDateTime, formatSize } from "@pli/texts/format";
import { type Command, type Context, Refused, UsageError } from "../command.ts";
import { person } from "../heading.ts";
import { printable } from "../printable.ts";
import { ask, canAsk, readSecret } from "../terminal.ts";

export const receipt: Command = {
  name: "receipt",
  positionals: { shown: "FILE", least: 1, most: 1 },
  options: ["password-file", "json"],
  async run(context, { values, positionals: [path = ""] }) {
    const { texts } = context;
    const bytes = await readBytes(context, path);
    const file = values["password-file"];
    if (file === undefined && !canAsk(context)) throw new Refused("wrong_password", texts.passwordNeeded);
    const password =
      file === undefined ? await ask(context, texts.askPassword, { secret: true }) : await readSecret(context, file);
    const opened = await open(context, bytes, password);
    if (values.json) return context.printJson(opened);
    print(context, opened);
  },
};

async function readBytes({ texts }: Context, path: string): Promise<Uint8Array> {
  try {
    // Nothing of that size is one: what is no receipt is not read whole.
    return (await stat(path)).size > RECEIPT_BYTES_MOST ? new Uint8Array(0) : await readFile(path);
  } catch (error) {
    throw new UsageError(texts.cannotRead({ path, reason: (error as NodeJS.ErrnoException).code ?? "" }));
  }
}

async function open({ texts }: Context, bytes: Uint8Array, password: string): Promise<Receipt> {
  try {
    return await openReceipt(nodeCrypto, bytes, password);
  } catch (error) {
    if (!(error instanceof PliError)) throw error;
    if (error.code === "wrong_password") throw new Refused("wrong_password", texts.receiptClosed);
    if (error.code === "bad_input") throw new Refused("bad_input", texts.noReceipt);
    throw error;
  }
}

function print({ texts, language, print }: Context, receipt: Receipt): void {
  const { from, to, subject, sentAt, text, files, envelopeId, commitment, origin } = receipt;
  print(`${texts.from}: ${person(from)}`);
  print(`${texts.to}: ${to.map(person).join(", ")}`);
  print(`${texts.sentAt}: ${formatDateTime(language, Date.parse(sentAt))}`);
  print(`${texts.subject}: ${printable(subject)}`);
  print("");
  for (const line of text.split("\n")) print(printable(line));
  print("");
  for (const { name, sizeBytes, sha256 } of files) {
    print(
      `${printable(name)}  ${formatSize(language, sizeBytes)}  SHA-256 ${Buffer.from(sha256, "base64url").toString("hex")}`,
    );
  }
  print(texts.envelope({ id: printable(envelopeId) }));
  print(texts.receiptServer({ origin: printable(origin) }));
  print(texts.receiptCommitment({ commitment }));
}
