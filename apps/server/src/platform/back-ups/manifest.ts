/** What a whole back-up says of itself. Written last: a back-up without it is none. */
import type { TableShape } from "../database/copy/index.ts";

export const FORMAT = "pli-back-up";
export const FORMAT_VERSION = 1;

export interface BackedUpTable extends TableShape {
  readonly rows: number;
  /** Of its rows in whatever order (`TableDigest`), and of its file. */
  readonly digest: string;
  readonly sha256: string;
}

export interface Manifest {
  readonly format: typeof FORMAT;
  readonly version: typeof FORMAT_VERSION;
  /** Its name in the folder, and its mark in the register of destruction. */
  readonly name: string;
  /** All of it is as it stood at this instant, ms since 1970. */
  readonly takenAtMs: number;
  /** Of the server that made it. */
  readonly software: string;
  /** Names of the migrations its tables have gone through. */
  readonly migrations: readonly string[];
  readonly tables: readonly BackedUpTable[];
  readonly content: {
    readonly envelopes: number;
    readonly chunks: number;
    readonly sizeBytes: number;
    /** Of the file that lists them. */
    readonly sha256: string;
  };
  /** Whether the server's key file is in it. */
  readonly hasKey: boolean;
}

/** @throws Error in words when it is not a manifest that this version reads */
export function parseManifest(text: string): Manifest {
  const found: unknown = JSON.parse(text);
  if (typeof found !== "object" || found === null || !("format" in found) || found.format !== FORMAT) {
    throw new Error("This is not a back-up of Pli");
  }
  if (!("version" in found) || found.version !== FORMAT_VERSION) {
    throw new Error("This back-up was made by another version of Pli: restore it with that one");
  }
  return found as Manifest;
}

/** The chunks of one envelope in a back-up: one line of its content list. */
export interface ContentLine {
  readonly envelope: string;
  /** Name, size in bytes, SHA-256 in hexadecimal. */
  readonly chunks: readonly (readonly [name: string, sizeBytes: number, sha256: string])[];
  /** It was destroyed while the back-up was made: what there is of it is not to come back. */
  readonly gone?: true;
}
