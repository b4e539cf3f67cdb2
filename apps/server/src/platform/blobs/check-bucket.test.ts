/** The doctor's look at buckets that are well, and at some that are not, on a real S3 server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkBucket, openBucketToPages } from "./index.ts";
import { madeBucket, testBucket } from "./testing/bucket.ts";

const pageOrigin = "https://pli.example.org";
type Findings = Awaited<ReturnType<typeof checkBucket>>;
const wrong = (findings: Findings) => findings.filter(({ state }) => state !== "ok").map(({ found }) => found);

test("Q4: a bucket that is well is found well, and let in are our pages alone once it was set up", async (t) => {
  const client = await madeBucket(t);
  assert.deepEqual(wrong(await checkBucket(client, null)), []);
  const { endpoint } = client.address;
  const closed = await checkBucket(client, { endpoint, pageOrigin });
  assert.deepEqual(wrong(closed), [`it does not let pages of ${pageOrigin} in`]);
  await openBucketToPages(client, pageOrigin);
  assert.deepEqual(wrong(await checkBucket(client, { endpoint, pageOrigin })), []);
  const other = await checkBucket(client, { endpoint, pageOrigin: "https://else.example" });
  assert.deepEqual(wrong(other), ["it does not let pages of https://else.example in"]);
  const { text } = await client.ask({ method: "GET", key: "", query: { "list-type": "2" } });
  assert.ok(!text.includes("<Key>"), "it left something behind");
});

test("Z8: a bucket that keeps old versions is at fault", async (t) => {
  const client = await madeBucket(t);
  const set = async (query: string, xml: string) => {
    const bytes = Buffer.from(xml, "utf8");
    await client.ask({ method: "PUT", key: "", query: { [query]: "" }, body: { kind: "bytes", bytes } });
  };
  await set("versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
  assert.match(wrong(await checkBucket(client, null)).join(), /it keeps old versions: what is destroyed stays there/);
  const rule =
    "<ID>old</ID><Prefix></Prefix><Status>Enabled</Status><NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays></NoncurrentVersionExpiration>";
  await set("lifecycle", `<LifecycleConfiguration><Rule>${rule}</Rule></LifecycleConfiguration>`);
  const found = wrong(await checkBucket(client, null)).join();
  assert.match(found, /what is destroyed stays there as an old version for 1 days/);
});

test("Q2: a bucket that everybody can read, that is not there or not ours is at fault", async (t) => {
  const client = await madeBucket(t);
  await client.ask({ method: "PUT", key: "", query: { acl: "" }, headers: { "x-amz-acl": "public-read" } });
  assert.deepEqual(wrong(await checkBucket(client, null)), ["anybody can read it"]);
  const gone = await testBucket(t);
  assert.match(wrong(await checkBucket(gone, null)).join(), /cannot be used \(NoSuchBucket\)$/);
  const foreign = await madeBucket(t, { secretAccessKey: "wrong" });
  assert.match(wrong(await checkBucket(foreign, null)).join(), /cannot be used \(SignatureDoesNotMatch\)$/);
});
