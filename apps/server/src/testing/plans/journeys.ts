/**
 * Everything a running server is asked for, and everything it does by itself: one honest request for each route, each filter of the lists, later
 * pages, jobs. So that whoever listens to the database has heard every query of the product.
 */
import assert from "node:assert/strict";
import { deleteEndedSessions, deleteSessionBySecret, touchSession } from "../../features/accounts/sessions.queries.ts";
import { countWrongCheck, deleteExpiredLinks } from "../../features/accounts/sign-in.queries.ts";
import { countWrongStep, deleteEndedSteps } from "../../features/accounts/sign-in-steps.queries.ts";
import { noteMailbox, useRecoveryCode } from "../../features/factors/factors.queries.ts";
import { deleteEndedCodes } from "../../features/factors/sms-factor.queries.ts";
import { cleanRows, endOverdue, sweepBlobs } from "../../features/jobs/index.ts";
import { freeAtOf, giveBack } from "../../features/limits/limits.queries.ts";
import { proofOf } from "../../features/mailbox-codes/mailbox-codes.queries.ts";
import { createGauges } from "../../features/metrics/read-gauges.ts";
import { deliveryOf, putDelivery, senderOfGrant } from "../../features/notifications/deliveries.queries.ts";
import { chooserAt, chooserById, switchOff, switchOn } from "../../features/notifications/mail-choices.queries.ts";
import {
  addLanes,
  countLanes,
  deleteIdleLanes,
  setLane,
  takeLane,
} from "../../features/notifications/mail-lanes.queries.ts";
import {
  deleteEndedMails,
  dropMail,
  extendLeases,
  hasDueMails,
  holdMail,
  leaseDueMails,
  postponeMail,
} from "../../features/notifications/outbox.queries.ts";
import { countWrongView, secretsOfMember } from "../../features/secrets/secrets.queries.ts";
import { deleteClaim } from "../../http/idempotency.queries.ts";
import { openBlindly, prepareReply, sendBlindly } from "../blind-sender.ts";
import { answerBlindly, replyBlindly, replyToAllBlindly } from "../blind-thread.ts";
import { ROUTE_CASES } from "../route-cases.ts";
import type { World } from "../world.ts";

const HOUR_MS = 3_600_000;

/** Filters of the sent list, as the page sends them. */
const FILTERS = [
  ...["draft", "sending", "sent", "partly_opened", "opened", "revoked", "expired", "destroyed"].map(
    (state) => `state=${state}`,
  ),
  "recipient=jeanne",
  "reference=dossier",
  "q=dossier",
  "from=2020-01-01T00:00:00Z&to=2030-01-01T00:00:00Z",
];

export async function makeJourneys(world: World): Promise<void> {
  for (const [route, { direct, prepare }] of Object.entries(ROUTE_CASES)) {
    if (direct === true) continue;
    const { by, path, ...call } = await prepare(world);
    const [method = ""] = route.split(" ");
    const answer = await by.call(method, path, call);
    assert.ok(answer.status < 400, `${route} answered ${answer.status}: ${answer.bytes}`);
  }
  await readLists(world);
  await talk(world);
  await replyToAll(world);
  await goWrong(world);
  await letTimePass(world);
  await callTheRest(world);
}

async function readLists({ owner }: World): Promise<void> {
  for (const query of ["recipients?q=reader", "recipients?q=reader+12", "contacts?q=reader+1", "contacts?limit=50"])
    assert.equal((await owner.call("GET", `/api/v1/${query}`)).status, 200, query);
  const { next: behind } = (await owner.call("GET", "/api/v1/contacts")).json<{ next?: string }>();
  assert.equal((await owner.call("GET", `/api/v1/contacts?cursor=${behind}`)).status, 200);
  for (const filter of FILTERS)
    assert.equal((await owner.call("GET", `/api/v1/envelopes?${filter}`)).status, 200, filter);
  assert.equal((await owner.call("GET", "/api/v1/inbox?unread=true&q=jeanne")).status, 200);
  for (const path of ["/api/v1/envelopes", "/api/v1/inbox"]) {
    const { next } = (await owner.call("GET", path)).json<{ next?: string }>();
    assert.ok(next !== undefined, "the seeded member has more than a page");
    assert.equal((await owner.call("GET", `${path}?cursor=${next}`)).status, 200);
  }
}

