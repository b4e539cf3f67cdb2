/** Exit codes as docs/cli.md promises them to scripts (C3): what kind of failure each number means. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ErrorCode } from "@pli/core/errors";
import { EXIT, EXIT_CODES } from "./exit-codes.ts";

const MEANT: Readonly<Record<number, readonly ErrorCode[]>> = {
  2: ["bad_input", "bad_link", "payload_too_large", "limit_reached", "number_refused", "keyring_locked"],
  3: ["not_signed_in", "not_found", "expired", "used_up", "revoked", "destroyed", "policy_refused", "too_late"],
  4: ["wrong_code", "code_expired", "wrong_password", "locked", "mailbox_proof_required", "sms_proof_required"],
  5: ["network", "unavailable", "internal", "rate_limited", "storage_full"],
  6: ["integrity"],
  130: ["cancelled"],
};

test("C3: 2 usage, 3 refused, 4 wrong code or password, 5 network or server, 6 integrity; never 0 or 1 for a refusal", () => {
  for (const [exit, codes] of Object.entries(MEANT)) {
    for (const code of codes) assert.equal(EXIT_CODES[code], Number(exit), code);
  }
  const numbers = Object.keys(MEANT).map(Number);
  for (const [code, exit] of Object.entries(EXIT_CODES))
    assert.ok(numbers.includes(exit), `${code} exits with ${exit}`);
  assert.equal(EXIT.done, 0);
});
