/** Sending, answering and following against the wire's contract: every recipient can open, the sender can read back, the server sees ciphertext. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64url, toBase64url } from "@pli/core/bytes";
import { nodeCrypto } from "@pli/core/crypto-node";
import { createSeed, deriveKeyring, newSenderKey, parseLink } from "@pli/core/sealing";
import type { GrantCreation, Opening, SendMessage, SendReply } from "@pli/core/wire";
import { openGrantLink, openInboxItem, openSent } from "./follow.ts";
import { openGrant } from "./grant-doors.ts";
import { readManifest } from "./read-manifest.ts";
import { createReplyDraft, replyAuthor, sendReply } from "./reply.ts";
import { createDraft, type MessagePolicy, prepareMessage, submitMessage } from "./send.ts";
import { openSummary } from "./summary.ts";
import { createFaultServer, pattern, waitShortly } from "./testing/fault-server.ts";
import { createTransport } from "./transport.ts";
import { createUpload } from "./upload.ts";

const CHEAP = { memoryKiB: 19_456, passes: 2, lanes: 1 };
const keys = await deriveKeyring(nodeCrypto, createSeed(nodeCrypto));
const account = { keyring: { kemPublic: toBase64url(keys.kemPublic) } };

/** A server of drafts: parts as in FaultServer, orders kept, openings granted to whoever sends the right verifier. */
function setUp() {
  const parts = createFaultServer();
  const orders: { path: string; key: string | null; body: string }[] = [];
  let losesAnswer = false;
  const fetch: typeof globalThis.fetch = async (url, init = {}) => {
    const { pathname } = new URL(String(url));
    if (pathname === "/api/v1/envelopes" || pathname.endsWith("/replies")) {
      return Response.json({ envelopeId: "env1", chunkBytes: 262_144, draftExpiresAt: "2026-12-01T00:00:00Z" });
    }
    if (pathname.endsWith("/send")) {
      orders.push({ path: pathname, key: new Headers(init.headers).get("idempotency-key"), body: String(init.body) });
      if (losesAnswer) throw new TypeError("fetch failed");
      return Response.json({ envelopeId: "env1", sentAt: "2026-11-23T10:00:00Z", grants: [] });
    }
    if (pathname.endsWith("/openings")) {
      const { verifier } = JSON.parse(String(init.body)) as { verifier: string };
      const order = JSON.parse(orders[0]?.body ?? "") as SendMessage;
      const sha256 = toBase64url(await nodeCrypto.sha256(fromBase64url(verifier)));
      const grant = order.grants.find((one) => one.verifierSha256 === sha256);
      if (grant === undefined) {
        return new Response('{"code":"wrong_password","details":{"triesLeft":4}}', {
          status: 403,
          headers: { "content-type": "application/problem+json" },
        });
      }
      return Response.json({
        envelopeId: "env1",
        wrappedKey: grant.wrappedKey,
        parts: order.parts,
      } satisfies Partial<Opening>);
    }
    return parts.fetch(url, init);
  };
  const t = createTransport({ origin: "https://pli.example", fetch, wait: waitShortly });
  return {
    ...{ t, orders, parts },
    loseAnswers(lose: boolean) {
      losesAnswer = lose;
    },
  };
}

const POLICY: MessagePolicy = {
  openings: 1,
  expiresAt: "2026-12-01T00:00:00Z",
  language: "fr",
  delivery: "mail",
  notify: "first",
};

