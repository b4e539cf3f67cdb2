/**
 * Where the configuration says that blobs lie, and the store there. Reads settings by their names, tells every fault with its cure, and never a
 * value that may be a secret.
 */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { BlobStore } from "./blob-store.ts";
import { createDirectDoor, type DirectDoor } from "./direct-door.ts";
import { createFsStore } from "./fs-store.ts";
import { parseEndpoint, parseS3Address, type S3Address } from "./s3-address.ts";
import { createS3Client, type S3Client, type S3Options } from "./s3-client.ts";
import { type CredentialsSource, createCredentials } from "./s3-credentials.ts";
import { createS3Store } from "./s3-store.ts";

export interface BucketPlace {
  readonly kind: "bucket";
  readonly address: S3Address;
  /** A secret. */
  readonly credentials: CredentialsSource;
  /** Senders and recipients reach the bucket themselves, at this address; null: everything goes through the node. */
  readonly directEndpoint: string | null;
}

export type BlobsPlace = { readonly kind: "folder"; readonly path: string } | BucketPlace;

export interface PlaceFault {
  readonly name: string;
  readonly fault: string;
  readonly cure: string;
}

type Values = Readonly<Record<string, string | undefined>>;

/** The place that the settings name; a folder in the data folder when they name none. Faults go to `faults`. */
export function readBlobsPlace(values: Values, dataFolder: string, faults: PlaceFault[]): BlobsPlace {
  const text = values.PLI_BLOBS;
  const folder = { kind: "folder", path: join(dataFolder, "blobs") } as const;
  const isDirect = values.PLI_BLOBS_DIRECT === "1";
  if (values.PLI_BLOBS_DIRECT !== undefined && !["0", "1"].includes(values.PLI_BLOBS_DIRECT)) {
    faults.push({
      name: "PLI_BLOBS_DIRECT",
      fault: "neither 0 nor 1",
      cure: "Give 1 to let browsers reach the bucket",
    });
  }
  if (text === undefined || !/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) {
    if (isDirect) {
      faults.push({ name: "PLI_BLOBS_DIRECT", fault: "there is no bucket", cure: "Leave it out, or set PLI_BLOBS" });
    }
    return text === undefined ? folder : { kind: "folder", path: resolve(text) };
  }
  const address = parseS3Address(text);
  if (address === null) {
    const cure = "Give a folder, or s3://bucket?endpoint=https://host&region=name, without credentials";
    faults.push({ name: "PLI_BLOBS", fault: "not an address of a bucket", cure });
    return folder;
  }
  const credentials = credentialsOf(values);
  if (credentials === null) {
    const cure = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_SHARED_CREDENTIALS_FILE";
    faults.push({ name: "PLI_BLOBS", fault: "no credentials for the bucket", cure });
    return folder;
  }
  return {
    kind: "bucket",
    address,
    credentials,
    directEndpoint: isDirect ? publicEndpoint(values, address, faults) : null,
  };
}

function publicEndpoint(values: Values, address: S3Address, faults: PlaceFault[]): string | null {
  const text = values.PLI_BLOBS_PUBLIC_ENDPOINT;
  if (text === undefined) return address.endpoint;
  const endpoint = parseEndpoint(text);
  if (endpoint === null) {
    const cure = "Give scheme and host only, such as https://s3.example.org";
    faults.push({ name: "PLI_BLOBS_PUBLIC_ENDPOINT", fault: "not an origin", cure });
  }
  return endpoint;
}

function credentialsOf(values: Values): CredentialsSource | null {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: token } = values;
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    const session = token === undefined ? {} : { sessionToken: token };
    return { kind: "values", values: { accessKeyId, secretAccessKey, ...session } };
  }
  const named = values.AWS_SHARED_CREDENTIALS_FILE;
  const usual = join(homedir(), ".aws", "credentials");
  if (named === undefined && !existsSync(usual)) return null;
  return { kind: "file", path: named === undefined ? usual : resolve(named), profile: values.AWS_PROFILE ?? "default" };
}

/** The place in words that may be printed; two that are one have one name. */
export function blobsName(place: BlobsPlace): string {
  if (place.kind === "folder") return place.path;
  const { endpoint, bucket, prefix } = place.address;
  return `${endpoint}/${bucket}/${prefix}`;
}

/** What goes to the bucket could be read and changed on its way by whoever is between. */
export function isBlobsPlaceExposed(place: BlobsPlace): boolean {
  if (place.kind === "folder") return false;
  const isLocal = (endpoint: string) => ["localhost", "127.0.0.1", "[::1]"].includes(new URL(endpoint).hostname);
  return [place.address.endpoint, place.directEndpoint ?? place.address.endpoint].some(
    (endpoint) => endpoint.startsWith("http:") && !isLocal(endpoint),
  );
}

/** A client to the bucket of the place. */
export function openBucket(place: BucketPlace, onFault?: S3Options["onFault"]): S3Client {
  const { address, credentials } = place;
  return createS3Client({ address, credentials: createCredentials(credentials), ...(onFault && { onFault }) });
}

/** The store at that place, and the way past the node if the place has one. `close` lets go of its connections. */
export function openBlobs(
  place: BlobsPlace,
  onFault?: S3Options["onFault"],
): { readonly store: BlobStore; readonly direct: DirectDoor | null; close(): void } {
  if (place.kind === "folder") return { store: createFsStore(place.path), direct: null, close: () => undefined };
  const client = openBucket(place, onFault);
  const endpoint = place.directEndpoint;
  const direct =
    endpoint === null
      ? null
      : createDirectDoor({ ...place.address, endpoint }, createCredentials(place.credentials), client.nowMs);
  return { store: createS3Store(client), direct, close: () => client.close() };
}
