/** Ways to a server: as the member who logged in, or as this device in front of a link. */
import { checkKeyring, createTransport, getAccount, type Transport } from "@pli/client";
import { createCookieJar, nodePutBytes } from "@pli/client/node";
import { nodeCrypto } from "@pli/core/crypto-node";
import { PliError } from "@pli/core/errors";
import type { KeyringKeys } from "@pli/core/sealing";
import type { Account } from "@pli/core/wire";
import { type Context, UsageError } from "./command.ts";
import { type KeptAccount, readAccount, readDevice, seedOf, writeDevice } from "./home.ts";
import { VERSION } from "./version.ts";

const SYSTEMS: Readonly<Record<string, string>> = { darwin: "Macintosh", linux: "Linux", win32: "Windows" };
/** What the register of openings shows of this program: nothing about this computer but its system. */
export const AGENT = `pli/${VERSION} (${SYSTEMS[process.platform] ?? process.platform})`;

const HTTP = { fetch: globalThis.fetch, putBytes: nodePutBytes, agent: AGENT };

export interface Member {
  readonly t: Transport;
  readonly kept: KeptAccount;
}

/** A server's address as people type it: the origin, `https` unless said otherwise. @throws UsageError */
export function serverOrigin(context: Context, text: string): string {
  const typed = text.trim();
  const url = URL.parse(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (url === null || url.hostname === "" || url.username !== "") {
    throw new UsageError(context.texts.wrongValue({ option: "--server", value: typed }));
  }
  return url.origin;
}

/** Says so when a connection is not encrypted and does not stay on this computer. */
export function warnIfPlain(context: Context, origin: string): void {
  const { protocol, hostname } = new URL(origin);
  const own =
    hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" || /^127\./.test(hostname);
  if (protocol === "http:" && !own) context.say(context.texts.plainHttp({ server: origin }));
}

/** @throws UsageError when nobody logged in on this computer */
export async function asMember(context: Context): Promise<Member> {
  const kept = await readAccount(context.home);
  if (kept === null) throw new UsageError(context.texts.notLoggedIn);
  return {
    t: createTransport({ origin: kept.server, ...HTTP, token: kept.token }),
    kept,
  };
}

/** The keys of who logged in. */
export function keysOf({ kept }: Member): Promise<KeyringKeys> {
  return checkKeyring(nodeCrypto, seedOf(kept), kept);
}

/**
 * The account as the server has it now, its public key compared with the one that is pinned here.
 * @throws PliError `integrity` (field `keyring`) when the server shows another (Z11)
 */
export async function checkedAccount({ t, kept }: Member): Promise<Account> {
  const account = await getAccount(t);
  if (account.keyring === null || account.keyring.kemPublic !== kept.kemPublic) {
    throw new PliError("integrity", { details: { field: "keyring" } });
  }
  return account;
}

/** This device in front of the links of `origin`; what the server lets it remember holds between runs. */
export async function asDevice(context: Context, origin: string): Promise<{ t: Transport; saved(): Promise<void> }> {
  let saving = Promise.resolve();
  const jar = createCookieJar(await readDevice(context.home, origin), (cookies) => {
    saving = saving.then(() => writeDevice(context.home, origin, cookies));
  });
  warnIfPlain(context, origin);
  return { t: createTransport({ origin, ...HTTP, device: jar }), saved: () => saving };
}
