/** Robot check and keyring: what a lying or slow server cannot do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { toBase64url } from "@pli/core/bytes";
import { nodeCrypto } from "@pli/core/crypto-node";
import { createSeed, deriveKeyring, openPassphraseSlot } from "@pli/core/sealing";
import { createChallenge, verifySolution } from "altcha-lib/v1";
import { checkKeyring, getKeyring, makeKeyring } from "./account.ts";
import { solveRobotChallenge } from "./robot-check.ts";
import { createTransport } from "./transport.ts";

test("A1: the robot check is solved as altcha verifies it", async () => {
  const { algorithm, challenge, salt, signature, maxnumber } = await createChallenge({ hmacKey: "k", maxnumber: 2000 });
  assert.equal(algorithm, "SHA-256");
  const payload = await solveRobotChallenge({
    algorithm: "SHA-256",
    challenge,
    salt,
    signature,
    maxnumber: maxnumber ?? 2000,
  });
  assert.equal(await verifySolution(payload, "k"), true);
  const unsolvable = { algorithm: "SHA-256", challenge: "00", salt, signature, maxnumber: 50 } as const;
  await assert.rejects(solveRobotChallenge(unsolvable), { code: "robot_check_failed" });
  const stopped = solveRobotChallenge({ ...unsolvable, maxnumber: 1e7 }, AbortSignal.abort());
  await assert.rejects(stopped, { code: "cancelled" });
});

test("Z10, Z11: a keyring is made with its passphrase, and another public key is found out", async () => {
  const passphrase = "correct horse";
  const made = await makeKeyring(nodeCrypto, {
    passphrase,
    slotName: "pc",
    argon2: { memoryKiB: 19_456, passes: 2, lanes: 1 },
  });
  const [slot] = made.creation.slots;
  assert.ok(slot);
  const seed = await openPassphraseSlot(nodeCrypto, { slot, passphrase });
  assert.deepEqual((await checkKeyring(nodeCrypto, seed, made.creation)).kemPublic, made.keys.kemPublic);
  const otherSeed = createSeed(nodeCrypto);
  await assert.rejects(checkKeyring(nodeCrypto, otherSeed, made.creation), { code: "integrity" });
  // Either key alone: what is sealed to the one, or signed by the other, would be somebody else's.
  const other = await deriveKeyring(nodeCrypto, otherSeed);
  for (const swapped of [
    { ...made.creation, kemPublic: toBase64url(other.kemPublic) },
    { ...made.creation, signPublic: toBase64url(other.signPublic) },
  ]) {
    await assert.rejects(checkKeyring(nodeCrypto, seed, swapped), { code: "integrity" });
  }
});

test("Z9: no keyring yet is no error", async () => {
  const answering = (status: number, code: string): typeof fetch => {
    return async () =>
      new Response(JSON.stringify({ code }), { status, headers: { "content-type": "application/problem+json" } });
  };
  const transport = (fetch: typeof globalThis.fetch) => createTransport({ origin: "https://pli.example", fetch });
  assert.equal(await getKeyring(transport(answering(404, "not_found"))), null);
  await assert.rejects(getKeyring(transport(answering(401, "not_signed_in"))), { code: "not_signed_in" });
});
