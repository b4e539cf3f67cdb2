/** The local mailbox: there for whoever tries Pli out on this machine, and for nobody else. */
import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { readConfig } from "../../config.ts";
import { createWorld, type World } from "../../testing/world.ts";
import { hasLocalMailbox } from "./local-mailbox.ts";
import { orderMessage, outboxRow } from "./testing/order.ts";

function get(
  world: World,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> {
  const { port } = new URL(world.origin);
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(pieces).toString(),
        }),
      );
    })
      .on("error", reject)
      .end();
  });
}

test("Q1: mails are listed newest first, filtered by address, and shown on a page under the strict policy", async (t) => {
  const world = await createWorld(t);
  for (const to of ["a@b.example", "C@d.example", "a@b.example"]) {
    const ordered = await orderMessage(world, to);
    await t.waitFor(async () => assert.equal((await outboxRow(world, ordered)).state, "accepted"), { timeout: 30_000 });
    world.advance(1000);
  }
  const mails = JSON.parse((await get(world, "/dev/mailbox.json")).body) as Record<string, string>[];
  assert.deepEqual(
    mails.map(({ to }) => to),
    ["a@b.example", "C@d.example", "a@b.example"],
  );
  assert.deepEqual(Object.keys(mails[0] ?? {}).toSorted(), [
    "channel",
    "from",
    "html",
    "id",
    "sentAt",
    "subject",
    "text",
    "to",
  ]);
  assert.ok((mails[0]?.sentAt ?? "") > (mails[2]?.sentAt ?? ""));
  assert.equal((JSON.parse((await get(world, "/dev/mailbox.json?to=c%40D.example")).body) as unknown[]).length, 1);

  const page = await get(world, "/dev/mailbox", { "accept-language": "fr" });
  assert.equal(page.status, 200);
  assert.match(page.body, /<html lang="fr">/);
  assert.match(String(page.headers["content-security-policy"]), /script-src 'self'/);
  assert.doesNotMatch(page.body, /<script>|<style|style=| on\w+=/);
  const mail = await get(world, `/dev/mailbox/${mails[0]?.id}.html`);
  assert.match(
    String(mail.headers["content-security-policy"]),
    /^default-src 'none';.*frame-ancestors 'self'.*sandbox/,
  );
  assert.doesNotMatch(String(mail.headers["content-security-policy"]), /allow-scripts/);
  const etag = String((await get(world, "/dev/mailbox.json")).headers.etag);
  assert.equal((await get(world, "/dev/mailbox.json", { "if-none-match": etag })).status, 304);
});

test("Q1: a name that is pointed at this machine, or a proxy in front, finds no mailbox", async (t) => {
  const world = await createWorld(t);
  const missing = await get(world, "/dev/nothing");
  for (const path of ["/dev/mailbox", "/dev/mailbox.json", "/dev/mailbox/mailbox.js"]) {
    for (const headers of [
      { host: "evil.example" },
      { host: "localhost.evil.example" },
      { host: "127.0.0.1.evil.example" },
      { "x-forwarded-for": "192.0.2.1" },
      { forwarded: "for=192.0.2.1" },
      { via: "1.1 proxy" },
    ]) {
      const answer = await get(world, path, headers);
      assert.equal(answer.status, 404, `${path} ${JSON.stringify(headers)}`);
      const plain = (body: string) => body.replace(/"requestId":"[^"]*"/, "");
      assert.equal(plain(answer.body), plain(missing.body));
    }
  }
});

test("Q1: with a relay, on another address or behind a public name, the mailbox does not exist", async (t) => {
  for (const environment of [{ PLI_SMTP_URL: "smtp://127.0.0.1:9" }, { PLI_HOST: "0.0.0.0" }]) {
    const world = await createWorld(t, environment);
    for (const path of ["/dev/mailbox", "/dev/mailbox.json", "/dev/mailbox/mailbox.css"]) {
      assert.equal((await get(world, path)).status, 404);
    }
    assert.ok(!world.server.announcements.some((line) => line.includes("mailbox")));
  }
  // A proxy need not say that it is one, nor keep the name it was asked for.
  assert.equal(hasLocalMailbox(readConfig({ PLI_URL: "https://pli.example.org" })), false);
  for (const PLI_URL of [undefined, "http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"]) {
    assert.equal(hasLocalMailbox(readConfig({ PLI_URL })), true);
  }
});
