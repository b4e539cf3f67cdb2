/** Mails for one's own mail program: read back by a parser of mails, whatever the names and texts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import PostalMime from "postal-mime";
import { draftFileOf, mailtoOf, type OwnMail } from "./own-mail.ts";

const LINK = "https://pli.example/o/AbCdEfGhIjKlMnOpQrStUv#_-0123456789abcdefghijklmnopqrstuvwxyzABCDE";
const MAIL: OwnMail = {
  from: { name: 'Zoé Ørsted, "chef"', address: "zoe@here.example" },
  to: { address: "jean@courriel.example", name: "Jean\r\nBcc: eve@evil.example" },
  subject: "Message confidentiel — à lire avant le 3 décembre, de Zoé Ørsted, service des prêts et des aides",
  text: `Bonjour,\n\n${LINK}\n.\nFrom here = there  \nÀ bientôt`,
  atMs: Date.UTC(2026, 10, 23, 12),
};

test("M8: the .eml is a draft that programs open to be sent, with link and accents whole, and no header forged by a name", async () => {
  const file = draftFileOf(MAIL);
  assert.match(file, /^X-Unsent: 1\r$/m);
  for (const line of file.split("\r\n")) assert.ok(line.length <= 78 && /^[\x20-\x7e\t]*$/.test(line), line);
  const read = await PostalMime.parse(file);
  assert.equal(read.subject, MAIL.subject);
  assert.equal(read.text?.trimEnd(), MAIL.text);
  assert.deepEqual(read.from, MAIL.from);
  assert.equal(read.to?.[0]?.address, MAIL.to.address);
  assert.equal(read.bcc, undefined);
  const forged = { name: "Jean", address: "jean@courriel.example\r\nBcc: eve@evil.example" };
  const { headers } = await PostalMime.parse(draftFileOf({ ...MAIL, to: forged }));
  assert.ok(!headers.some(({ key }) => key === "bcc"));
  assert.equal(read.date, "2026-11-23T12:00:00.000Z");
});

test("M8: the mailto: has address, subject and text, the link's secret with them", () => {
  const url = new URL(mailtoOf(MAIL));
  assert.equal(url.hash, "", "the secret is not cut off");
  assert.equal(decodeURIComponent(url.pathname), MAIL.to.address);
  const fields = new Map(
    [...url.search.slice(1).matchAll(/(\w+)=([^&]*)/g)].map((m) => [m[1], decodeURIComponent(m[2] ?? "")]),
  );
  assert.equal(fields.get("subject"), MAIL.subject);
  assert.equal(fields.get("body"), MAIL.text.replaceAll("\n", "\r\n"));
});

test("M8: any text comes back as it was", async () => {
  const line = fc.string({ unit: fc.constantFrom(...'aé=.? \t𝄞ﷺ<>"\\@') });
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 6 }), line, async (lines, subject) => {
      const text = lines.join("\n");
      const read = await PostalMime.parse(draftFileOf({ ...MAIL, subject, text }));
      assert.equal((read.text ?? "").replace(/\n$/, ""), text);
      assert.equal(read.subject ?? "", subject.replaceAll(/\t+/g, " ").trim());
    }),
    { numRuns: 60 },
  );
});
