/**
 * File names from strangers, made safe to write on any system: no way out of the folder, no hidden or reserved name, no character that
 * a terminal or a file manager shows as something else. Keeps everything that is a plain letter in some script.
 */
import { utf8 } from "@pli/core/bytes";
import { seenName } from "./shown-name.ts";

/** Not allowed in names on Windows, or separators on some system. */
const FORBIDDEN = /[<>:"|?*\\/]/g;
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(?= *(?:\.|$))/i;
const MOST_BYTES = 200;
const MOST_FOLDERS = 16;

/** Cuts to `mostBytes` of UTF-8, between characters. */
function cut(text: string, mostBytes: number): string {
  let kept = "";
  let bytes = 0;
  for (const character of text) {
    bytes += utf8(character).length;
    if (bytes > mostBytes) break;
    kept += character;
  }
  return kept;
}

/** One name, without folders. Never empty. */
export function safeFileName(name: string): string {
  const safe = seenName(name.replace(/\p{Surrogate}/gu, "\ufffd").normalize("NFC"))
    .replace(FORBIDDEN, "_")
    .trim()
    .replace(/[. ]+$/u, "")
    // Hidden files (.bashrc) and options (-rf) are taken for something else than content.
    .replace(/^(?=[.-])/, "_");
  if (safe === "") return "file";
  const extension = /\.[^.]{1,16}$/u.exec(safe)?.[0] ?? "";
  const stem = safe.slice(0, safe.length - extension.length);
  const short = cut(stem, MOST_BYTES - utf8(extension).length).replace(/[. ]+$/u, "");
  // Last, since cutting may have laid a reserved name bare.
  return ((short === "" ? "file" : short) + extension).replace(RESERVED, "_$&");
}

/** A name that may have folders, as path segments below the output folder; the last is the file. */
export function safeRelativePath(name: string): readonly string[] {
  const segments = name.split(/[\\/]+/).filter((segment) => segment !== "" && segment !== "." && segment !== "..");
  const safe = segments.map(safeFileName);
  return safe.length === 0 ? ["file"] : [...safe.slice(0, -1).slice(0, MOST_FOLDERS), safe.at(-1) as string];
}

/** The name for a second, third… file of the same name: `plan (2).pdf`. */
export function numberedName(name: string, number: number): string {
  const extension = /(?<=.)(\.tar)?\.[^.]{1,16}$/iu.exec(name)?.[0] ?? "";
  return `${name.slice(0, name.length - extension.length)} (${number})${extension}`;
}
