/** The S3 store against the contract of blob stores, on a real S3 server that checks signatures. */
import { after } from "node:test";
import { blobStoreContract } from "./blob-store.contract.ts";
import { createS3Store } from "./index.ts";
import { madeBucket } from "./testing/bucket.ts";

blobStoreContract("bucket", async () => createS3Store(await madeBucket({ after })));
blobStoreContract("bucket with a prefix", async () =>
  createS3Store(await madeBucket({ after }, { prefix: "town/pli/" })),
);