/** A conversation: replied to, answered with a mail and soon again, read in pages from both sides. */
async function talk(world: World): Promise<void> {
  const { owner } = world;
  const { envelopeId, grants } = await sendBlindly(world, owner, { to: ["talks@courriel.example"], openings: 3 });
  const [grant] = grants;
  assert.ok(grant !== undefined);
  const device = await openBlindly(world, grant);
  for (const brief of [false, true]) await replyBlindly(device, grant.grantId, brief);
  for (let at = 0; at < 2; at++) await answerBlindly(owner, envelopeId, [grant]);
  for (const [by, path] of [
    [owner, `/api/v1/envelopes/${envelopeId}/thread`],
    [device, `/api/v1/grants/${grant.grantId}/thread`],
  ] as const) {
    assert.equal((await by.call("GET", path)).json<{ items: unknown[] }>().items.length, 4);
    assert.equal((await by.call("GET", `${path}?cursor=${world.now()}-${envelopeId}`)).status, 200);
  }
}

/** A reply to all, looked at by its reader and by the sender, who then shortens the reader's time and shuts them out. */
async function replyToAll(world: World): Promise<void> {
  const { owner } = world;
  const to = ["writes@courriel.example", "reads@courriel.example"];
  const { envelopeId, grants } = await sendBlindly(world, owner, { to, openings: 3 });
  const [writer, reader] = grants;
  assert.ok(writer !== undefined && reader !== undefined);
  const device = await openBlindly(world, writer);
  const reply = await replyToAllBlindly(device, writer.grantId, [reader.address]);
  const [copy] = reply.grants;
  const ownDoor = `/api/v1/envelopes/${envelopeId}/grants/${reader.grantId}`;
  const expiresAt = new Date(world.now() + 2 * HOUR_MS).toISOString();
  for (const [by, method, path, json] of [
    [world.visitor(), "GET", `/api/v1/grants/${copy?.grantId}`],
    [owner, "GET", `/api/v1/envelopes/${reply.envelopeId}/register`],
    [owner, "GET", `/api/v1/envelopes/${envelopeId}/thread`],
    [owner, "PATCH", ownDoor, { expiresAt }],
    [owner, "POST", `${ownDoor}/revoke`, {}],
  ] as const) {
    const answer = await by.call(method, path, json === undefined ? {} : { json });
    assert.ok(answer.status < 300, `${path}: ${answer.bytes}`);
  }
}

/** Wrong codes, wrong passwords, the same request again, replies beyond the first, a grant that its sender changes. */
async function goWrong(world: World): Promise<void> {
  const { owner } = world;
  const message = await sendBlindly(world, owner, {
    to: ["wrong@courriel.example", "second@courriel.example"],
    openings: 3,
  });
  const [grant] = message.grants;
  assert.ok(grant !== undefined);
  const path = `/api/v1/grants/${grant.grantId}`;
  const device = await openBlindly(world, grant);
  assert.equal((await device.call("POST", `${path}/proofs`, { json: { code: "00000000" } })).code, "wrong_code");
  // The second code within half a minute is refused at the first door, and the turns at the next are given back.
  const stranger = world.visitor();
  await stranger.call("POST", `${path}/codes`, { json: {} });
  assert.equal((await stranger.call("POST", `${path}/codes`, { json: {} })).code, "rate_limited");
  const known = { deviceSha256: "nobody", address: "wrong@courriel.example" };
  assert.deepEqual(await proofOf(world.server.services.db.read, known), []);
  const wrong = { json: { verifier: Buffer.alloc(32, 9).toString("base64url") } };
  await device.call("POST", `${path}/openings`, wrong);
  const again = { json: { kind: "message" }, headers: { "idempotency-key": "the-same" } };
  for (let time = 0; time < 2; time++) assert.ok((await owner.call("POST", "/api/v1/envelopes", again)).status < 300);
  for (let reply = 0; reply < 2; reply++) await prepareReply(device, grant.grantId);
  const own = `/api/v1/envelopes/${message.envelopeId}`;
  const expiresAt = new Date(world.now() + 72 * HOUR_MS).toISOString();
  assert.ok((await owner.call("PATCH", `${own}/grants/${grant.grantId}`, { json: { expiresAt } })).status < 300);
  const register = (await owner.call("GET", `${own}/register`)).json<{ items: readonly { entryId: string }[] }>();
  await owner.call("GET", `${own}/register?cursor=${register.items[0]?.entryId}`);
  await owner.call("POST", `${own}/grants/${grant.grantId}/revoke`, { json: {} });
  await owner.call("POST", `${own}/revoke`, { json: {} });
  const held = await sendBlindly(world, owner, { to: ["held@courriel.example"], holdSeconds: 30 });
  const back = await owner.call("POST", `/api/v1/envelopes/${held.envelopeId}/take-back`, { json: {} });
  assert.equal(back.status, 200);
  const reading = await sendBlindly(world, owner, { delivery: "link", to: ["soon@courriel.example"] });
  if (reading.grants[0] !== undefined) await openBlindly(world, reading.grants[0]);
}

