/** Our signatures against the examples that AWS published: "Examples: Signature Calculations in AWS Signature Version 4". */
import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY_SHA256, presign, SIGNED_PIECES, signPiece, signRequest, UNSIGNED_PAYLOAD } from "./s3-signing.ts";

const credentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const region = "us-east-1";
const atMs = Date.UTC(2013, 4, 24);
const bucket = "https://examplebucket.s3.amazonaws.com";
const signatureOf = (authorization: string | undefined) => /Signature=(\w+)$/.exec(authorization ?? "")?.[1];

test("Q4: a GET with a range is signed as AWS signs it", () => {
  const url = new URL(`${bucket}/test.txt`);
  const signed = signRequest(credentials, {
    method: "GET",
    url,
    headers: { range: "bytes=0-9" },
    payloadSha256: EMPTY_SHA256,
    region,
    atMs,
  });
  assert.equal(
    signatureOf(signed.headers.authorization),
    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  );
});

test("Q4: a listing with a query is signed as AWS signs it", () => {
  const url = new URL(`${bucket}/?prefix=J&max-keys=2`);
  const signed = signRequest(credentials, {
    method: "GET",
    url,
    headers: {},
    payloadSha256: EMPTY_SHA256,
    region,
    atMs,
  });
  assert.equal(
    signatureOf(signed.headers.authorization),
    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  );
});

test("Q4: a body in pieces is signed as AWS signs it", () => {
  const { headers, seed } = signRequest(credentials, {
    method: "PUT",
    url: new URL("https://s3.amazonaws.com/examplebucket/chunkObject.txt"),
    headers: {
      "content-encoding": "aws-chunked",
      "content-length": "66824",
      "x-amz-decoded-content-length": "66560",
      "x-amz-storage-class": "REDUCED_REDUNDANCY",
    },
    payloadSha256: SIGNED_PIECES,
    region,
    atMs,
  });
  assert.equal(signatureOf(headers.authorization), "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
  const signatures: string[] = [];
  for (const bytes of [65_536, 1024, 0]) {
    signatures.push(signPiece(seed, signatures.at(-1) ?? seed.signature, Buffer.alloc(bytes, "a")));
  }
  assert.deepEqual(signatures, [
    "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
    "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
    "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
  ]);
});

test("Q4: a URL for somebody else is signed as AWS signs it", () => {
  const url = presign(
    credentials,
    {
      method: "GET",
      url: new URL(`${bucket}/test.txt`),
      headers: {},
      payloadSha256: UNSIGNED_PAYLOAD,
      region,
      atMs,
    },
    86_400,
  );
  assert.equal(
    new URL(url).searchParams.get("X-Amz-Signature"),
    "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
  );
});
