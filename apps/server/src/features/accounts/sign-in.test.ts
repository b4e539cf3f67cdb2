/** Signing in by mail link, through the doors of a real server. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Account, RobotChallenge, Session, SignInLinkAnswer } from "@pli/core/wire";
import type { Answer, Person } from "../../testing/http.ts";
import { onBothProfiles } from "../../testing/profiles.ts";
import { databaseBytes } from "../../testing/stored.ts";
import type { World } from "../../testing/world.ts";
import { payload, robotCheck, solve } from "./testing/robot.ts";

const MINUTE = 60_000;
const PATIENCE = { timeout: 30_000, interval: 20 };
const LINKS = "/api/v1/sign-in/links";
const SESSIONS = "/api/v1/sign-in/sessions";

async function ask(person: Person, address: string, language = "en"): Promise<Answer> {
  return await person.call("POST", LINKS, { json: { address, language, robotCheck: await robotCheck(person) } });
}

interface LocalMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Asked as from this machine: behind a proxy the local mailbox does not exist. */
async function mailsTo(world: World, address: string): Promise<readonly LocalMail[]> {
  const answer = await fetch(`${world.origin}/dev/mailbox.json?to=${encodeURIComponent(address)}`);
  return (await answer.json()) as readonly LocalMail[];
}

/** The token of the newest sign-in mail, once there are `count`. */
async function tokenFor(t: TestContext, world: World, address: string, count = 1): Promise<string> {
  return await t.waitFor(async () => {
    const mails = await mailsTo(world, address);
    assert.ok(mails.length >= count, "no mail yet");
    return /\/app\/sign-in#([\w-]{43})/.exec(mails[0]?.text ?? "")?.[1] ?? assert.fail("no link in the mail");
  }, PATIENCE);
}

const enter = (person: Person, token: string, check?: string) =>
  person.call("POST", SESSIONS, { json: { token, ...(check === undefined ? {} : { check }) } });

