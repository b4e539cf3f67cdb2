/** Delivery reports from anywhere: honest ones are understood, others cost nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { reportMail } from "../../features/bounces/testing/reports.ts";
import { keysOf } from "../keys.ts";
import { createReturnPaths, RETURN_LOCAL_MAX, readReport } from "./index.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const MAIL_ID = "01jdmk3v9qhqz6m1t5w8x2y4za";

test("M21: a report tells action, status, and the server's words on one line", async () => {
  const diagnostic = "550 5.1.1 <nobody@b.example>: Recipient address rejected:\r\n    User unknown in\tvirtual table";
  const failed = await readReport(bytes(reportMail({ action: "failed", status: "5.1.1", diagnostic })));
  assert.deepEqual(failed.report, {
    action: "failed",
    explained: { statusCode: "5.1.1", reasonCode: "no_mailbox" },
    reason: "550 5.1.1 <nobody@b.example>: Recipient address rejected: User unknown in virtual table",
  });
  const delayed = await readReport(
    bytes(
      reportMail({ action: "Delayed (will be retried)", status: "4.4.1", envelopeId: "id-1", to: "a+b@c.example" }),
    ),
  );
  assert.equal(delayed.report?.action, "delayed");
  assert.equal(delayed.report?.reason, null);
  assert.deepEqual(delayed.about, ["id-1", "a+b@c.example"]);
  const vague = await readReport(bytes(reportMail({ action: "failed", diagnostic: "552 5.2.2 over quota" })));
  assert.deepEqual(vague.report?.explained, { statusCode: "5.2.2", reasonCode: "mailbox_full" });
});

test("M21: what is no report, or says nothing new, changes nothing", async () => {
  const others = [
    "",
    "From: a@b.example\r\nTo: c@d.example\r\nSubject: Out of office\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n",
    reportMail({ action: "relayed", status: "2.1.5" }),
    reportMail({ action: "expanded", status: "2.1.5" }),
    reportMail({ action: "failed" }).replace("message/delivery-status", "text/plain"),
    reportMail({ action: "" }),
  ];
  for (const other of others) assert.equal((await readReport(bytes(other))).report, null, other.slice(0, 60));
});

test("M21: hostile mails are read in time and memory that are bounded, and never throw", async () => {
  const deep = `Content-Type: multipart/mixed; boundary=a\r\n\r\n${"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n".repeat(5000)}`;
  const wide = reportMail({ action: "failed" }).replace("Remote-MTA", `${"X-a: b\r\n\r\n".repeat(40_000)}Remote-MTA`);
  const long = reportMail({ action: "failed", diagnostic: "user ".repeat(100_000) });
  const many = `Content-Type: multipart/report; boundary=a\r\n\r\n${"--a\r\n\r\nx\r\n".repeat(60_000)}`;
  for (const hostile of [deep, wide, long, many, "a\r\n".repeat(700_000)]) {
    // of this process: others may have the machine meanwhile
    const before = process.cpuUsage();
    const { report, about } = await readReport(bytes(hostile));
    assert.ok(process.cpuUsage(before).user < 3_000_000);
    assert.ok((report?.reason ?? "").length <= 200);
    assert.ok(about.length <= 50);
  }
  const honest = reportMail({ action: "failed", status: "5.1.1", diagnostic: "550 no", envelopeId: "e" });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(honest.length - 1), fc.string({ unit: "binary", maxLength: 12 })), { maxLength: 6 }),
      async (edits) => {
        let text = honest;
        for (const [at, put] of edits) text = text.slice(0, at) + put + text.slice(at + put.length);
        const { report } = await readReport(bytes(text));
        if (report === null) return;
        assert.match(report.action, /^(failed|delayed|delivered)$/);
        assert.doesNotMatch(report.reason ?? "", /[\r\n\0]/);
      },
    ),
    { numRuns: 300 },
  );
});

test("M21: only an address that the key made names a mail, whatever its case", () => {
  const paths = createReturnPaths(keysOf(new Uint8Array(32).fill(7)), "Bounce@Bounces.Example");
  const others = createReturnPaths(keysOf(new Uint8Array(32).fill(8)), "bounce@bounces.example");
  const address = paths.addressOf(MAIL_ID);
  assert.match(address, /^bounce\+[0-9a-z]{26}\.[0-9a-z]{16}@bounces\.example$/);
  assert.equal(paths.mailOf(address.toUpperCase()), MAIL_ID);
  assert.equal(paths.mailOf(paths.envelopeIdOf(MAIL_ID)), MAIL_ID);
  assert.equal(others.mailOf(address), null);
  const local = "x".repeat(RETURN_LOCAL_MAX);
  assert.equal(
    createReturnPaths(keysOf(new Uint8Array(32)), `${local}@b.example`)
      .addressOf(MAIL_ID)
      .indexOf("@"),
    64,
  );
  fc.assert(
    fc.property(fc.nat(address.length - 1), fc.constantFrom(..."0123456789abcdefghjkmnpqrstvwxyz+.@é"), (at, put) => {
      const forged = address.slice(0, at) + put + address.slice(at + 1);
      if (forged !== address) assert.equal(paths.mailOf(forged), null);
    }),
    { numRuns: 300 },
  );
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => assert.equal(paths.mailOf(text), null)));
});
