/** Mails that a member does not want: one request ends them, one brings them back, and nobody else can. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { onBothProfiles } from "../../../testing/profiles.ts";
import type { World } from "../../../testing/world.ts";
import { enqueue } from "../index.ts";
import { startRelay } from "../testing/relay.ts";

const PATIENCE = { timeout: 30_000, interval: 20 };
const ONE_CLICK = {
  body: "List-Unsubscribe=One-Click",
  headers: { "content-type": "application/x-www-form-urlencoded" },
};
const form = (want: string) => ({ ...ONE_CLICK, body: `want=${want}` });

onBothProfiles(({ createWorld }) => {
  async function setUp(t: TestContext) {
    const relay = await startRelay(t);
    return { relay, world: await createWorld(t, { PLI_SMTP_URL: relay.url }) };
  }

  /** Tells the owner of an opening, and of a request that nobody can switch off. */
  async function tell(world: World, recipient: string): Promise<void> {
    const { services } = world.server;
    const { address, organisationId } = world.owner;
    const mail = { to: address, language: "en", organisationId, envelopeId: "e" } as const;
    const when = { recipient, atMs: world.now(), timeZone: "UTC" };
    await services.db.write(async (tx) => {
      await enqueue(services, tx, { ...mail, kind: "opened", facts: { ...when, openingsLeft: 1 } });
      await enqueue(services, tx, { ...mail, kind: "copy_request", facts: { ...when, reason: "not_me" } });
    });
  }

  test("M9, M11: List-Unsubscribe ends mails of one kind by one request, and the same page brings them back", async (t) => {
    const { relay, world } = await setUp(t);
    const subjects = () => relay.received.map(({ mail }) => mail.subject?.split(" ")[0]).sort();
    await tell(world, "Ada");
    await t.waitFor(() => assert.equal(relay.received.length, 2), PATIENCE);
    const headers = (word: string) =>
      Object.fromEntries(
        relay.received
          .find(({ mail }) => mail.subject?.includes(word))
          ?.mail.headers.map(({ key, value }) => [key, value]) ?? [],
      );
    const opened = headers("Ada opened");
    assert.equal(opened["list-unsubscribe-post"], "List-Unsubscribe=One-Click");
    const link = /^<(.+)>$/.exec(opened["list-unsubscribe"] ?? "")?.[1] ?? "";
    assert.ok(link.startsWith(`${world.origin}/stop/`));
    assert.ok(relay.received.some(({ mail }) => mail.html?.includes(`href="${link}"`) && mail.text?.includes(link)));
    assert.equal(headers("says")["list-unsubscribe"], undefined, "what asks for an answer cannot be switched off");

    const path = new URL(link).pathname;
    const visitor = world.visitor();
    for (const method of ["GET", "HEAD"]) assert.equal((await visitor.call(method, path)).status, 200);
    assert.equal((await visitor.call("POST", path, ONE_CLICK)).status, 200);
    assert.equal((await visitor.call("POST", path, ONE_CLICK)).status, 200, "again is fine");
    await tell(world, "Ben");
    await t.waitFor(() => assert.deepEqual(subjects(), ["Ada", "Ada", "Ben"]), PATIENCE);

    const waiting = world.server.services.db.read.selectFrom("outbox").select("mail_id").where("state", "=", "waiting");
    await t.waitFor(async () => assert.deepEqual(await waiting.execute(), []), PATIENCE);
    const page = (await visitor.call("GET", path)).bytes.toString();
    assert.match(page, /You no longer receive these mails/);
    assert.match((await visitor.call("POST", path, form("on"))).bytes.toString(), /You receive these mails\./);
    await tell(world, "Cleo");
    await t.waitFor(() => assert.deepEqual(subjects(), ["Ada", "Ada", "Ben", "Cleo", "Cleo"]), PATIENCE);
  });

  test("M9: a link that was changed opens no door, and a request that says nothing changes nothing", async (t) => {
    const { relay, world } = await setUp(t);
    await tell(world, "Ada");
    await t.waitFor(() => assert.equal(relay.received.length, 2), PATIENCE);
    const link =
      /\/stop\/[^>"\s]+/.exec(
        relay.received
          .map(({ raw }) => raw)
          .join("")
          .replaceAll("=\r\n", ""),
      )?.[0] ?? "";
    const visitor = world.visitor();
    const [memberId = "", , code = ""] = link.replace("/stop/", "").split(".");
    for (const wrong of [
      `/stop/${memberId}.unread.${code}`,
      `/stop/${world.colleague.memberId}.opened.${code}`,
      `/stop/${memberId}.opened.${code.slice(1)}`,
      `/stop/${memberId}.copy_request.${code}`,
      "/stop/x",
    ]) {
      assert.equal((await visitor.call("POST", wrong, ONE_CLICK)).code, "not_found", wrong);
    }
    assert.equal((await visitor.call("POST", link, form("everything"))).code, "bad_input");
    assert.equal((await visitor.call("POST", link, { json: { want: "off" } })).code, "unsupported_media_type");
    assert.equal(
      (await visitor.call("POST", link, { ...ONE_CLICK, body: "x".repeat(5000) })).code,
      "payload_too_large",
    );
    const elsewhere = { ...ONE_CLICK, headers: { ...ONE_CLICK.headers, origin: "https://elsewhere.example" } };
    assert.equal((await visitor.call("POST", link, elsewhere)).code, "forbidden_origin");
    assert.match((await visitor.call("GET", link)).bytes.toString(), /You receive these mails\./);
  });
});
