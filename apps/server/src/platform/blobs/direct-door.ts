/**
 * Addresses in the bucket for clients: each is good for one chunk, one method and two minutes, and for putting only with the announced length and
 * digest where nothing is yet. Who may have one is not decided here. An address is a secret as long as it holds: never log it.
 */
import { type S3Address, urlOf } from "./s3-address.ts";
import { presign, type S3Credentials, UNSIGNED_PAYLOAD } from "./s3-signing.ts";
import { chunkKey } from "./s3-store.ts";

export interface DirectDoor {
  /** Scheme, host and port of the bucket as browsers reach it: for the policy of pages. */
  readonly origin: string;
  /**
   * Where to put a chunk, and the headers that have to go with it. Its length is signed too: clients send that header anyway.
   * @param announced.sha256 hex @throws PliError `not_found` when a name is none
   */
  addressToPut(
    folder: string,
    name: string,
    announced: { readonly sizeBytes: number; readonly sha256: string },
  ): { readonly url: string; readonly headers: Readonly<Record<string, string>> };
  /** Where to read a chunk, whole or in ranges. @throws PliError `not_found` when a name is none */
  addressToRead(folder: string, name: string): string;
}

/** So long a request may begin. It may then take as long as it takes. */
const VALID_SECONDS = 120;

export function createDirectDoor(
  address: S3Address,
  credentials: () => S3Credentials,
  nowMs: () => number,
): DirectDoor {
  const { region, prefix } = address;
  return {
    origin: urlOf(address, "").origin,
    addressToPut: (folder, name, { sizeBytes, sha256 }) => {
      const url = urlOf(address, chunkKey(prefix, folder, name));
      const headers = { "if-none-match": "*" };
      const signed = { ...headers, "content-length": String(sizeBytes) };
      const toSign = { method: "PUT", url, headers: signed, payloadSha256: sha256, region, atMs: nowMs() };
      return {
        url: presign(credentials(), toSign, VALID_SECONDS),
        headers: { ...headers, "x-amz-content-sha256": sha256 },
      };
    },
    addressToRead: (folder, name) => {
      const url = urlOf(address, chunkKey(prefix, folder, name), {
        "response-cache-control": "no-store",
        "response-content-disposition": "attachment",
        "response-content-type": "application/octet-stream",
      });
      const toSign = { method: "GET", url, headers: {}, payloadSha256: UNSIGNED_PAYLOAD, region, atMs: nowMs() };
      return presign(credentials(), toSign, VALID_SECONDS);
    },
  };
}
