/** What the sender follows and does: list, message page, actions, requests, inbox; and what the clock does by itself. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Envelope, EnvelopeListItem, EnvelopeState, GrantStatus, InboxItem } from "@pli/core/wire";
import { cleanRows, endOverdue, sweepBlobs } from "./features/jobs/index.ts";
import {
  type BlindGrant,
  blindGrant,
  chunkPath,
  createDraft,
  openBlindly,
  prepareReply,
  putPart,
  sendBlindly,
  waitForText,
} from "./testing/blind-sender.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { readStored } from "./testing/stored.ts";
import { suiteScope, type World } from "./testing/world.ts";

const HOUR_MS = 3_600_000;

function only(grants: readonly BlindGrant[]): BlindGrant {
  const [grant] = grants;
  if (grant === undefined) throw new Error("no grant");
  return grant;
}

onBothProfiles(({ createWorld }) => {
  describe("following", () => {
    let world: World;
    const scope = suiteScope();
    before(async () => {
      world = await createWorld(scope);
    });
    const show = async (envelopeId: string) =>
      (await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}`)).json<Envelope>();
    const list = async (query: string) =>
      (await world.owner.call("GET", `/api/v1/envelopes?${query}`)).json<{
        items: EnvelopeListItem[];
        next?: string;
      }>();

    test("M21/Q10: the same recipient added again, after the answer was lost, is answered as the first time and mailed once", async () => {
      const { envelopeId } = await sendBlindly(world, world.owner, { delivery: "link" });
      const { creation } = blindGrant("lost.answer@courriel.example", { delivery: "mail" });
      const { db } = world.server.services;
      const add = async (json: object, headers: Record<string, string> = { "idempotency-key": creation.grantId }) => {
        // As it would be had the node died between the commit and the answer before.
        await db.write((tx) => tx.deleteFrom("idempotency_keys").execute());
        return await world.owner.call("POST", `/api/v1/envelopes/${envelopeId}/grants`, { json, headers });
      };
      assert.equal((await add(creation)).status, 201);
      const again = await add(creation);
      assert.equal(again.status, 201, again.bytes.toString());
      assert.equal(again.json<GrantStatus>().grantId, creation.grantId);
      const mails = await db.read
        .selectFrom("outbox")
        .select("mail_id")
        .where("grant_id", "=", creation.grantId)
        .execute();
      assert.equal(mails.length, 1);
      assert.equal((await show(envelopeId)).grants.length, 2);
      const { verifierSha256 } = blindGrant("x@courriel.example").creation;
      assert.equal((await add({ ...creation, verifierSha256 })).code, "already_exists");
      assert.equal((await add(creation, {})).code, "already_exists");
    });

    test("M20: each state is found by its filter, and the filters by recipient and reference find what they name", async () => {
      const link = { delivery: "link", openings: 2 } as const;
      const sent = await sendBlindly(world, world.owner, { ...link, to: ["filter.sent@courriel.example"] });
      const partly = await sendBlindly(world, world.owner, {
        ...link,
        to: ["filter.one@courriel.example", "filter.two@courriel.example"],
      });
      await openBlindly(world, only(partly.grants));
      const opened = await sendBlindly(world, world.owner, { ...link, to: ["filter.opened@courriel.example"] });
      await openBlindly(world, only(opened.grants));
      const revoked = await sendBlindly(world, world.owner, { ...link, to: ["filter.revoked@courriel.example"] });
      await world.owner.call("POST", `/api/v1/envelopes/${revoked.envelopeId}/revoke`);
      const held = { holdSeconds: 30, to: ["filter.sending@courriel.example"] };
      const sending = await sendBlindly(world, world.owner, held);
      const draft = await createDraft(world.owner);
      const found = async (state: EnvelopeState) => (await list(`state=${state}&limit=100`)).items;
      for (const [state, envelopeId] of [
        ["sending", sending.envelopeId],
        ["sent", sent.envelopeId],
        ["partly_opened", partly.envelopeId],
        ["opened", opened.envelopeId],
        ["revoked", revoked.envelopeId],
        ["draft", draft.envelopeId],
      ] as const) {
        const items = await found(state);
        assert.ok(
          items.some((item) => item.envelopeId === envelopeId),
          state,
        );
        assert.ok(items.every((item) => item.state === state));
        // A draft names nobody; of the others the outbox alone tells which is which, so that their pages may be short.
        if (state === "sending" || state === "sent" || state === "draft") continue;
        const page = await list(`state=${state}&limit=1&q=filter.`);
        assert.deepEqual(
          [page.items.length, page.next],
          [1, undefined],
          `what is ${state} fills a page, and nothing else`,
        );
      }
      assert.deepEqual(
        (await world.colleague.call("GET", "/api/v1/envelopes?limit=100")).json<{ items: unknown[] }>().items,
        [],
        "each member has a list of their own",
      );
      const byRecipient = await list("recipient=FILTER.two");
      assert.deepEqual(
        byRecipient.items.map((item) => item.envelopeId),
        [partly.envelopeId],
      );
      assert.deepEqual((await list("q=%25")).items, [], "a wildcard means itself");
      const underlined = await sendBlindly(world, world.owner, { ...link, to: ["first_last@courriel.example"] });
      await sendBlindly(world, world.owner, { ...link, to: ["firstxlast@courriel.example"] });
      for (const query of ["recipient=first_last", "q=FIRST_LAST"]) {
        const { items } = await list(query);
        assert.deepEqual(
          items.map((item) => item.envelopeId),
          [underlined.envelopeId],
          query,
        );
      }
    });

    test("M20: pages follow one another without gap or repetition", async () => {
      const all = (await list("limit=100")).items.map((item) => item.envelopeId);
      const paged: string[] = [];
      let cursor = "";
      do {
        const page = await list(`limit=2${cursor}`);
        paged.push(...page.items.map((item) => item.envelopeId));
        cursor = page.next === undefined ? "" : `&cursor=${page.next}`;
      } while (cursor !== "");
      assert.deepEqual(paged, all);
      assert.deepEqual(all, all.toSorted().toReversed());
    });

    test("M21: openings and expiry are changed, a grant is added, one is revoked, the link is sent again", async () => {
      const message = await sendBlindly(world, world.owner, { to: ["m21@courriel.example"], openings: 1 });
      const { envelopeId } = message;
      const grant = only(message.grants);
      const path = `/api/v1/envelopes/${envelopeId}/grants`;
      const expiresAt = new Date(world.now() + 5 * HOUR_MS).toISOString();
      const changed = await world.owner.call("PATCH", `${path}/${grant.grantId}`, {
        json: { openingsLeft: 7, expiresAt },
      });
      assert.equal(changed.status, 200);
      const added = blindGrant("m21.new@courriel.example");
      assert.equal((await world.owner.call("POST", path, { json: added.creation })).status, 201);
      const twice = await world.owner.call("POST", path, { json: added.creation });
      assert.equal(twice.code, "already_exists");
      const json = { linkSecret: grant.linkSecret };
      assert.equal((await world.owner.call("POST", `${path}/${grant.grantId}/resend`, { json })).status, 204);
      assert.equal((await world.owner.call("POST", `${path}/${added.grantId}/revoke`)).status, 204);
      const { grants, state } = await show(envelopeId);
      const [first, second] = grants;
      assert.equal(first?.openingsLeft, 7);
      assert.equal(first?.expiresAt, expiresAt);
      assert.equal(first?.sends, 2);
      assert.equal(second?.state, "revoked");
      assert.notEqual(state, "revoked");
      const refused = await world.owner.call("POST", `${path}/${added.grantId}/resend`, { json });
      assert.equal(refused.code, "conflict");
    });

    test("M20, M21: an address that was corrected before it opened anything is not waited for", async () => {
      const message = await sendBlindly(world, world.owner, { to: ["right@b.example", "wrong@b.example"] });
      const { envelopeId, grants } = message;
      const [right, wrong] = [grants[0] ?? assert.fail(), grants[1] ?? assert.fail()];
      const told = async () => {
        const { state, recipientsOpened, recipientsCount } = await show(envelopeId);
        return `${state}: ${recipientsOpened} of ${recipientsCount}`;
      };
      const path = `/api/v1/envelopes/${envelopeId}/grants`;
      await openBlindly(world, right);
      assert.equal(await told(), "partly_opened: 1 of 2");
      for (let times = 0; times < 2; times++) {
        assert.equal((await world.owner.call("POST", `${path}/${wrong.grantId}/revoke`)).status, 204);
        assert.equal(await told(), "opened: 1 of 1");
      }
      const added = blindGrant("corrected@b.example", { delivery: "link" });
      assert.equal((await world.owner.call("POST", path, { json: added.creation })).status, 201);
      assert.equal(await told(), "partly_opened: 1 of 2");
      assert.equal((await world.owner.call("POST", `${path}/${right.grantId}/revoke`)).status, 204);
      assert.equal(await told(), "partly_opened: 1 of 2", "who opened it did open it");
    });

    test("M17: a request for a new copy reaches the sender's page and mailbox, and is done once answered", async () => {
      const message = await sendBlindly(world, world.owner, { delivery: "link", to: ["m17@courriel.example"] });
      const grant = only(message.grants);
      const path = `/api/v1/grants/${grant.grantId}/requests`;
      assert.equal((await world.visitor().call("POST", path, { json: { reason: "new_copy" } })).status, 202);
      await waitForText(world, world.owner.address, /(m17@courriel\.example)/);
      const [request] = (await show(message.envelopeId)).requests;
      assert.equal(request?.done, false);
      const done = `/api/v1/envelopes/${message.envelopeId}/requests/${request?.requestId}/done`;
      assert.equal((await world.owner.call("POST", done)).status, 204);
      assert.equal((await show(message.envelopeId)).requests[0]?.done, true);
    });

    test("M16, M25: a reply arrives in the inbox of its sender alone, is read, marked, and is deleted for good", async () => {
      const message = await sendBlindly(world, world.owner, { delivery: "link", to: ["m16@courriel.example"] });
      const grant = only(message.grants);
      const device = await openBlindly(world, grant);
      const { envelopeId, order } = await prepareReply(device, grant.grantId);
      assert.equal((await device.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: order })).status, 200);
      const inbox = async () => (await world.owner.call("GET", "/api/v1/inbox")).json<{ items: InboxItem[] }>().items;
      const item = (await inbox()).find((one) => one.envelopeId === envelopeId);
      assert.equal(item?.from.address, "m16@courriel.example");
      await waitForText(world, world.owner.address, new RegExp(`/app/received/(${envelopeId})`));
      assert.equal(item?.inReplyTo, message.envelopeId);
      assert.equal(item?.sealedKey, order.sealedKey);
      assert.equal(item?.read, false);
      assert.equal((await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}/parts/0/content`)).status, 200);
      assert.equal((await device.call("GET", `/api/v1/envelopes/${envelopeId}/parts/0/content`)).status, 401);
      assert.equal((await world.owner.call("POST", `/api/v1/inbox/${envelopeId}/read`)).status, 204);
      assert.equal((await inbox()).find((one) => one.envelopeId === envelopeId)?.read, true);
      const unread = async () =>
        (await world.owner.call("GET", "/api/v1/inbox?unread=true")).json<{ items: InboxItem[] }>().items;
      assert.ok(!(await unread()).some((one) => one.envelopeId === envelopeId));
      assert.equal((await world.owner.call("POST", `/api/v1/inbox/${envelopeId}/unread`)).status, 204);
      assert.equal((await unread()).find((one) => one.envelopeId === envelopeId)?.read, false);
      assert.equal((await world.owner.call("DELETE", `/api/v1/inbox/${envelopeId}`)).status, 204);
      assert.ok(!(await inbox()).some((one) => one.envelopeId === envelopeId));
      assert.equal(
        (await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}/parts/0/content`)).code,
        "destroyed",
      );
    });

    test("M5: a range of a part is the bytes of that range, and only what is there", async () => {
      const message = await sendBlindly(world, world.owner, { delivery: "link", openings: 2, partBytes: [500, 9000] });
      const grant = only(message.grants);
      const device = await openBlindly(world, grant);
      const path = `/api/v1/grants/${grant.grantId}/parts/1/content`;
      const content = message.contents[1] ?? Buffer.alloc(0);
      for (const [range, start, end] of [
        ["bytes=0-0", 0, 1],
        ["bytes=100-199", 100, 200],
        ["bytes=8990-", 8990, 9000],
        ["bytes=-10", 8990, 9000],
        ["bytes=8990-99999", 8990, 9000],
      ] as const) {
        const answer = await device.call("GET", path, { headers: { range } });
        assert.equal(answer.status, 206, range);
        assert.deepEqual(answer.bytes, Buffer.from(content.subarray(start, end)), range);
        assert.equal(answer.headers["content-range"], `bytes ${start}-${end - 1}/9000`);
      }
      assert.equal((await device.call("GET", path, { headers: { range: "bytes=9000-" } })).status, 416);
      assert.equal((await device.call("GET", path)).bytes.length, 9000);
    });

    test("M20: past its time a message is expired in the list by the clock alone", async () => {
      const brief = { delivery: "link", to: ["brief@courriel.example"], expiresInMs: HOUR_MS } as const;
      const { envelopeId } = await sendBlindly(world, world.owner, brief);
      world.advance(HOUR_MS + 1000);
      const found = async (state: EnvelopeState) =>
        (await list(`state=${state}&q=brief@`)).items.map((item) => item.envelopeId);
      assert.deepEqual([await found("expired"), await found("sent")], [[envelopeId], []]);
    });

    test("M6/M9: at its expiry a message is destroyed, unread is told, and nothing of it is kept", async () => {
      const message = await sendBlindly(world, world.owner, {
        delivery: "link",
        to: ["never.opened@courriel.example"],
        expiresInMs: HOUR_MS,
      });
      world.advance(HOUR_MS + 1000);
      await endOverdue(world.server.services);
      await waitForText(world, world.owner.address, /(never\.opened@courriel\.example)/);
      const { state, sealedKey, contentAvailable } = await show(message.envelopeId);
      assert.deepEqual(
        { state, sealedKey, contentAvailable },
        { state: "expired", sealedKey: undefined, contentAvailable: false },
      );
      const { files } = await readStored(world);
      assert.ok(!files.some((file) => file.includes(message.envelopeId)));
    });

    test("Z8/Q10: while the store takes no deletions the keys of what is overdue go all the same, and the blobs follow", async () => {
      const { grants } = await sendBlindly(world, world.owner, { delivery: "link" });
      const device = await openBlindly(world, only(grants));
      const replies: string[] = [];
      for (let count = 0; count < 3; count++) {
        const { envelopeId, order } = await prepareReply(device, only(grants).grantId);
        const path = `/api/v1/envelopes/${envelopeId}/send`;
        assert.equal((await device.call("POST", path, { json: order })).status, 200);
        replies.push(envelopeId);
      }
      const draft = await createDraft(world.owner);
      await putPart(world.owner, draft.envelopeId, 0, Buffer.alloc(100, 1));
      world.advance(31 * 24 * HOUR_MS);
      const { services } = world.server;
      const keysLeft = async () =>
        (
          await services.db.read
            .selectFrom("seals")
            .select("envelope_id")
            .where("envelope_id", "in", replies)
            .where("sealed_key", "is not", null)
            .execute()
        ).length;
      assert.equal(await keysLeft(), 3);
      const deleteFolder = () => Promise.reject(new Error("the store is gone"));
      await assert.rejects(
        endOverdue({ ...services, blobs: { ...services.blobs, deleteFolder } }),
        /the store is gone/,
      );
      assert.equal(await keysLeft(), 0);
      await endOverdue(services);
      await sweepBlobs(services);
      const { files } = await readStored(world);
      assert.ok(!files.some((file) => [draft.envelopeId, ...replies].some((envelopeId) => file.includes(envelopeId))));
    });

    test("Q10: drafts that nobody sent, and blobs that belong to nothing, go", async () => {
      const { envelopeId } = await createDraft(world.owner);
      await putPart(world.owner, envelopeId, 0, Buffer.alloc(100, 1));
      const { services } = world.server;
      const { Readable } = await import("node:stream");
      await services.blobs.putChunk("00000000000000000000000000", "0-0-0", Readable.from([Buffer.alloc(9)]), 10);
      assert.equal(await sweepBlobs(services), 1);
      assert.ok((await readStored(world)).files.some((file) => file.includes(envelopeId)));
      world.advance(73 * HOUR_MS);
      await endOverdue(services);
      await cleanRows(services);
      assert.ok(!(await readStored(world)).files.some((file) => file.includes(envelopeId)));
      const late = await world.owner.call("PUT", chunkPath(envelopeId, 1, 0), {
        body: Buffer.alloc(9),
        headers: { "content-type": "application/octet-stream" },
      });
      assert.equal(late.code, "not_found");
    });
  });
});
