/** The doctor's part about the bucket: nothing where blobs lie in a folder. */
import type { Config } from "./config.ts";
import type { Finding } from "./doctor.ts";
import { checkBucket, openBucket, openBucketToPages } from "./platform/blobs/index.ts";

/** @param fix let our pages in before looking, where the direct path is on */
export async function examineBucket(config: Config, fix: boolean): Promise<readonly Finding[]> {
  const place = config.blobs;
  if (place.kind === "folder") return [];
  const client = openBucket(place);
  const pageOrigin = config.publicUrl ?? `http://localhost:${config.port}`;
  const browsers = place.directEndpoint === null ? null : { endpoint: place.directEndpoint, pageOrigin };
  try {
    // What goes wrong here is seen, and named, by the look that follows.
    if (fix && browsers !== null) await openBucketToPages(client, pageOrigin).catch(() => undefined);
    return (await checkBucket(client, browsers)).map((finding) => ({ check: "bucket", ...finding }));
  } finally {
    client.close();
  }
}
