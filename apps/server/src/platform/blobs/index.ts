export type { BlobStore, FreeSpace, StoredChunk } from "./blob-store.ts";
export {
  type BlobsPlace,
  type BucketPlace,
  blobsName,
  isBlobsPlaceExposed,
  openBlobs,
  openBucket,
  readBlobsPlace,
} from "./blobs-place.ts";
export { type BucketFinding, checkBucket, openBucketToPages } from "./check-bucket.ts";
export type { DirectDoor } from "./direct-door.ts";
export { createFsStore } from "./fs-store.ts";
export { createS3Client, type S3Client, type S3Options } from "./s3-client.ts";
export { createS3Store } from "./s3-store.ts";