async function prepared(server: ReturnType<typeof setUp>, policy: Partial<MessagePolicy> = {}) {
  const { draft, contentKey } = await createDraft(server.t, nodeCrypto);
  const upload = createUpload(server.t, nodeCrypto, { ...draft, contentKey });
  const content = new Blob([pattern(300_000)]);
  const { attachment } = await upload.add({ name: "plan.pdf", mediaType: "", sizeBytes: 300_000, content }).done;
  const sealed: number[] = [];
  const message = await prepareMessage(server.t, nodeCrypto, {
    draft,
    contentKey,
    upload,
    account,
    message: {
      subject: "Dossier",
      html: "<p>Oui</p>",
      text: "Oui",
      from: { name: "Ada", address: "ada@example.org" },
      recipients: [
        { address: "jane@courriel.example", name: "Jane", type: "to" },
        { address: "john@courriel.example", type: "cc", openings: 5, language: "en" },
        { address: "boss@courriel.example", type: "bcc" },
      ],
      attachments: [attachment],
    },
    policy: { ...POLICY, ...policy },
    onSealed: (people) => void sealed.push(people),
  });
  assert.deepEqual(sealed, [1, 2, 3]);
  return message;
}

test("Z5, Z6, Z12, C2: each link opens the content, the sender reads it back, blind copies stay blind", async () => {
  const server = setUp();
  const order = await prepared(server, { password: "Sésame", argon2: CHEAP });
  await submitMessage(server.t, order);
  const sent = JSON.parse(server.orders[0]?.body ?? "") as SendMessage;
  assert.deepEqual(
    sent.grants.map(({ openings, language }) => [openings, language]),
    [
      [1, "fr"],
      [5, "en"],
      [1, "fr"],
    ],
  );
  const { sealedSenderKey, sealedKey, sealedSummary } = sent;
  const envelope = { envelopeId: "env1", sealedSenderKey, sealedKey, sealedSummary };
  for (const [index, { to, grantId, link }] of order.links.entries()) {
    const grant = sent.grants[index] as GrantCreation;
    assert.deepEqual(
      [grant.recipient.address, grant.grantId, grant.linkSecret],
      [to, grantId, parseLink(link).linkSecret],
    );
    const info = grant.passwordParams === undefined ? {} : { passwordParams: grant.passwordParams };
    const { contentKey } = await openGrant(server.t, nodeCrypto, { link: parseLink(link), password: "Sésame", info });
    const manifest = await readManifest(server.t, nodeCrypto, { source: { grantId }, contentKey });
    assert.deepEqual(
      manifest.to.map(({ address, type }) => [address, type]),
      [
        ["jane@courriel.example", "to"],
        ["john@courriel.example", "cc"],
      ],
    );
    const wrong = openGrant(server.t, nodeCrypto, { link: parseLink(link), password: "Sesame", info });
    await assert.rejects(wrong, { code: "wrong_password", details: { triesLeft: 4 } });
    assert.equal(await openGrantLink(nodeCrypto, keys, { origin: "https://pli.example", envelope, grant }), link);
  }
  const own = await openSent(server.t, nodeCrypto, keys, envelope);
  assert.equal(own.manifest.subject, "Dossier");
  const summary = await openSummary(nodeCrypto, keys, envelope);
  assert.deepEqual(summary, {
    subject: "Dossier",
    attachments: [{ name: "plan.pdf", sizeBytes: 300_000 }],
    attachmentCount: 1,
  });
  const moved = { ...envelope, envelopeId: "env2" };
  await assert.rejects(openSummary(nodeCrypto, keys, moved), { code: "integrity" });
  await assert.rejects(openSent(server.t, nodeCrypto, keys, moved), { code: "integrity" });
  const [first, second] = sent.grants as [GrantCreation, GrantCreation];
  const swapped = { origin: "https://pli.example", envelope, grant: { ...first, sealedSecret: second.sealedSecret } };
  await assert.rejects(openGrantLink(nodeCrypto, keys, swapped), { code: "integrity" });
  await assert.rejects(openSent(server.t, nodeCrypto, keys, { envelopeId: "env1", sealedSenderKey }), {
    code: "destroyed",
  });
});

test("Z15: a link secret is in the order with delivery by mail only", async () => {
  const server = setUp();
  await submitMessage(server.t, await prepared(server, { delivery: "link" }));
  const sent = JSON.parse(server.orders[0]?.body ?? "") as SendMessage;
  assert.ok(sent.grants.every((grant) => !("linkSecret" in grant)));
});

