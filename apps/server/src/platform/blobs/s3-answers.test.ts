/** Answers of a bucket: what is no whole page of a listing is not taken for one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "./s3-answers.ts";

const page = (inside: string) =>
  `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inside}</ListBucketResult>`;
const OBJECT = "<Contents><Key>ab/folder/0-0-0</Key><Size>7</Size></Contents>";

test("Q10: a page of a listing is read, with where the next begins", () => {
  const token = "<NextContinuationToken>a&amp;b</NextContinuationToken>";
  assert.deepEqual(readListing(page(`${OBJECT}<IsTruncated>true</IsTruncated>${token}`)), {
    objects: [{ key: "ab/folder/0-0-0", sizeBytes: 7 }],
    prefixes: [],
    next: "a&b",
  });
  assert.equal(readListing(page("<IsTruncated>false</IsTruncated>")).next, null);
});

test("Q10: what is no whole page is refused, and not taken for an empty bucket or the end", () => {
  for (const text of [
    "",
    "<html><body>Please sign in to the network</body></html>",
    page(OBJECT).slice(0, -5),
    page(`${OBJECT}<IsTruncated>true</IsTruncated>`),
    page("<Contents><Key>ab/folder/0-0-0</Key></Contents>"),
  ]) {
    assert.throws(() => readListing(text), { code: "unavailable" }, text);
  }
});
