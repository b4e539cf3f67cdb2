/**
 * Looks for secrets in bytes, in every form in which they might have been written down: raw, UTF-16, base64 at any offset, base64url, hex,
 * URL-encoded, JSON-escaped, HTML-escaped, as a list of numbers. A needle must be long enough not to be found by chance.
 */
const SHORTEST_BYTES = 8;

export interface Needle {
  /** What it is, for the report; never its value. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Present when it is a text: then its escaped forms are looked for too. */
  readonly text?: string;
}

export interface Found {
  readonly needle: string;
  readonly form: string;
  readonly at: number;
}

export function textNeedle(name: string, text: string): Needle {
  return checked({ name, text, bytes: Buffer.from(text, "utf8") });
}

export function bytesNeedle(name: string, bytes: Uint8Array): Needle {
  return checked({ name, bytes });
}

function checked(needle: Needle): Needle {
  if (needle.bytes.length < SHORTEST_BYTES)
    throw new Error(`the needle "${needle.name}" is too short to be told from chance`);
  return needle;
}

/** The characters of base64 that `bytes` alone decide, when they stand `offset` bytes after a multiple of three. */
function base64At(bytes: Uint8Array, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

const toUrl = (base64: string) => base64.replaceAll("+", "-").replaceAll("/", "_");

/** Every form of a needle, by name. */
export function formsOf({ bytes, text }: Needle): ReadonlyMap<string, Buffer> {
  const forms = new Map<string, Buffer>();
  const add = (name: string, form: string | Uint8Array) => {
    const buffer = typeof form === "string" ? Buffer.from(form, "utf8") : Buffer.from(form);
    if (buffer.length >= SHORTEST_BYTES) forms.set(name, buffer);
  };
  const addEncoded = (of: string, raw: Uint8Array) => {
    add(`${of}raw`, raw);
    for (const offset of [0, 1, 2]) {
      add(`${of}base64 at ${offset}`, base64At(raw, offset));
      add(`${of}base64url at ${offset}`, toUrl(base64At(raw, offset)));
    }
    const hex = Buffer.from(raw).toString("hex");
    add(`${of}hex`, hex);
    add(`${of}HEX`, hex.toUpperCase());
    add(`${of}numbers`, [...raw].join(","));
    add(`${of}numbers, spaced`, [...raw].join(", "));
  };
  addEncoded("", bytes);
  if (text === undefined) {
    const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
    add("percent", percent);
    add("PERCENT", percent.toUpperCase());
    return forms;
  }
  const utf16 = Buffer.from(text, "utf16le");
  addEncoded("UTF-16 little ", utf16);
  add("UTF-16 big", Buffer.from(utf16).swap16());
  const uri = encodeURIComponent(text);
  add("URI component", uri);
  add(
    "uri component",
    uri.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
  );
  add("form", new URLSearchParams([["", text]]).toString().slice(1));
  add("URI", encodeURI(text));
  const json = JSON.stringify(text).slice(1, -1);
  add("JSON", json);
  add("JSON in JSON", JSON.stringify(json).slice(1, -1));
  const ascii = (digits: (hex: string) => string) =>
    json.replaceAll(
      /[^\0-\x7f]/g,
      (character) => `\\u${digits(character.charCodeAt(0).toString(16).padStart(4, "0"))}`,
    );
  add(
    "JSON in ASCII",
    ascii((hex) => hex),
  );
  add(
    "JSON in ASCII, upper case",
    ascii((hex) => hex.toUpperCase()),
  );
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  add("HTML", html);
  add("HTML attribute", html.replaceAll('"', "&quot;").replaceAll("'", "&#39;"));
  add("lower case", text.toLowerCase());
  add("upper case", text.toUpperCase());
  add("quoted-printable", quotedPrintable(bytes));
  return forms;
}

function quotedPrintable(bytes: Uint8Array): string {
  return [...bytes]
    .map((byte) =>
      byte >= 0x20 && byte < 0x7f && byte !== 0x3d
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    )
    .join("");
}

/** All needles in `hay`, in all their forms; each form at its first place. */
export function findNeedles(hay: Uint8Array, needles: readonly Needle[]): readonly Found[] {
  const buffer = Buffer.from(hay.buffer, hay.byteOffset, hay.length);
  const found: Found[] = [];
  for (const needle of needles) {
    for (const [form, bytes] of formsOf(needle)) {
      const at = buffer.indexOf(bytes);
      if (at >= 0) found.push({ needle: needle.name, form, at });
    }
  }
  return found;
}
