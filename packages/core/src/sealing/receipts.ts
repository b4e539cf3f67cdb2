/**
 * The receipt that the writer of a reply keeps (spec: messages.md M16): what was sent, to whom and when, in one file under a password.
 *
 *     head = "pli/1/receipt" ‖ 0x0a ‖ salt (16) ‖ memory in KiB ‖ passes ‖ lanes (uint32, big-endian)      42 bytes
 *     PW   = Argon2id of the password with these (password-hash.ts)
 *     key  = HKDF-SHA256(PW, salt = the same salt, info = "pli/1/receipt", 32 bytes)
 *     file = head ‖ JSON in UTF-8, sealed as a part 0 under `key` (segments.ts)
 *
 * Every byte decides: of the head too, since the key hangs on it. It proves nothing by itself but to who can compare the commitment with the server's
 * journal. Never holds a key, a link or a file's content.
 */
import { concatBytes, fromBase64url, fromUtf8, toBase64url, utf8 } from "../bytes.ts";
import { PliError } from "../errors.ts";
import { LIMITS } from "../wire/limits.ts";
import { openBytes, sealBytes } from "./content.ts";
import { asContentKey, type ContentKey } from "./keys.ts";
import { newPasswordParams } from "./new-password.ts";
import { checkArgon2Cost, type PasswordParams, stretchPassword } from "./password-hash.ts";
import type { Argon2Cost, CryptoProvider } from "./provider.ts";
import { HEADER_BYTES, TAG_BYTES } from "./segments.ts";
import { isDateTime, list, object, text, whole } from "./shape.ts";

export interface Receipt {
  readonly v: 1;
  /** Of the server, `https://HOST`. */
  readonly origin: string;
  readonly envelopeId: string;
  readonly inReplyTo: string;
  /** ISO 8601, UTC: by the device, and by the server's answer. */
  readonly createdAt: string;
  readonly sentAt: string;
  /** Z16, base64url: over what was sealed. The server keeps it in its journal. */
  readonly commitment: string;
  readonly from: ReceiptPerson;
  readonly to: readonly ReceiptPerson[];
  readonly subject: string;
  readonly text: string;
  /** SHA-256 of the plaintext, base64url. */
  readonly files: readonly { readonly name: string; readonly sizeBytes: number; readonly sha256: string }[];
}
export interface ReceiptPerson {
  readonly name: string;
  readonly address: string;
}

const VERSION = 1;
const LABEL = "pli/1/receipt";
const MAGIC = utf8(`${LABEL}\n`);
const MAGIC_FAMILY = utf8("pli/");
const SALT_BYTES = 16;
const HEAD_BYTES = MAGIC.length + SALT_BYTES + 12;
const TEXT_UNITS = 1_000_000;
/** A text of that length in JSON at its longest, and as many files as an envelope may have. */
export const RECEIPT_BYTES_MOST = 32 * 1024 * 1024;

/** @throws PliError `bad_input` on an empty password, or when a reader would refuse the receipt */
export async function sealReceipt(
  crypto: CryptoProvider,
  receipt: Receipt,
  protection: { readonly password: string; readonly argon2?: Argon2Cost },
): Promise<Uint8Array> {
  let checked: Receipt;
  try {
    checked = readReceipt(receipt);
  } catch (cause) {
    throw new PliError("bad_input", { details: { field: "receipt" }, cause });
  }
  const params = newPasswordParams(crypto, protection.argon2);
  const contentKey = await keyOf(crypto, protection.password, params);
  const sealed = await sealBytes(crypto, { contentKey, part: 0 }, utf8(JSON.stringify(checked)));
  return concatBytes(encodeHead(params), sealed);
}

/**
 * @throws PliError `bad_input` when it is no receipt; `unsupported_version` when it is one of a newer Pli; `wrong_password` when it does not open by this
 * one, or was changed: nothing tells the two apart
 */
export async function openReceipt(crypto: CryptoProvider, file: Uint8Array, password: string): Promise<Receipt> {
  const contentKey = await keyOf(crypto, password, decodeHead(file));
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(await openBytes(crypto, { contentKey, part: 0 }, file.subarray(HEAD_BYTES))));
  } catch {
    throw new PliError("wrong_password");
  }
  return readReceipt(value);
}

async function keyOf(crypto: CryptoProvider, password: string, params: PasswordParams): Promise<ContentKey> {
  const stretched = await stretchPassword(crypto, password, params);
  return asContentKey(await crypto.hkdfSha256(stretched, fromBase64url(params.salt, SALT_BYTES), LABEL, 32));
}

function encodeHead({ salt, memoryKiB, passes, lanes }: PasswordParams): Uint8Array {
  const numbers = new DataView(new ArrayBuffer(12));
  for (const [at, value] of [memoryKiB, passes, lanes].entries()) numbers.setUint32(at * 4, value);
  return concatBytes(MAGIC, fromBase64url(salt, SALT_BYTES), new Uint8Array(numbers.buffer));
}

function startsWith(file: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, at) => file[at] === byte);
}

function decodeHead(file: Uint8Array): PasswordParams {
  const refuse = (): never => {
    throw new PliError("bad_input", { details: { field: "receipt" } });
  };
  if (file.length < HEAD_BYTES + HEADER_BYTES + TAG_BYTES || file.length > RECEIPT_BYTES_MOST) return refuse();
  if (!startsWith(file, MAGIC)) {
    const name = new TextDecoder().decode(file.subarray(MAGIC_FAMILY.length, MAGIC.length));
    if (startsWith(file, MAGIC_FAMILY) && /^[2-9]\/receipt\n$/.test(name)) throw new PliError("unsupported_version");
    return refuse();
  }
  const numbers = new DataView(file.buffer, file.byteOffset + MAGIC.length + SALT_BYTES, 12);
  const [memoryKiB, passes, lanes] = [0, 4, 8].map((at) => numbers.getUint32(at)) as [number, number, number];
  const params = { salt: toBase64url(file.slice(MAGIC.length, MAGIC.length + SALT_BYTES)), memoryKiB, passes };
  checkArgon2Cost({ memoryKiB, passes, lanes });
  return { ...params, lanes: 1 };
}

function readPerson(value: unknown): ReceiptPerson {
  const { name, address } = object(value);
  return { name: text(name, 0, LIMITS.nameCharacters * 2), address: text(address, 1, LIMITS.addressCharacters) };
}

function digest(value: unknown): string {
  const string = text(value, 43, 43);
  fromBase64url(string, 32);
  return string;
}

/** Unknown fields are dropped. @throws PliError `integrity`, `unsupported_version` */
function readReceipt(value: unknown): Receipt {
  const fields = object(value);
  if (whole(fields.v, VERSION) > VERSION) throw new PliError("unsupported_version");
  return {
    v: VERSION,
    origin: text(fields.origin, 1, 300),
    envelopeId: text(fields.envelopeId, 1, 128),
    inReplyTo: text(fields.inReplyTo, 1, 128),
    createdAt: isDateTime(fields.createdAt),
    sentAt: isDateTime(fields.sentAt),
    commitment: digest(fields.commitment),
    from: readPerson(fields.from),
    to: list(fields.to, LIMITS.recipients + 1).map(readPerson),
    subject: text(fields.subject, 0, 1000),
    text: text(fields.text, 0, TEXT_UNITS),
    files: list(fields.files, LIMITS.partsPerEnvelope).map((file) => {
      const { name, sizeBytes, sha256 } = object(file);
      return { name: text(name, 1, 1024), sizeBytes: whole(sizeBytes, 0), sha256: digest(sha256) };
    }),
  };
}
