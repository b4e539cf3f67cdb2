/**
 * The numbers that the specification promises, written out: tests of doors count by LIMITS, and would go on agreeing with a product in which
 * one of these was changed.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ARGON2_DEFAULT, ARGON2_LEAST } from "@pli/core/sealing";
import { LIMITS } from "@pli/core/wire";

const promised: readonly (readonly [title: string, numbers: Partial<Record<keyof typeof LIMITS, number>>])[] = [
  ["A1: a sign-in link works for 15 minutes", { signInLinkMinutes: 15 }],
  [
    "A2: a second step waits ten minutes, and there are ten recovery codes",
    { secondStepMinutes: 10, recoveryCodes: 10 },
  ],
  ["M4: a code by SMS has six digits", { smsCodeDigits: 6 }],
  [
    "M5: 1 to 99 openings, one without a factor and three with one; an opening lasts 60 minutes",
    { openingsMin: 1, openingsMax: 99, openingsDefault: 1, openingsDefaultWithFactor: 3, openingMinutes: 60 },
  ],
  ["M6: 1 to 720 hours, and 720 by default", { expiryMinHours: 1, expiryMaxHours: 720, expiryDefaultHours: 720 }],
  ["M10: 30 seconds to take a message back", { takeBackSeconds: 30 }],
  [
    "M13: eight digits, 15 minutes, five tries, a new one after 30 seconds; proven for 15 minutes, or 12 hours",
    { codeDigits: 8, codeMinutes: 15, codeTries: 5, codeAgainSeconds: 30, proofMinutes: 15, proofPrivateHours: 12 },
  ],
  [
    "S1: 1 to 100 views, one by default; 5 minutes to 30 days",
    {
      secretViewsMin: 1,
      secretViewsMax: 100,
      secretViewsDefault: 1,
      secretExpiryMinMinutes: 5,
      secretExpiryMaxHours: 720,
    },
  ],
  ["Q8: five wrong passwords lock for 15 minutes", { passwordTries: 5, passwordLockMinutes: 15 }],
];

for (const [title, numbers] of promised) {
  test(title, () => {
    const names = Object.keys(numbers) as (keyof typeof LIMITS)[];
    assert.deepEqual(Object.fromEntries(names.map((name) => [name, LIMITS[name]])), numbers);
  });
}

test("Z6: a password costs 64 MiB and 3 passes, and never less than 19 MiB and 2 passes, in one lane", () => {
  assert.deepEqual(
    [ARGON2_DEFAULT, ARGON2_LEAST],
    [
      { memoryKiB: 64 * 1024, passes: 3, lanes: 1 },
      { memoryKiB: 19 * 1024, passes: 2, lanes: 1 },
    ],
  );
});
