/**
 * A server of its own in this process, with people in two organisations and a clock that tests move. Everything after the setting up
 * goes through the public doors, over real sockets.
 */
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type { Role } from "@pli/core/wire";
import { newId } from "../platform/database/index.ts";
import { createServer, type PliServer, readConfig } from "../server.ts";
import { createPerson, type Person } from "./http.ts";

/** What can be told to clean up: a test's context, or `{ after }` of node:test. */
export interface Scope {
  after(clean: () => Promise<void> | void): void;
}

export interface Member extends Person {
  readonly address: string;
  readonly memberId: string;
  readonly organisationId: string;
}

export interface World {
  readonly server: PliServer;
  readonly origin: string;
  readonly dataFolder: string;
  /** What the server was configured by, to start another one on the same installation. */
  readonly settings: Readonly<Record<string, string>>;
  readonly owner: Member;
  /** Another member of the owner's organisation. */
  readonly colleague: Member;
  /** A member of another organisation on the same server. */
  readonly stranger: Member;
  /** One more member of the owner's organisation, new to everything. */
  newMember(role?: Role): Promise<Member>;
  /** A browser of `member`, signed in. */
  newSession(member: Member): Promise<Person & { readonly sessionId: string; readonly firstSecret: string }>;
  /** A program of `member`, with a token. */
  newToken(member: Member): Promise<Person & { readonly sessionId: string }>;
  /** Moves the server's clock. */
  advance(ms: number): void;
  now(): number;
  /** Somebody without an account: a browser with no cookie yet, or a scanner. */
  visitor(cookies?: ReadonlyMap<string, string>): Person;
}

/** For a whole suite: call it in the body of `describe`, not in a hook, so that the cleaning waits for the last test. */
export function suiteScope(): Scope {
  const cleaning: (() => Promise<void> | void)[] = [];
  after(async () => {
    for (const clean of cleaning.toReversed()) await clean();
  });
  return { after: (clean) => void cleaning.push(clean) };
}

export async function createWorld(
  scope: Scope,
  environment: Readonly<Record<string, string>> = {},
  kept?: { readonly dataFolder: string },
): Promise<World> {
  const dataFolder = kept?.dataFolder ?? (await mkdtemp(join(tmpdir(), "pli-world-")));
  if (kept === undefined) scope.after(() => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 }));
  let movedMs = 0;
  const clock = { now: () => Date.now() + movedMs };
  const settings = {
    PLI_PORT: "0",
    PLI_DATA: dataFolder,
    PLI_LOG: "silent",
    PLI_TRUST_PROXY: "1",
    // One author of a suite writes to one mailbox more often than people do.
    PLI_MAILS_PER_HOUR: "1000000",
    PLI_MAILS_PER_MAILBOX: "1000000",
    PLI_SMS_PER_MEMBER: "1000000",
    PLI_SMS_PER_COUNTRY: "1000000",
    ...environment,
  };
  const server = await createServer(readConfig(settings), { clock });
  scope.after(() => server.close());
  const origin = await server.listen();
  const home = (
    await server.services.db.read.selectFrom("organisations").select("organisation_id").limit(1).execute()
  )[0];
  if (home === undefined) throw new Error("the server made no organisation at its start");
  const elsewhere = newId(clock.now());
  await server.services.db.write((tx) =>
    tx
      .insertInto("organisations")
      .values({ organisation_id: elsewhere, name: "Elsewhere", created_at_ms: clock.now() })
      .execute(),
  );
  const member = (address: string, organisationId: string) => addMember(server, origin, address, organisationId);
  let members = 0;
  return {
    server,
    origin,
    dataFolder,
    settings,
    owner: await member("claire.author@here.example", home.organisation_id),
    colleague: await member("paul.colleague@here.example", home.organisation_id),
    stranger: await member("eve.stranger@elsewhere.example", elsewhere),
    newMember: (role) => {
      members += 1;
      return addMember(server, origin, `member${members}@here.example`, home.organisation_id, role);
    },
    newSession: async ({ memberId, organisationId }) => {
      const { secret, sessionId } = await addSession(server, { memberId, organisationId }, "browser");
      const cookies = new Map([["__Host-pli-session", secret]]);
      return { ...createPerson(origin, { cookies }), sessionId, firstSecret: secret };
    },
    newToken: async ({ memberId, organisationId }) => {
      const { secret, sessionId } = await addSession(server, { memberId, organisationId }, "token");
      return { ...createPerson(origin, { token: `pli_${secret}` }), sessionId };
    },
    advance: (ms) => {
      movedMs += ms;
    },
    now: () => clock.now(),
    visitor: (cookies) => createPerson(origin, cookies === undefined ? {} : { cookies }),
  };
}

/** A member with an API token. There is no public door for a second organisation yet, so the rows are made here. */
async function addMember(
  server: PliServer,
  origin: string,
  address: string,
  organisationId: string,
  role: Role = "member",
): Promise<Member> {
  const nowMs = server.services.clock.now();
  const memberId = newId(nowMs);
  await server.services.db.write((tx) =>
    tx
      .insertInto("members")
      .values({
        member_id: memberId,
        organisation_id: organisationId,
        entity_id: null,
        address,
        name: address.split("@")[0] ?? "",
        role,
        time_zone: "Europe/Paris",
        language: "en",
        defaults: "{}",
        created_at_ms: nowMs,
      })
      .execute(),
  );
  const { secret } = await addSession(server, { memberId, organisationId }, "token");
  return { ...createPerson(origin, { token: `pli_${secret}` }), address, memberId, organisationId };
}

async function addSession(
  server: PliServer,
  whose: Pick<Member, "memberId" | "organisationId">,
  kind: "browser" | "token",
): Promise<{ secret: string; sessionId: string }> {
  const nowMs = server.services.clock.now();
  const secret = randomBytes(32).toString("base64url");
  const sessionId = newId(nowMs);
  await server.services.db.write((tx) =>
    tx
      .insertInto("sessions")
      .values({
        secret_sha256: createHash("sha256").update(secret).digest("base64url"),
        session_id: sessionId,
        member_id: whose.memberId,
        organisation_id: whose.organisationId,
        kind,
        name: "test",
        created_at_ms: nowMs,
        last_seen_at_ms: nowMs,
        expires_at_ms: kind === "token" ? null : nowMs + 30 * 24 * 3_600_000,
        // As after a link.
        mailbox_at_ms: kind === "token" ? null : nowMs,
      })
      .execute(),
  );
  return { secret, sessionId };
}
