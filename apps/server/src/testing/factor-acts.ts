/** What people do with passkeys and second factors, through the doors: adding one, asking for a code, standing half signed in. */
import type { FactorCodeSent, PasskeyCreation, PasskeyRequest, PasskeyView, TotpOffer } from "@pli/core/wire";
import { newId } from "../platform/database/index.ts";
import { appCode } from "./app-codes.ts";
import { waitForText } from "./blind-sender.ts";
import type { Person } from "./http.ts";
import { solveChallenge } from "./route-cases/account-cases.ts";
import { type SoftwarePasskey, softwarePasskey } from "./software-passkey.ts";
import type { Member, World } from "./world.ts";

export const HOME = "/api/v1/me/security";
export const STEP = "/api/v1/sign-in/step";

export async function expectStatus(status: number, calling: ReturnType<Person["call"]>) {
  const answer = await calling;
  if (answer.status !== status) throw new Error(`expected ${status}: ${answer.status} ${answer.code}`);
  return answer;
}

/** A browser of a new member. */
export async function newBrowser(world: World): Promise<Person & { readonly member: Member }> {
  const member = await world.newMember();
  return { ...(await world.newSession(member)), member };
}

export async function addTotp(by: Person, world: Pick<World, "now">): Promise<TotpOffer> {
  const offer = (await expectStatus(201, by.call("POST", `${HOME}/totp`))).json<TotpOffer>();
  await expectStatus(204, by.call("PUT", `${HOME}/totp`, { json: { code: appCode(offer.secret, world.now()) } }));
  return offer;
}

export async function addPasskey(
  by: Person,
  world: World,
): Promise<{ readonly key: SoftwarePasskey; readonly view: PasskeyView }> {
  const key = softwarePasskey();
  const asked = await expectStatus(200, by.call("POST", `${HOME}/passkey-creations`));
  const json = key.create(asked.json<PasskeyCreation>(), world.origin);
  const view = (await expectStatus(201, by.call("POST", `${HOME}/passkeys`, { json }))).json<PasskeyView>();
  return { key, view };
}

let numbers = 0;
/** A mobile number that nobody else of the suite has. */
export function newNumber(): string {
  numbers += 1;
  return `+336120${String(10_000 + numbers)}`;
}

/** Has an SMS sent that `path` orders, and reads its code. */
export async function askSms(by: Person, world: World, path: string, to: string, json: unknown = {}): Promise<string> {
  const sent = (await expectStatus(202, by.call("POST", path, { json }))).json<FactorCodeSent>();
  return await waitForText(world, to, new RegExp(`^(\\d{6}) (?=[^]*${sent.reference})`));
}

/** A number as second factor. */
export async function addNumber(by: Person, world: World, number = newNumber()): Promise<string> {
  const code = await askSms(by, world, `${HOME}/sms`, number, { number });
  await expectStatus(204, by.call("PUT", `${HOME}/sms`, { json: { number, code } }));
  return number;
}

export async function askFor(by: Person, path: string): Promise<PasskeyRequest> {
  return (await expectStatus(200, by.call("POST", path))).json<PasskeyRequest>();
}

/** Tokens of links that were followed. */
const used: string[] = [];

/** `by` asks for a link of `member` and follows it. @param status 201: signed in; 202: a second step is due */
export async function followLink(by: Person, world: World, member: Member, status: 201 | 202): Promise<void> {
  const json = { address: member.address, language: "en", robotCheck: await solveChallenge(world) };
  await expectStatus(202, by.call("POST", "/api/v1/sign-in/links", { json }));
  // The mail of before may still be the only one there.
  const others = used.map((token) => `(?!${token})`).join("");
  const token = await waitForText(world, member.address, new RegExp(`/app/sign-in#${others}([\\w-]+)`));
  used.push(token);
  await expectStatus(status, by.call("POST", "/api/v1/sign-in/sessions", { json: { token } }));
}

/** A browser that has followed the link of `member`, whose second step is due. */
export async function halfSignedIn(world: World, member: Member): Promise<Person> {
  const by = world.visitor();
  await followLink(by, world, member, 202);
  return by;
}

/** The same, with the app whose codes count. */
export async function waitingForCode(world: World) {
  const browser = await newBrowser(world);
  const { secret } = await addTotp(browser, world);
  world.advance(60_000);
  return { by: await halfSignedIn(world, browser.member), secret };
}

export async function waitingForKey(world: World) {
  const browser = await newBrowser(world);
  const { key } = await addPasskey(browser, world);
  await expectStatus(204, browser.call("PUT", `${HOME}/second-step`, { json: { on: true } }));
  return { by: await halfSignedIn(world, browser.member), key };
}

/** A member of an organisation of its own that wants a second step (P19). Rows, since there is no door yet that makes an organisation. */
export async function newMemberWhoMust(world: World): Promise<Member> {
  const member = await world.newMember();
  const organisationId = newId(world.now());
  await world.server.services.db.write(async (tx) => {
    const row = { organisation_id: organisationId, name: "Strict", created_at_ms: world.now() };
    await tx.insertInto("organisations").values(row).execute();
    const settings = JSON.stringify({ secondFactorRequired: { value: true, locked: true } });
    const rule = {
      organisation_id: organisationId,
      version: 1,
      settings,
      changed_at_ms: 0,
      changed_by: member.memberId,
    };
    await tx.insertInto("policies").values(rule).execute();
    await tx
      .updateTable("members")
      .set({ organisation_id: organisationId })
      .where("member_id", "=", member.memberId)
      .execute();
  });
  return { ...member, organisationId };
}
