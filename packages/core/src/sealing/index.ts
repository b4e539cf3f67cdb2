/** Everything that seals and opens. Clients only: the server must not import this. */
export * from "./content.ts";
export * from "./grants.ts";
export * from "./hpke.ts";
export * from "./keyring.ts";
export * from "./keys.ts";
export * from "./links.ts";
export * from "./manifest.ts";
export * from "./new-grant.ts";
export * from "./new-password.ts";
export * from "./passphrases.ts";
export * from "./password-hash.ts";
export type * from "./provider.ts";
export * from "./receipts.ts";
export * from "./secrets.ts";
export {
  createSegmentOpener,
  createSegmentSealer,
  HEADER_BYTES,
  partAssociatedData,
  plainBytes,
  SEGMENT_BYTES,
  type SegmentOpener,
  type SegmentSealer,
  type StreamKey,
  sealedBytes,
  TAG_BYTES,
} from "./segments.ts";
export * from "./sender-key.ts";
export * from "./slots.ts";
export * from "./thread.ts";