test("C1, C2: after a lost answer the same order goes out again, under the same key", async () => {
  const server = setUp();
  const order = await prepared(server);
  server.loseAnswers(true);
  await assert.rejects(submitMessage(server.t, order), { code: "network" });
  server.loseAnswers(false);
  await submitMessage(server.t, order);
  assert.equal(server.orders.length, 5);
  assert.equal(new Set(server.orders.map(({ key, body }) => `${key} ${body}`)).size, 1);
});

test("Z12: the summary's size does not tell the subject's length", async () => {
  const { sealSummary } = await import("./summary.ts");
  const own = { envelopeId: "e", senderKey: newSenderKey(nodeCrypto) };
  const sizes = new Set<number>();
  for (const length of [0, 1, 50, 200]) {
    const summary = { subject: "x".repeat(length), attachments: [], attachmentCount: 0 };
    sizes.add((await sealSummary(nodeCrypto, own, summary)).length);
  }
  assert.equal(sizes.size, 1);
});

test("M16, Z13: an answer is sealed to the key in the manifest, and only its holder opens it", async () => {
  const server = setUp();
  const { draft, contentKey } = await createReplyDraft(server.t, nodeCrypto, "g1");
  const upload = createUpload(server.t, nodeCrypto, { ...draft, contentKey });
  const from = { name: "Ada", address: "ada@example.org" };
  const message = {
    subject: "Re",
    html: "<p>Non</p>",
    text: "Non",
    from: { name: "", address: "j@c.example" },
    attachments: [],
  };
  const options = { draft, contentKey, upload, inReplyTo: "env0", message };
  await sendReply(server.t, nodeCrypto, { ...options, to: { from, replyKey: account.keyring.kemPublic } });
  const { sealedKey } = JSON.parse(server.orders[0]?.body ?? "") as SendReply;
  const { manifest } = await openInboxItem(server.t, nodeCrypto, keys, { envelopeId: "env1", sealedKey });
  assert.deepEqual([manifest.kind, manifest.inReplyTo, manifest.body.text], ["reply", "env0", "Non"]);
  const other = await deriveKeyring(nodeCrypto, createSeed(nodeCrypto));
  await assert.rejects(openInboxItem(server.t, nodeCrypto, other, { envelopeId: "env1", sealedKey }), {
    code: "integrity",
  });
  await assert.rejects(sendReply(server.t, nodeCrypto, { ...options, to: { from } }), { code: "bad_input" });
});

test("M16: who answers is found by the masked address, when only one fits", () => {
  const to = [
    { address: "jane@courriel.example", name: "Jane", type: "to" },
    { address: "john@courriel.example", type: "cc" },
  ] as const;
  assert.deepEqual(replyAuthor({ to }, { maskedAddress: "j•••e@courriel.example" }), {
    name: "Jane",
    address: "jane@courriel.example",
  });
  assert.equal(replyAuthor({ to }, { maskedAddress: "j•••@courriel.example" }).address, "j•••@courriel.example");
  assert.equal(replyAuthor({ to }, { maskedAddress: "b•••s@other.example" }).name, "");
  assert.equal(replyAuthor({ to }, { maskedAddress: "J•••N@Courriel.example" }).address, "john@courriel.example");
  assert.equal(replyAuthor({ to }, { maskedAddress: "jane@courriel.example" }).name, "Jane");
  assert.equal(replyAuthor({ to }, { maskedAddress: "j•••ane@courriel.exampl" }).name, "");
});

test("M16: a server that lies about the masked address cannot keep the writer's program busy", () => {
  const to = [{ address: `${"a".repeat(250)}@courriel.example`, type: "to" }] as const;
  const maskedAddress = `${"a•".repeat(4)}b@courriel.example`;
  // of this process: others may have the machine meanwhile
  const before = process.cpuUsage();
  assert.equal(replyAuthor({ to }, { maskedAddress }).address, maskedAddress);
  assert.ok(process.cpuUsage(before).user < 1_000_000);
});
