/**
 * The few answers of S3 that we read, out of their XML: a page of a listing, a word why not. The keys are ours and hold no character that XML
 * would change; tokens may, and are read as XML. Not a parser of XML at large.
 */
import { PliError } from "@pli/core/errors";

export interface ListingPage {
  readonly objects: readonly { readonly key: string; readonly sizeBytes: number }[];
  /** With a delimiter: what stands before it, the delimiter included. */
  readonly prefixes: readonly string[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return ENTITIES[name] ?? whole;
  });
}

/** The text of the first element of that name; null when there is none. */
export function elementText(xml: string, name: string): string | null {
  const match = new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`).exec(xml);
  return match === null ? null : plain(match[1] ?? "");
}

function elements(xml: string, name: string): string[] {
  const pattern = new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, "g");
  return [...xml.matchAll(pattern)].map((match) => match[1] ?? "");
}

/**
 * A page of `ListObjectsV2`. What something between us and the bucket answers in its place must not look like an empty one, nor a page without
 * its next like the last: what is not listed counts as lost, and what is unknown as nobody's.
 * @throws PliError `unavailable` when it is no whole page
 */
export function readListing(xml: string): ListingPage {
  if (!/<ListBucketResult[\s>]/.test(xml) || !xml.includes("</ListBucketResult>")) throw new PliError("unavailable");
  const objects = elements(xml, "Contents").map((entry) => ({
    key: elementText(entry, "Key") ?? "",
    sizeBytes: Number(elementText(entry, "Size") ?? Number.NaN),
  }));
  const prefixes = elements(xml, "CommonPrefixes").map((entry) => elementText(entry, "Prefix") ?? "");
  const more = elementText(xml, "IsTruncated") === "true";
  const next = more ? elementText(xml, "NextContinuationToken") : null;
  const isWhole = objects.every(({ key, sizeBytes }) => key !== "" && Number.isSafeInteger(sizeBytes));
  if (!isWhole || (more && !next)) throw new PliError("unavailable");
  return { objects, prefixes, next };
}

/** The code of an error answer (`NoSuchKey`); null when it has none. */
export function errorCode(xml: string): string | null {
  const code = elementText(xml, "Code");
  return code !== null && /^\w{1,80}$/.test(code) ? code : null;
}

/** Codes of what a `DeleteObjects` did not delete. */
export function deletionErrors(xml: string): readonly string[] {
  return elements(xml, "Error").map((entry) => elementText(entry, "Code") ?? "unknown");
}

/** The body of `DeleteObjects` for keys that hold no character that XML would change. */
export function deletionOrder(keys: readonly string[]): string {
  const objects = keys.map((key) => `<Object><Key>${key}</Key></Object>`).join("");
  return `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Quiet>true</Quiet>${objects}</Delete>`;
}
