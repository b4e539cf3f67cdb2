/** What real servers answer, and what the sender is told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { explainReply } from "./index.ts";

const REPLIES = [
  ["550 5.1.1 <x@gmail.com> The email account that you tried to reach does not exist.", "5.1.1", "no_mailbox"],
  ["550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", "5.1.10", "no_mailbox"],
  ["556 5.1.10 Recipient address has null MX", "5.1.10", "no_domain"],
  ["550 5.4.1 Recipient address rejected: Access denied. [AM7EUR03.prod.outlook.com]", "5.4.1", "no_mailbox"],
  ["550 Unrouteable address", null, "no_mailbox"],
  ["550 No such user here", null, "no_mailbox"],
  ["551 not here", null, "no_mailbox"],
  ["452 4.2.2 The email account that you tried to reach is over quota.", "4.2.2", "mailbox_full"],
  ["552 Requested mail action aborted: exceeded storage allocation", null, "mailbox_full"],
  ["550 5.2.1 The email account that you tried to reach is disabled.", "5.2.1", "mailbox_off"],
  ["552 5.3.4 Message size exceeds fixed limit", "5.3.4", "too_large"],
  ["451 4.7.1 Greylisting in action, please come back later", "4.7.1", "busy"],
  ["450 4.2.0 <x@y.example>: Recipient address rejected: Greylisted", "4.2.0", "busy"],
  ["421 Too many concurrent SMTP connections", null, "busy"],
  ["550 5.7.1 Message rejected due to local policy", "5.7.1", "refused"],
  ["554 Blocked by spam filter of mx1.10.2.4.example", null, "refused"],
  ["smtp; 550 5.1.2 Host unknown (Name server: host not found)", "5.1.2", "no_domain"],
  ["all relevant MX records point to non-existent hosts", null, "no_domain"],
  ["smtp; 451 4.4.1 [10.2.4.1] connect: Connection timed out", "4.4.1", "unreachable"],
  ["smtp;421 4.4.7 retry timeout exceeded", "4.4.7", "gave_up"],
  ["lost", null, "unknown"],
  ["550 mail from 5.1.1.7 refused", null, "no_mailbox"],
] as const;

test("M21, Q11: replies of real servers become reasons that a sender understands", () => {
  for (const [text, statusCode, reasonCode] of REPLIES) {
    assert.deepEqual(explainReply(text), { statusCode, reasonCode }, text);
  }
  assert.deepEqual(explainReply("no words", "4.2.2"), { statusCode: "4.2.2", reasonCode: "mailbox_full" });
});

test("Q11: whatever a server writes, it is explained at once and never with anything else than a code", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.string({ maxLength: 40 }), (text, status) => {
      const { statusCode, reasonCode } = explainReply(text, status);
      assert.match(reasonCode, /^[a-z_]+$/);
      if (statusCode !== null) assert.match(statusCode, /^[245]\.\d{1,3}\.\d{1,3}$/);
    }),
  );
  // of this process: others may have the machine meanwhile
  const before = process.cpuUsage();
  explainReply("user ".repeat(200_000));
  assert.ok(process.cpuUsage(before).user < 1_000_000);
});
