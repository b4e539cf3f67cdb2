/**
 * The credentials of the bucket: given values, or a profile of a shared credentials file, which is read again when it changed, so that keys
 * are turned over without a restart. Never printed, never part of an error.
 */
import { readFileSync, statSync } from "node:fs";
import { PliError } from "@pli/core/errors";
import type { S3Credentials } from "./s3-signing.ts";

export type CredentialsSource =
  | { readonly kind: "values"; readonly values: S3Credentials }
  | { readonly kind: "file"; readonly path: string; readonly profile: string };

/** How long a look at the file's time of change is good for. */
const LOOK_MS = 2000;

/** A function that gives the credentials of now. It throws PliError `unavailable` when the file does not have them. */
export function createCredentials(source: CredentialsSource): () => S3Credentials {
  if (source.kind === "values") return () => source.values;
  let known: { readonly values: S3Credentials; readonly changedMs: number } | null = null;
  let lookedMs = Number.NEGATIVE_INFINITY;
  return () => {
    const nowMs = performance.now();
    if (known !== null && nowMs - lookedMs < LOOK_MS) return known.values;
    try {
      const changedMs = statSync(source.path).mtimeMs;
      if (known === null || known.changedMs !== changedMs) {
        const values = readProfile(readFileSync(source.path, "utf8"), source.profile);
        if (values === null) throw new PliError("unavailable");
        known = { values, changedMs };
      }
    } catch {
      // Being written just now, perhaps: what was good is tried on. The cause may quote the file, so it is not passed on.
      if (known === null) throw new PliError("unavailable");
    }
    lookedMs = nowMs;
    return known.values;
  };
}

/** The credentials of `[profile]` in the text of a shared credentials file; null when they are not there. */
export function readProfile(text: string, profile: string): S3Credentials | null {
  const values = new Map<string, string>();
  let isOurs = false;
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    const section = /^\[\s*(?:profile\s+)?(.+?)\s*\]$/.exec(line);
    if (section !== null) {
      isOurs = section[1] === profile;
      continue;
    }
    const equals = line.indexOf("=");
    if (!isOurs || equals < 1 || line.startsWith("#") || line.startsWith(";")) continue;
    values.set(line.slice(0, equals).trim().toLowerCase(), line.slice(equals + 1).trim());
  }
  const accessKeyId = values.get("aws_access_key_id");
  const secretAccessKey = values.get("aws_secret_access_key");
  const sessionToken = values.get("aws_session_token");
  if (!accessKeyId || !secretAccessKey) return null;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