onBothProfiles(({ createWorld }) => {
  test("A1: the browser that asked signs in with the link of the mail, once", async (t) => {
    const world = await createWorld(t);
    const browser = world.visitor();
    const asked = await ask(browser, `  ${world.owner.address.toUpperCase()} `);
    assert.equal(asked.status, 202);
    assert.match(asked.json<SignInLinkAnswer>().check, /^[A-HJKM-Z2-9]{4}$/);
    assert.match(
      String(asked.headers["set-cookie"]),
      /^__Host-pli-sign-in=[\w-]{43}; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const token = await tokenFor(t, world, world.owner.address);
    const entered = await enter(browser, token);
    assert.equal(entered.status, 201);
    assert.equal(entered.json<Account>().address, world.owner.address);
    assert.match(
      String(entered.headers["set-cookie"]),
      /__Host-pli-session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict/,
    );
    assert.equal((await browser.call("GET", "/api/v1/me")).status, 200);
    assert.equal((await enter(browser, token)).code, "sign_in_link_invalid");
    assert.equal((await world.visitor().call("GET", "/api/v1/me")).code, "not_signed_in");
  });

  test("A1: in another browser the link needs the check of the asking page; five wrong ones end it", async (t) => {
    const world = await createWorld(t);
    const { check } = (await ask(world.visitor(), world.owner.address)).json<SignInLinkAnswer>();
    const token = await tokenFor(t, world, world.owner.address);
    const other = world.visitor();
    assert.equal((await enter(other, token)).code, "confirmation_required");
    const wrong = await enter(other, token, check === "2222" ? "3333" : "2222");
    assert.equal(wrong.code, "confirmation_wrong");
    assert.equal(wrong.json<{ details: { triesLeft: number } }>().details.triesLeft, 4);
    const typed = `${check.slice(0, 2).toLowerCase()} ${check.slice(2)}`;
    assert.equal((await enter(other, token, typed)).status, 201);

    const second = (await ask(world.visitor(), world.owner.address)).json<SignInLinkAnswer>();
    const secondToken = await tokenFor(t, world, world.owner.address, 2);
    const guess = second.check === "2222" ? "3333" : "2222";
    for (const triesLeft of [4, 3, 2, 1]) {
      assert.equal(
        (await enter(other, secondToken, guess)).json<{ details: { triesLeft: number } }>().details.triesLeft,
        triesLeft,
      );
    }
    assert.equal((await enter(other, secondToken, guess)).code, "sign_in_link_invalid");
    assert.equal((await enter(other, secondToken, second.check)).code, "sign_in_link_invalid");
  });

  test("A1: fifty browsers at once with one link make one session", async (t) => {
    const world = await createWorld(t);
    const browser = world.visitor();
    await ask(browser, world.colleague.address);
    const token = await tokenFor(t, world, world.colleague.address);
    const answers = await Promise.all(Array.from({ length: 50 }, () => enter(world.visitor(browser.cookies), token)));
    assert.equal(answers.filter((answer) => answer.status === 201).length, 1);
    assert.equal(answers.filter((answer) => answer.code === "sign_in_link_invalid").length, 49);
  });

  test("A1: a link lives 15 minutes", async (t) => {
    const world = await createWorld(t);
    const browser = world.visitor();
    await ask(browser, world.owner.address);
    const token = await tokenFor(t, world, world.owner.address);
    const printed = world.server.announcements.map((line) => /\/app\/sign-in#([\w-]{43})/.exec(line)?.[1]);
    const first = printed.find((one) => one !== undefined) ?? assert.fail("no link printed");
    world.advance(15 * MINUTE);
    assert.equal((await enter(browser, token)).code, "sign_in_link_invalid");
    assert.equal((await enter(browser, first)).code, "sign_in_link_invalid", "the operator's");
  });

  test("Q8: asking looks the same for a member and for nobody, and only the member gets a mail", async (t) => {
    const world = await createWorld(t);
    const known = await ask(world.visitor(), world.owner.address);
    const unknown = await ask(world.visitor(), "nobody@nowhere.example");
    assert.equal(unknown.status, known.status);
    assert.deepEqual(Object.keys(unknown.json<object>()), Object.keys(known.json<object>()));
    const shape = (answer: Answer) =>
      Object.entries(answer.headers)
        .filter(([name]) => name !== "date" && name !== "x-request-id")
        .map(([name, value]) => `${name}: ${String(value).replace(/=[\w-]{43}/, "")}`);
    assert.deepEqual(shape(unknown), shape(known));
    await tokenFor(t, world, world.owner.address);
    assert.deepEqual(await mailsTo(world, "nobody@nowhere.example"), []);
    // Both leave one row each, of the same kinds: neither the work nor what is kept for later tells them apart from outside.
    const rows = await world.server.services.db.read
      .selectFrom("outbox")
      .select(["state", "secret"])
      .where("kind", "=", "sign_in")
      .execute();
    assert.equal(rows.length, 2);
  });

  test("Q8: asking takes the same time for a member and for nobody", async (t) => {
    const world = await createWorld(t);
    const ROUNDS = 40;
    /** What else the machine does spoils a series now and then; a door that tells spoils them all. */
    const SERIES = 4;
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length / 2] as number;
    const seen: string[] = [];
    for (let series = 0; series < SERIES; series++) {
      const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
      for (let round = 0; round < ROUNDS; round++) {
        for (const kind of round % 2 === 0 ? (["known", "unknown"] as const) : (["unknown", "known"] as const)) {
          const person = world.visitor();
          const check = await robotCheck(person);
          // A member of its own each time: no limit is met.
          const address =
            kind === "known" ? (await world.newMember()).address : `nobody${series}.${round}@nowhere.example`;
          const started = performance.now();
          await person.call("POST", LINKS, { json: { address, language: "en", robotCheck: check } });
          times[kind].push(performance.now() - started);
        }
      }
      const [known, unknown] = [median(times.known), median(times.unknown)];
      if (Math.abs(known - unknown) < Math.max(3, 0.25 * unknown)) return;
      seen.push(`${known.toFixed(2)} and ${unknown.toFixed(2)} ms`);
    }
    assert.fail(`the medians are ${seen.join("; ")}`);
  });

  test("Q8: too many links for one address from one network are refused with a time to wait, for nobody's address alike", async (t) => {
    const world = await createWorld(t);
    for (const address of [world.owner.address, "nobody@nowhere.example"]) {
      const person = world.visitor();
      for (let i = 0; i < 10; i++) assert.equal((await ask(person, address)).status, 202);
      const refused = await ask(person, address);
      assert.equal(refused.status, 429);
      assert.equal(refused.code, "rate_limited");
      assert.ok(Number(refused.headers["retry-after"]) > 0);
      assert.equal((await ask(world.visitor(), address)).status, 202, "another network is not shut out");
    }
  });

  test("A1: the robot check works once, within ten minutes, and only as it was signed", async (t) => {
    const world = await createWorld(t);
    const person = world.visitor();
    const challenge = (await person.call("GET", "/api/v1/sign-in/challenge")).json<RobotChallenge>();
    const solved = solve(challenge);
    const send = (robot: string) =>
      person.call("POST", LINKS, { json: { address: world.owner.address, language: "en", robotCheck: robot } });
    const number = (JSON.parse(Buffer.from(solved, "base64").toString()) as { number: number }).number;
    for (const forged of [
      "x",
      Buffer.from("[]").toString("base64"),
      payload(challenge, number + 1),
      payload(challenge, String(number)),
      payload({ ...challenge, salt: challenge.salt.replace(/expires=\d+/, "expires=9999999999") }, number),
      payload({ ...challenge, signature: challenge.signature.replace(/^./, (c) => (c === "0" ? "1" : "0")) }, number),
    ]) {
      assert.equal((await send(forged)).code, "robot_check_failed");
    }
    assert.equal((await send(solved)).status, 202);
    assert.equal((await send(solved)).code, "robot_check_failed");
    const late = await robotCheck(person);
    world.advance(10 * MINUTE);
    assert.equal((await send(late)).code, "robot_check_failed");
  });

  test("Q8: whoever floods a member's address from many networks does not shut the member's own browser out", async (t) => {
    const world = await createWorld(t);
    const browser = world.visitor();
    const { address } = world.owner;
    await ask(browser, address);
    assert.equal((await enter(browser, await tokenFor(t, world, address))).status, 201);
    // Signed out or idle for long: it is the browser that is known, not the session.
    browser.cookies.delete("__Host-pli-session");
    let refused = 0;
    for (let i = 0; i < 35; i++) if ((await ask(world.visitor(), address)).code === "rate_limited") refused++;
    assert.ok(refused > 0, "the flood was never refused");
    assert.equal((await ask(browser, address)).status, 202);
    // The newest one, when all that were not refused are there.
    const token = await tokenFor(t, world, address, 2 + 35 - refused);
    assert.equal((await enter(browser, token)).status, 201);
    // It is known for this member alone, and its own door is bounded too.
    const stolen = new Map([["__Host-pli-known", `${"A".repeat(22)}.${"A".repeat(43)}`]]);
    assert.equal((await ask(world.visitor(stolen), address)).code, "rate_limited");
    const colleague = world.colleague.address;
    for (let i = 0; i < 35; i++) await ask(world.visitor(), colleague);
    assert.equal((await ask(browser, colleague)).code, "rate_limited");
    for (let i = 0; i < 10; i++) await ask(browser, address);
    assert.equal((await ask(browser, address)).code, "rate_limited");
  });

  test("A3: sessions are listed, slide while in use, end after 30 days idle, and are revoked", async (t) => {
    const world = await createWorld(t);
    const first = await world.newSession(world.owner);
    const second = await world.newSession(world.owner);
    const list = (await first.call("GET", "/api/v1/me/sessions")).json<readonly Session[]>();
    assert.equal(list.length, 3);
    assert.deepEqual(
      list.filter((session) => session.current).map((session) => session.sessionId),
      [first.sessionId],
    );
    assert.equal((await first.call("DELETE", `/api/v1/me/sessions/${second.sessionId}`)).status, 204);
    assert.equal((await second.call("GET", "/api/v1/me")).code, "not_signed_in");
    assert.equal((await first.call("DELETE", `/api/v1/me/sessions/${second.sessionId}`)).code, "not_found");
    const stranger = await world.newSession(world.stranger);
    assert.equal((await stranger.call("DELETE", `/api/v1/me/sessions/${first.sessionId}`)).code, "not_found");
    for (let i = 0; i < 3; i++) {
      world.advance(29 * 24 * 60 * MINUTE);
      assert.equal((await first.call("GET", "/api/v1/me")).status, 200);
      await t.waitFor(async () => {
        const [row] = await world.server.services.db.read
          .selectFrom("sessions")
          .select("last_seen_at_ms")
          .where("session_id", "=", first.sessionId)
          .execute();
        assert.ok(world.now() - (row?.last_seen_at_ms ?? 0) < MINUTE, "not renewed yet");
      }, PATIENCE);
    }
    world.advance(30 * 24 * 60 * MINUTE);
    assert.equal((await first.call("GET", "/api/v1/me")).code, "not_signed_in");
  });

  test("A3: signing out ends the session and clears the cookie; signing in again replaces the browser's old session", async (t) => {
    const world = await createWorld(t);
    const session = await world.newSession(world.owner);
    await ask(session, world.owner.address);
    assert.equal((await enter(session, await tokenFor(t, world, world.owner.address))).status, 201);
    const old = world.visitor(new Map([["__Host-pli-session", session.firstSecret]]));
    assert.equal((await old.call("GET", "/api/v1/me")).code, "not_signed_in");
    assert.equal((await session.call("DELETE", "/api/v1/me/sessions/current")).status, 204);
    assert.equal(session.cookies.has("__Host-pli-session"), false);
  });

  test("C1: a cookie is no token and a token no cookie", async (t) => {
    const world = await createWorld(t);
    const { firstSecret } = await world.newSession(world.owner);
    const swapped = world.visitor();
    assert.equal(
      (await swapped.call("GET", "/api/v1/me", { headers: { authorization: `Bearer pli_${firstSecret}` } })).code,
      "not_signed_in",
    );
    const token = world.owner.headers.authorization?.replace("Bearer pli_", "") ?? "";
    const asCookie = world.visitor(new Map([["__Host-pli-session", token]]));
    assert.equal((await asCookie.call("GET", "/api/v1/me")).code, "not_signed_in");
  });

  test("A1: neither tokens nor session secrets are in the database, before the mail goes and after", async (t) => {
    const world = await createWorld(t, { PLI_HOST: "0.0.0.0" });
    const browser = world.visitor();
    const { firstSecret } = await world.newSession(world.owner);
    assert.equal((await ask(browser, world.owner.address)).status, 202);
    // Not loopback and no relay: the mail waits in the outbox, its token encrypted.
    const [row] = await world.server.services.db.read.selectFrom("outbox").select(["secret", "state"]).execute();
    assert.equal(row?.state, "waiting");
    assert.ok((row?.secret ?? "").length > 43);
    const cookie = browser.cookies.get("__Host-pli-sign-in") ?? assert.fail("no cookie");
    const kept = await databaseBytes(world);
    for (const secret of [cookie, firstSecret]) assert.ok(!kept.includes(secret), "a secret is on the disk");
  });
});
