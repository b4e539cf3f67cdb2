/**
 * DKIM (RFC 6376): the key that signs our mails and the DNS record that says so. RSA with SHA-256, since not every receiver knows Ed25519 yet
 * (RFC 8463). Never prints the key.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export interface DkimSettings {
  readonly domain: string;
  readonly selector: string;
  /** PEM. A secret. */
  readonly key: string;
}

const RSA_BITS = 2048;
/** RFC 8301: at least 1024; receivers look down on less than 2048, and DNS on more than 4096. */
const RSA_BITS_MAX = 4096;

/** Header fields that are signed where a mail has them: none can be changed on the way (RFC 6376, 5.4; RFC 8058, 4). */
const SIGNED_HEADERS = [
  "From",
  "Reply-To",
  "Subject",
  "Date",
  "Message-ID",
  "To",
  "MIME-Version",
  "Content-Type",
  "Content-Transfer-Encoding",
  "Content-Language",
  "Auto-Submitted",
  "List-Unsubscribe",
  "List-Unsubscribe-Post",
];

/** As nodemailer takes them. */
export function dkimOptions({ domain, selector, key }: DkimSettings) {
  return {
    domainName: domain,
    keySelector: selector,
    privateKey: key,
    hashAlgo: "sha256",
    headerFieldNames: SIGNED_HEADERS.join(":"),
  };
}

/** @returns whether it is an RSA key in PEM of a length that receivers take */
export function isDkimKey(pem: string): boolean {
  const key = privateKeyOf(pem);
  const bits = key?.asymmetricKeyDetails?.modulusLength ?? 0;
  return key?.asymmetricKeyType === "rsa" && bits >= RSA_BITS && bits <= RSA_BITS_MAX;
}

function privateKeyOf(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}

/** A label or two of a DNS name, as selectors and domains are made of (RFC 6376, 3.1). */
export function isDnsName(text: string): boolean {
  return text.length <= 253 && text.split(".").every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label));
}

export interface DnsRecord {
  readonly name: string;
  /** The whole text; in a zone file it stands in pieces of at most 255 characters. */
  readonly text: string;
}

/** What to publish (RFC 6376, 3.6.1). */
export function dkimRecord({ domain, selector, key }: DkimSettings): DnsRecord {
  const der = createPublicKey(key).export({ type: "spki", format: "der" });
  return { name: `${selector}._domainkey.${domain}`, text: `v=DKIM1; k=rsa; p=${der.toString("base64")}` };
}

/** A line of a zone file (RFC 1035, 5.1). */
export function zoneLine({ name, text }: DnsRecord): string {
  const pieces = text.match(/.{1,255}/g) ?? [""];
  const quoted = pieces.map((piece) => `"${piece}"`).join(" ");
  return `${name}. IN TXT ${pieces.length === 1 ? quoted : `( ${quoted} )`}`;
}

/** A new key in a file of its own, for its owner alone. @throws Error when there is a file already */
export function makeDkimKey(path: string): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: RSA_BITS });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, pem, { mode: 0o600, flag: "wx" });
  return pem;
}