/** What becomes overdue is ended and cleaned away; the operator reads the gauges. */
async function letTimePass(world: World): Promise<void> {
  const { services } = world.server;
  world.advance(2 * HOUR_MS);
  await endOverdue(services);
  world.advance(100 * HOUR_MS);
  await endOverdue(services);
  await cleanRows(services);
  await sweepBlobs(services);
  await createGauges(services)();
}

/** Queries that run by accident, by the hour, or without a relay: called by name, since only their plan matters. */
async function callTheRest(world: World): Promise<void> {
  const { db } = world.server.services;
  const nowMs = world.now();
  const [owner, id] = ["nobody", "0".repeat(26)];
  await hasDueMails(db.read, nowMs, ["mail"]);
  await freeAtOf(db.read, "mails", [owner, id]);
  await secretsOfMember(db.read, id, { createdAtMs: nowMs, secretId: id }, 51);
  await deleteEndedMails(db, nowMs);
  await deleteExpiredLinks(db, nowMs);
  await deleteEndedSessions(db, nowMs);
  await deleteEndedSteps(db, nowMs);
  await deleteEndedCodes(db, nowMs);
  await db.write(async (tx) => {
    await noteMailbox(tx, id, nowMs);
    await leaseDueMails(tx, { owner, nowMs, untilMs: nowMs, count: 50, channels: ["mail"] });
    await extendLeases(tx, owner, [id, id], nowMs);
    await postponeMail(tx, id, owner, { atMs: nowMs, reason: null, counts: true });
    const news = { source: "report", state: "delivered", reason_code: "unknown", status_code: null } as const;
    await putDelivery(tx, { mail_id: id, ...news, reason: null, at_ms: nowMs });
    await deliveryOf(tx, id);
    await dropMail(tx, id, owner, nowMs);
    await chooserAt(tx, { organisationId: id, address: owner }, "opened");
    await chooserById(tx, id, "opened");
    await switchOff(tx, id, "opened", nowMs);
    await switchOn(tx, id, "opened");
    await holdMail(tx, id);
    await senderOfGrant(tx, id);
    await deleteSessionBySecret(tx, id);
    await touchSession(tx, id, nowMs, nowMs);
    await countWrongCheck(tx, id);
    await countWrongStep(tx, id);
    await useRecoveryCode(tx, id, id);
    await giveBack(tx, "nowhere", id);
    await deleteClaim(tx, { caller: owner, key: id, claim: id });
    await countWrongView(tx, id, { tries: 1, total: 1, lockedUntilMs: null });
    const lane = { domain: "courriel.example", owner, nowMs, untilMs: nowMs };
    if ((await countLanes(tx, lane.domain)) < 3) await addLanes(tx, lane.domain, 3);
    await takeLane(tx, lane);
    await setLane(tx, { ...lane, lane: 0 });
    await deleteIdleLanes(tx, nowMs);
  });
}
