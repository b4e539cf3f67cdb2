/** A bucket of a test's own on the real S3 server of the tests. */
import { randomBytes } from "node:crypto";
import { testS3 } from "../../../../../../tools/services/s3.ts";
import { createS3Client, type S3Client, type S3Options } from "../index.ts";

/** What can be told to clean up: a test's context, or `{ after }` of node:test. */
export interface Scope {
  after(clean: () => void): void;
}

/** A client to the S3 server of the tests, and the bucket that it names made, unless it is to be missing. */
export async function testBucket(
  scope: Scope,
  options: Partial<Omit<S3Options, "address" | "credentials">> & {
    readonly prefix?: string;
    readonly endpoint?: string;
    readonly secretAccessKey?: string;
    readonly bucket?: string;
  } = {},
): Promise<S3Client> {
  const { endpoint, accessKeyId, secretAccessKey } = await testS3();
  const { prefix = "", bucket = `pli-${randomBytes(8).toString("hex")}`, ...rest } = options;
  const at = { bucket, region: "default", prefix, pathStyle: true };
  const client = createS3Client({
    patience: { connectMs: 2000, answerMs: 5000, silenceMs: 5000, allMs: 2000 },
    ...rest,
    address: { ...at, endpoint: rest.endpoint ?? endpoint },
    credentials: () => ({ accessKeyId, secretAccessKey: rest.secretAccessKey ?? secretAccessKey }),
  });
  scope.after(() => client.close());
  return client;
}

/** As `testBucket`, and the bucket is there. */
export async function madeBucket(scope: Scope, options: Parameters<typeof testBucket>[1] = {}): Promise<S3Client> {
  const client = await testBucket(scope, options);
  const maker = await testBucket(scope, { bucket: client.address.bucket });
  await maker.ask({ method: "PUT", key: "" });
  return client;
}
