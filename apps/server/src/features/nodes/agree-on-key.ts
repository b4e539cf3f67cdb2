/**
 * All nodes have the same key file, or what one seals the others cannot open, and a code asked at one is wrong at another. The database keeps
 * the key's fingerprint, never the key: a node with another key, or without one where there was one, does not start.
 */
import { type DatabasePlace, type Db, placeName } from "../../platform/database/index.ts";
import { createServerKey, keysOf, readServerKey, type ServerKeys } from "../../platform/keys.ts";
import { deleteKeyFingerprint, findKeyFingerprint, keepKeyFingerprint } from "./nodes.queries.ts";

export interface KeyPlace {
  readonly keyFile: string;
  /** The operator named the file: then it is there already, or a mistake. */
  readonly keyFileNamed: boolean;
  readonly database: DatabasePlace;
}

/** This node does not have the key of its installation; the message says so, with the cure, for the operator. */
export class KeyRefused extends Error {
  constructor(words: string) {
    super(words);
    this.name = "KeyRefused";
  }
}

const LOST =
  "If that key is lost for good, run: npm run admin -- forget-key. Mails that wait then fail; nothing else is lost";

/** The keys of this installation. Makes the key file at the very first start. @throws KeyRefused */
export async function openKeys({ keyFile, keyFileNamed, database }: KeyPlace, db: Db): Promise<ServerKeys> {
  const known = await findKeyFingerprint(db.read);
  let secret = readServerKey(keyFile);
  if (secret === null) {
    if (keyFileNamed) throw new KeyRefused(`PLI_KEY_FILE: there is no key file ${keyFile}`);
    if (known !== null) {
      throw new KeyRefused(
        `the key file ${keyFile} is missing, and ${placeName(database)} was used with one. Copy it from another node or from your back-up, or name it by PLI_KEY_FILE. ${LOST}`,
      );
    }
    secret = createServerKey(keyFile);
  }
  const keys = keysOf(secret);
  const own = Buffer.from(keys.derive("fingerprint")).toString("base64url");
  if (known === null) await db.write((tx) => keepKeyFingerprint(tx, own));
  if ((known ?? (await findKeyFingerprint(db.read))) === own) return keys;
  throw new KeyRefused(
    `the key file ${keyFile} is not that of the other nodes of ${placeName(database)}. Copy theirs, or name it by PLI_KEY_FILE. ${LOST}`,
  );
}

/** The next node that starts says which key it is. */
export async function forgetKey(db: Db): Promise<void> {
  await db.write((tx) => deleteKeyFingerprint(tx));
}
