/** A search that finds nothing proves nothing unless it finds what was planted: every form of a text and of a key, at any offset. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { bytesNeedle, findNeedles, formsOf, textNeedle } from "./needles.ts";
import { readRequests } from "./requests.ts";

const TEXT = 'Décision n° 42 "pour" l’été / <été>';
const KEY = randomBytes(32);
const noise = (lengthBytes: number) => randomBytes(lengthBytes);
const needles = [textNeedle("subject", TEXT), bytesNeedle("content key", KEY)];

const found = (planted: Uint8Array | string, needle: string) => {
  const hay = Buffer.concat([noise(1000), Buffer.from(planted as Uint8Array), noise(1000)]);
  return findNeedles(hay, needles).some((hit) => hit.needle === needle);
};

test("Z14: the search of the wire finds a text in every form it may be written in", () => {
  const utf8 = Buffer.from(TEXT);
  const planted: Record<string, Uint8Array | string> = {
    "UTF-8": utf8,
    "UTF-16": Buffer.from(TEXT, "utf16le"),
    "UTF-16 big": Buffer.from(TEXT, "utf16le").swap16(),
    "URL-encoded": encodeURIComponent(TEXT),
    form: new URLSearchParams({ q: TEXT }).toString(),
    JSON: JSON.stringify({ subject: TEXT }),
    "JSON in ASCII": JSON.stringify({ subject: TEXT }).replaceAll(
      /[^\0-\x7f]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
    "JSON in JSON": JSON.stringify({ log: JSON.stringify({ subject: TEXT }) }),
    hex: utf8.toString("hex"),
    HEX: utf8.toString("hex").toUpperCase(),
    "base64 of UTF-16": Buffer.from(`ab${TEXT}`, "utf16le").toString("base64"),
    "lower case": TEXT.toLowerCase(),
  };
  for (const [form, value] of Object.entries(planted)) assert.ok(found(Buffer.from(value as string), "subject"), form);
  for (let offset = 0; offset < 7; offset++) {
    const inside = Buffer.concat([noise(offset), utf8, noise(5)]);
    assert.ok(found(Buffer.from(inside.toString("base64")), "subject"), `base64 after ${offset} bytes`);
    assert.ok(found(Buffer.from(inside.toString("base64url")), "subject"), `base64url after ${offset} bytes`);
  }
});

test("Z14: the search of the wire finds a key in every form it may be written in", () => {
  const planted: Record<string, Uint8Array> = {
    raw: KEY,
    hex: Buffer.from(KEY.toString("hex")),
    HEX: Buffer.from(KEY.toString("hex").toUpperCase()),
    numbers: Buffer.from(JSON.stringify([...KEY])),
    percent: Buffer.from([...KEY].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("")),
  };
  for (const [form, value] of Object.entries(planted)) assert.ok(found(value, "content key"), form);
  for (let offset = 0; offset < 7; offset++) {
    const inside = Buffer.concat([noise(offset), KEY, noise(5)]);
    assert.ok(found(Buffer.from(inside.toString("base64")), "content key"), `base64 after ${offset} bytes`);
    assert.ok(found(Buffer.from(inside.toString("base64url")), "content key"), `base64url after ${offset} bytes`);
  }
});

test("Z14: the search of the wire finds each form that it makes, and nothing in noise", () => {
  for (const needle of needles) {
    for (const [form, bytes] of formsOf(needle)) assert.ok(found(bytes, needle.name), form);
  }
  assert.deepEqual(findNeedles(noise(200_000), needles), []);
  assert.throws(() => textNeedle("short", "secret"));
});

test("Z14: requests are read out of the wire whole, also in chunks", () => {
  const bytes = Buffer.from(
    "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello" +
      "POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nsec\r\n3\r\nret\r\n0\r\n\r\n" +
      "GET /c HTTP/1.1\r\nHost: x\r\n\r\n",
  );
  const read = readRequests(bytes).map(({ method, path, body }) => `${method} ${path} ${body}`);
  assert.deepEqual(read, ["POST /a hello", "POST /b secret", "GET /c "]);
  assert.throws(() => readRequests(Buffer.from("\x16\x03\x01 not http\r\n\r\n")));
});
