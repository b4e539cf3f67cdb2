/** Mending while people go on: what changed since it was looked at is not harmed by what was right before. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { describe, test } from "node:test";
import type { Tx } from "../../platform/database/index.ts";
import { openBlindly, sendBlindly } from "../../testing/blind-sender.ts";
import { onBothProfiles } from "../../testing/profiles.ts";
import { checkEnvelope } from "./check-envelope.ts";
import type { Disagreement } from "./disagreement.ts";
import { verdicts } from "./testing/places.ts";
import { correctSlotCount, eraseMailSecrets, rowsOf } from "./verify.queries.ts";

onBothProfiles(({ createWorld }) => {
  describe("mending beside a running server", () => {
    test("Q6: a counter, a key and chunks that came to use after the look", async (t) => {
      const world = await createWorld(t);
      const { services } = world.server;
      const write = (job: (tx: Tx) => Promise<unknown>) => services.db.write(job);
      const { envelopeId, grants } = await sendBlindly(world, world.owner, { delivery: "link", openings: 2 });
      const [grant] = grants;
      assert.ok(grant !== undefined);
      const look = async (): Promise<readonly Disagreement[]> => {
        const [rows] = await rowsOf(services.db.read, [envelopeId]);
        assert.ok(rows !== undefined);
        return await checkEnvelope(services, rows, { deep: false });
      };
      const changeGrant = (change: { state: "used_up" | "active"; open_until_ms: number | null }) =>
        write((tx) => tx.updateTable("grants").set(change).where("grant_id", "=", grant.grantId).execute());

      await write((tx) =>
        tx.updateTable("envelopes").set({ opened_count: 3 }).where("envelope_id", "=", envelopeId).execute(),
      );
      const [counter] = await look();
      await openBlindly(world, grant);
      await counter?.mend?.();
      assert.deepEqual(await look(), [], "the opening after the look was not counted");

      await changeGrant({ state: "used_up", open_until_ms: 1 });
      const [key] = await look();
      assert.equal(key?.check, "keys");
      await changeGrant({ state: "used_up", open_until_ms: world.now() + 60_000 });
      await key.mend?.();
      const [rows] = await rowsOf(services.db.read, [envelopeId]);
      assert.ok(rows?.grants[0]?.wrapped_key !== null, "a key was erased within its hour");
      await changeGrant({ state: "active", open_until_ms: null });

      const chunk = Readable.from([randomBytes(7)], { objectMode: false });
      await services.blobs.putChunk(envelopeId, "7-0-0", chunk, 100);
      const [orphan] = await look();
      assert.equal(orphan?.check, "orphan");
      const part = { envelope_id: envelopeId, part: 7, generation: 0, chunks: 1, size_bytes: 7, sha256: "x" };
      await write((tx) => tx.insertInto("parts").values(part).execute());
      await orphan.mend?.();
      assert.deepEqual(await look(), [], "a chunk of a part was removed");
    });

    test("Q6: chunks of what became a draft again, the secret of a mail that waits, and what a second look does not find stay as they are", async (t) => {
      const world = await createWorld(t);
      const { services } = world.server;
      const { envelopeId } = await sendBlindly(world, world.owner, { holdSeconds: 30 });
      const chunk = Readable.from([randomBytes(7)], { objectMode: false });
      await services.blobs.putChunk(envelopeId, "7-0-0", chunk, 100);
      const [rows] = await rowsOf(services.db.read, [envelopeId]);
      const [orphan] = rows === undefined ? [] : await checkEnvelope(services, rows, { deep: false });
      assert.equal(orphan?.check, "orphan");
      await world.owner.call("POST", `/api/v1/envelopes/${envelopeId}/take-back`, { json: {} });
      const stored = await services.blobs.listChunks(envelopeId);
      await orphan.mend?.();
      assert.deepEqual(await services.blobs.listChunks(envelopeId), stored);

      const held = await sendBlindly(world, world.owner, { holdSeconds: 30 });
      const mails = services.db.read.selectFrom("outbox").selectAll().where("envelope_id", "=", held.envelopeId);
      const [mail] = await mails.execute();
      assert.ok(mail?.secret !== null && mail !== undefined);
      await services.db.write((tx) => eraseMailSecrets(tx, [mail.mail_id]));
      assert.equal((await mails.execute())[0]?.secret, mail.secret);

      let looks = 0;
      const listChunks: typeof services.blobs.listChunks = async (id) =>
        id === held.envelopeId && looks++ === 0 ? [] : await services.blobs.listChunks(id);
      const blinking = { ...services, blobs: { ...services.blobs, listChunks } };
      assert.deepEqual(await verdicts({ services: blinking }), []);
      assert.ok(looks > 1, "looked at once only");
    });

    test("Q6: a keyring is counted when it is mended, not when it was looked at", async (t) => {
      const world = await createWorld(t);
      const { memberId, organisationId } = await world.newMember();
      await world.server.services.db.write(async (tx) => {
        const keyring = { kem_public: "x", sign_public: "x", slot_count: 5, created_at_ms: 1 };
        await tx
          .insertInto("keyrings")
          .values({ member_id: memberId, organisation_id: organisationId, ...keyring })
          .execute();
        await correctSlotCount(tx, memberId);
      });
      assert.deepEqual(await verdicts(world.server), []);
    });
  });
});
