/** A member's own client writes another sender into a message: whoever opens it is told, and sees who sent it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createDraft, createTransport, createUpload, sendMessage } from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import type { Account } from "@pli/core/wire";
import { runAdmin } from "../../../e2e/harness.ts";
import { newRecipient, newSender } from "./testing/people.ts";

const sender = await newSender();
const token = await runAdmin(sender.server, ["create-token", "--member", sender.server.ownerAddress]);

/** @returns a link that needs no code */
async function sendAs(from: { readonly name: string; readonly address: string }): Promise<string> {
  const t = createTransport({ origin: sender.server.origin, fetch, token });
  const { keyring } = await t.json<Account>("GET", "/api/v1/me");
  assert.ok(keyring);
  const { draft, contentKey } = await createDraft(t, nodeCrypto);
  const upload = createUpload(t, nodeCrypto, { ...draft, contentKey });
  const recipients = [{ address: "reader@courriel.example", type: "to" as const }];
  const { links } = await sendMessage(t, nodeCrypto, {
    draft,
    contentKey,
    upload,
    account: { keyring },
    message: { subject: "Invoice", html: "", text: "Pay today", from, recipients, attachments: [] },
    policy: {
      openings: 1,
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      language: "en",
      delivery: "link",
      notify: "never",
    },
  });
  return links[0]?.link ?? "";
}

test("C3, M14: open and reply show who sent a message that names another sender, and warn", async (t) => {
  const reader = await newRecipient(t, sender.server);
  const owner = sender.server.ownerAddress;
  const link = await sendAs({ name: "The Mayor", address: "mayor@ville.example" });
  const warning = `The Mayor <mayor@ville.example>, but it was sent by ${owner}`;
  const opened = await reader.run(["open", link, "--out", reader.folder]);
  assert.equal(opened.status, 0, opened.stderr);
  assert.match(opened.stdout, new RegExp(`^From: ${owner}$`, "m"));
  assert.ok(opened.stderr.includes(warning), opened.stderr);
  const asJson = await reader.run(["open", link, "--out", reader.folder, "--json"]);
  const { from, claimedFrom } = JSON.parse(asJson.stdout);
  assert.deepEqual([from.address, claimedFrom], [owner, { name: "The Mayor", address: "mayor@ville.example" }]);
  const replied = await reader.run(["reply", link, "--text", "No."]);
  assert.ok(replied.stderr.includes(warning), replied.stderr);
});

test("C3, M14: an honest sender is not warned about, however the address is written", async (t) => {
  const reader = await newRecipient(t, sender.server);
  const link = await sendAs({ name: "", address: sender.server.ownerAddress.toUpperCase() });
  const { stdout, stderr } = await reader.run(["open", link, "--out", reader.folder, "--json"]);
  assert.doesNotMatch(stderr, /Warning/);
  assert.equal(JSON.parse(stdout).claimedFrom, undefined);
});
