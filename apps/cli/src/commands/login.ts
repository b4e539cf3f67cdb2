/** `pli login`: the server, the token, and the keyring, which is made here when there is none (spec: organisations.md A3; protocol.md Z9 to Z11). */
import { hostname } from "node:os";
import {
  checkKeyring,
  createTransport,
  getAccount,
  getKeyring,
  getServerInfo,
  makeKeyring,
  storeKeyring,
} from "@pli/client";
import { toBase64url } from "@pli/core/bytes";
import { nodeCrypto } from "@pli/core/crypto-node";
import { PliError } from "@pli/core/errors";
import { openPassphraseSlot, type Seed } from "@pli/core/sealing";
import type { Keyring } from "@pli/core/wire";
import { type Command, type Context, Refused, UsageError } from "../command.ts";
import { AGENT, serverOrigin, warnIfPlain } from "../connect.ts";
import { readAccount, writeAccount } from "../home.ts";
import { ask, askTwice, canAsk, readSecret } from "../terminal.ts";

async function option(context: Context, name: string, given: string | undefined, question: string): Promise<string> {
  if (given !== undefined) return given;
  if (!canAsk(context)) throw new UsageError(context.texts.missing({ option: name }));
  return ask(context, question);
}

/** The seed behind a passphrase: whichever passphrase slot it opens. @throws Refused `wrong_password` */
async function unlock(context: Context, keyring: Keyring, passphrase: string): Promise<Seed> {
  const slots = keyring.slots.filter(({ kind }) => kind === "passphrase");
  if (slots.length === 0) throw new UsageError(context.texts.noPassphraseSlot);
  for (const slot of slots) {
    try {
      return await openPassphraseSlot(nodeCrypto, { slot, passphrase });
    } catch (error) {
      if (!(error instanceof PliError && error.code === "wrong_password")) throw error;
    }
  }
  throw new Refused("wrong_password", context.texts.wrongPassphrase);
}

export const login: Command = {
  name: "login",
  options: ["server", "token-file", "passphrase-file", "json"],
  async run(context, { values }) {
    const { texts } = context;
    const server = serverOrigin(context, await option(context, "--server", values.server, texts.askServer));
    warnIfPlain(context, server);
    const tokenFile = values["token-file"];
    if (tokenFile === undefined && !canAsk(context)) throw new UsageError(texts.missing({ option: "--token-file" }));
    const token = (
      tokenFile === undefined
        ? await ask(context, texts.askToken, { secret: true })
        : await readSecret(context, tokenFile)
    ).trim();
    if (!/^[\w-]+$/.test(token))
      throw new UsageError(texts.wrongValue({ option: "--token-file", value: tokenFile ?? "…" }));
    const t = createTransport({ origin: server, fetch: globalThis.fetch, agent: AGENT, token });
    const info = await getServerInfo(t);
    if (info?.product !== "pli") throw new UsageError(texts.notPli({ server }));
    const account = await getAccount(t);
    const stored = await getKeyring(t);
    const before = await readAccount(context.home);
    const isSame = before?.server === server && before.memberId === account.memberId;
    if (isSame && stored !== null && before.kemPublic !== stored.kemPublic) {
      throw new PliError("integrity", { details: { field: "keyring" } });
    }

    const passphraseFile = values["passphrase-file"];
    const question = stored === null ? texts.askNewPassphrase : texts.askPassphrase;
    if (passphraseFile === undefined && !canAsk(context)) {
      throw new UsageError(texts.missing({ option: "--passphrase-file" }));
    }
    const passphrase =
      passphraseFile !== undefined
        ? await readSecret(context, passphraseFile)
        : stored === null
          ? await askTwice(context, question)
          : await ask(context, question, { secret: true });
    if (passphrase === "") throw new UsageError(texts.emptyPassphrase);

    let seed: Seed;
    let kemPublic: string;
    let signPublic: string;
    if (stored === null) {
      const made = await makeKeyring(nodeCrypto, { passphrase, slotName: hostname().slice(0, 60) || "pli" });
      await storeKeyring(t, made.creation);
      ({ seed } = made);
      ({ kemPublic, signPublic } = made.creation);
    } else {
      seed = await unlock(context, stored, passphrase);
      await checkKeyring(nodeCrypto, seed, stored);
      ({ kemPublic, signPublic } = stored);
    }
    const { memberId, address, name } = account;
    await writeAccount(context.home, {
      v: 1,
      server,
      token,
      memberId,
      address,
      name,
      kemPublic,
      signPublic,
      seed: toBase64url(seed),
    });
    const keyring = stored === null ? "created" : "unlocked";
    if (values.json) return context.printJson({ server, address, memberId, keyring });
    if (stored === null) context.say(texts.keysCreated);
    context.print(texts.loggedIn({ address, server }));
  },
};
