/** The verification on both profiles: each disagreement that is planted is found, alone; what is safe to mend is mended; nothing else is touched. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { before, describe, test } from "node:test";
import type { RegisterEvent } from "@pli/core/wire";
import { newId, type Tx } from "../../platform/database/index.ts";
import { type BlindMessage, openBlindly, sendBlindly } from "../../testing/blind-sender.ts";
import { onBothProfiles } from "../../testing/profiles.ts";
import { contentGone } from "../../testing/stored.ts";
import { suiteScope, type World } from "../../testing/world.ts";
import { erasingDone } from "../envelopes/index.ts";
import { verdicts } from "./testing/places.ts";

/** A lease that ends later than that is taken for one of a clock that was set back. */
const HELD_MS = 80_000;
const DAY_MS = 24 * 3_600_000;

interface Plant {
  readonly title: string;
  /** What is said of it; `ID` stands for the envelope. */
  readonly said: RegExp;
  readonly isMended: boolean;
  plant(message: BlindMessage): Promise<unknown>;
  /** Where a person must decide: what this person does. */
  undo?(message: BlindMessage): Promise<unknown>;
}

onBothProfiles(({ name, createWorld }) => {
  describe("verification", () => {
    const scope = suiteScope();
    let world: World;
    before(async () => {
      world = await createWorld(scope);
    });
    /** Somebody else has all jobs for longer than a test takes: the server must not end by itself what was just planted. */
    const holdJobs = async () => {
      const lease = { owner: "the test", until_ms: world.server.services.clock.now() + HELD_MS };
      const rows = ["overdue", "rows", "blobs"].map((job) => ({ job, ran_at_ms: 0, ...lease }));
      await write((tx) =>
        tx
          .insertInto("job_leases")
          .values(rows)
          .onConflict((there) => there.column("job").doUpdateSet(lease))
          .execute(),
      );
    };
    const write = (job: (tx: Tx) => Promise<unknown>) => world.server.services.db.write(job);
    const look = (options?: Parameters<typeof verdicts>[1]) => verdicts(world.server, options);
    const store = () => world.server.services.blobs;
    const put = (folder: string, chunk: string, bytes: Uint8Array) =>
      store().putChunk(folder, chunk, Readable.from([Buffer.from(bytes)], { objectMode: false }), 1e6);
    const grantOf = (message: BlindMessage) => message.grants[0]?.grantId ?? "";
    const end = async ({ envelopeId }: BlindMessage) => {
      const answer = await world.owner.call("POST", `/api/v1/envelopes/${envelopeId}/revoke`);
      assert.equal(answer.status, 204);
      await contentGone(world, envelopeId);
      // What erased it may still be about to write so.
      await erasingDone(world.server.services);
    };
    const strayId = newId(Date.now() - DAY_MS);
    /** Entries of the journal that say something else. */
    const rename = ({ envelopeId }: BlindMessage, from: RegisterEvent, event: RegisterEvent) =>
      write((tx) =>
        tx
          .updateTable("journal")
          .set({ event })
          .where("envelope_id", "=", envelopeId)
          .where("event", "=", from)
          .execute(),
      );

    const plants: readonly Plant[] = [
      {
        title: "a chunk that is lost",
        said: /^content: ID part 1 lacks 1 of 1 chunks$/,
        isMended: false,
        plant: ({ envelopeId }) => store().deleteChunk(envelopeId, "1-0-0"),
        undo: ({ envelopeId, contents }) => put(envelopeId, "1-0-0", contents[1] ?? new Uint8Array()),
      },
      {
        title: "a chunk of another length",
        said: /^content: ID part 1 has 7 of 5000 bytes$/,
        isMended: false,
        plant: async ({ envelopeId }) => {
          await store().deleteChunk(envelopeId, "1-0-0");
          await put(envelopeId, "1-0-0", randomBytes(7));
        },
        undo: async ({ envelopeId, contents }) => {
          await store().deleteChunk(envelopeId, "1-0-0");
          await put(envelopeId, "1-0-0", contents[1] ?? new Uint8Array());
        },
      },
      {
        title: "a chunk of other bytes",
        said: /^digest: ID part 1 is not what its sender declared$/,
        isMended: false,
        plant: async ({ envelopeId }) => {
          await store().deleteChunk(envelopeId, "1-0-0");
          await put(envelopeId, "1-0-0", randomBytes(5000));
        },
        undo: async ({ envelopeId, contents }) => {
          await store().deleteChunk(envelopeId, "1-0-0");
          await put(envelopeId, "1-0-0", contents[1] ?? new Uint8Array());
        },
      },
      {
        title: "a chunk too many",
        said: /^orphan: ID has 1 chunks that belong to no part$/,
        isMended: true,
        plant: ({ envelopeId }) => put(envelopeId, "7-0-0", randomBytes(7)),
      },
      {
        title: "content of nothing",
        said: /^orphan: \w{26} is not there, and its content is$/,
        isMended: true,
        plant: () => put(strayId, "0-0-0", randomBytes(7)),
      },
      {
        title: "content that should be gone",
        said: /^content: ID is revoked and its content was not erased$/,
        isMended: true,
        plant: async (message) => {
          await end(message);
          const change = { content_gone: 0, ended_at_ms: Date.now() - DAY_MS } as const;
          await write((tx) =>
            tx.updateTable("envelopes").set(change).where("envelope_id", "=", message.envelopeId).execute(),
          );
        },
      },
      {
        title: "content that came back",
        said: /^orphan: ID is revoked, and content of it is left$/,
        isMended: true,
        plant: async (message) => {
          await end(message);
          // Its id is young: as if it were older than what a server may be about to do.
          world.server.services.clock.now = () => Date.now() + DAY_MS;
          await holdJobs();
          await put(message.envelopeId, "0-0-0", randomBytes(7));
        },
      },
      {
        title: "a key of what has ended",
        said: /^keys: ID is revoked and still has keys$/,
        isMended: true,
        plant: async (message) => {
          await end(message);
          await write((tx) =>
            tx
              .updateTable("seals")
              .set({ sealed_key: randomBytes(9) })
              .where("envelope_id", "=", message.envelopeId)
              .execute(),
          );
        },
      },
      {
        title: "a key of one recipient who was revoked",
        said: /^keys: ID recipient \S+ is revoked and still has a key$/,
        isMended: true,
        plant: (message) =>
          write((tx) =>
            tx.updateTable("grants").set({ state: "revoked" }).where("grant_id", "=", grantOf(message)).execute(),
          ),
      },
      {
        title: "openings that the journal does not know",
        said: /^openings: ID recipient \S+ used 1 openings, the journal knows 0$/,
        isMended: false,
        plant: (message) =>
          write((tx) =>
            tx.updateTable("grants").set({ openings_left: 0 }).where("grant_id", "=", grantOf(message)).execute(),
          ),
        undo: (message) =>
          write((tx) =>
            tx.updateTable("grants").set({ openings_left: 1 }).where("grant_id", "=", grantOf(message)).execute(),
          ),
      },
      {
        title: "a counter",
        said: /^counters: ID counts 3 recipients who opened, of 0$/,
        isMended: true,
        plant: ({ envelopeId }) =>
          write((tx) =>
            tx.updateTable("envelopes").set({ opened_count: 3 }).where("envelope_id", "=", envelopeId).execute(),
          ),
      },
      {
        title: "a gap in the journal",
        said: /^journal: ID has a journal that does not begin with its sending$/,
        isMended: false,
        plant: (message) => rename(message, "sent", "visited"),
        undo: (message) => rename(message, "visited", "sent"),
      },
      {
        title: "an end that the journal does not know",
        said: /^journal: ID has a journal without its end$/,
        isMended: false,
        plant: async (message) => {
          await end(message);
          await rename(message, "destroyed", "visited");
        },
        undo: (message) => rename(message, "visited", "destroyed"),
      },
      {
        title: "a revocation that the journal does not know",
        said: /^journal: ID has a journal that does not know it was revoked$/,
        isMended: false,
        plant: async (message) => {
          await end(message);
          await rename(message, "revoked", "visited");
        },
        undo: (message) => rename(message, "visited", "revoked"),
      },
      {
        title: "rows of nothing",
        said: /^rows: nowhere is not there, and rows of it are left$/,
        isMended: true,
        plant: () =>
          write((tx) =>
            tx
              .insertInto("seals")
              .values({ envelope_id: "nowhere" } as never)
              .execute(),
          ),
      },
      {
        title: "a secret of a mail that has ended",
        said: /^mail: {2}1 mails have ended and keep their secret$/,
        isMended: true,
        plant: async () => {
          const { envelopeId } = await sendBlindly(world, world.owner, { holdSeconds: 30, to: ["held@r.example"] });
          await write((tx) =>
            tx.updateTable("outbox").set({ state: "failed" }).where("envelope_id", "=", envelopeId).execute(),
          );
        },
      },
      {
        title: "a keyring that counts wrongly",
        said: /^keyring: {2}the keyring of member \S+ has 0 ways to unlock/,
        isMended: true,
        plant: async () => {
          const { memberId, organisationId } = await world.newMember();
          const row = { member_id: memberId, organisation_id: organisationId, kem_public: "x", sign_public: "x" };
          await write((tx) =>
            tx
              .insertInto("keyrings")
              .values({ ...row, slot_count: 2, created_at_ms: 1 })
              .execute(),
          );
        },
      },
      {
        title: "an author who is not there",
        said: /^owner: ID belongs to a member who is not there$/,
        isMended: false,
        plant: ({ envelopeId }) =>
          write((tx) =>
            tx.updateTable("envelopes").set({ member_id: "nobody" }).where("envelope_id", "=", envelopeId).execute(),
          ),
        undo: ({ envelopeId }) =>
          write((tx) =>
            tx
              .updateTable("envelopes")
              .set({ member_id: world.owner.memberId })
              .where("envelope_id", "=", envelopeId)
              .execute(),
          ),
      },
    ];

    test("Q6: of a server in good order, living, ended and half-written, it says nothing", async () => {
      const message = await sendBlindly(world, world.owner, {
        delivery: "link",
        openings: 2,
        to: ["a@r.example", "b@r.example"],
      });
      const [first] = message.grants;
      assert.ok(first !== undefined);
      await openBlindly(world, first);
      await end(await sendBlindly(world, world.owner, { delivery: "link" }));
      await world.owner.call("POST", "/api/v1/envelopes", { json: { kind: "message" } });
      assert.deepEqual(await look({ deep: true }), []);
    });

    for (const { title, said, isMended, plant, undo } of plants) {
      test(`Q6: it finds ${title}${isMended ? ", and mends it" : ""}`, async (t) => {
        const now = world.server.services.clock.now;
        t.after(() => {
          world.server.services.clock.now = now;
        });
        await holdJobs();
        const message = await sendBlindly(world, world.owner, { delivery: "link" });
        await plant(message);
        const found = await look({ deep: true });
        assert.equal(found.length, 1, found.join("\n"));
        assert.match((found[0] ?? "").replace(message.envelopeId, "ID"), said);
        const again = await look({ deep: true, mend: true });
        assert.deepEqual(again, [isMended ? `${found[0]} (mended)` : found[0]]);
        await undo?.(message);
        assert.deepEqual(await look({ deep: true }), [], name);
      });
    }

    test("Q6: what a running server is about to do is not called wrong", async () => {
      await put(newId(Date.now()), "0-0-0", randomBytes(7));
      const young = await look();
      assert.deepEqual(young, []);
    });
  });
});
