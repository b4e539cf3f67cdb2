/**
 * The direct path: ciphertext between a client and the bucket, past the node. Offered by the header `Pli-Direct: 1` on API answers; a client that
 * does not reach the bucket goes through the node as ever.
 */

/** On API answers of a server whose clients may ask for addresses in its bucket. */
export const DIRECT_HEADER = "Pli-Direct";

/**
 * `POST /api/v1/envelopes/:id/parts/:part/chunks/:chunk/address`: where one chunk of a draft is to be put, by the same rights and limits as
 * putting it at the node. What is put must have this size and digest.
 */
export interface ChunkAnnouncement {
  readonly sizeBytes: number;
  /** Of the ciphertext: 32 bytes, base64url. */
  readonly sha256: string;
}

/**
 * Answer to the above, and of `GET …/envelopes/:id/parts/:part/chunks/:chunk/address` and `GET /api/v1/grants/:id/parts/:part/chunks/:chunk/address`
 * (where one chunk is to be read). The URL is a secret for the two minutes that it holds.
 */
export interface ChunkAddress {
  readonly url: string;
  /** To be sent as they are: they are part of what was signed. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the whole part; only for reading. */
  readonly partBytes?: number;
}
