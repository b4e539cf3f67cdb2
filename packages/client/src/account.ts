/** Signing in, one's account, sessions, keyring (spec: organisations.md A1, A3, A4; protocol.md Z9 to Z11). */
import { equalBytes, fromBase64url, toBase64url } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import {
  type Argon2Cost,
  type CryptoProvider,
  createPassphraseSlot,
  createSeed,
  deriveKeyring,
  type KeyringKeys,
  type Seed,
} from "@pli/core/sealing";
import type {
  Account,
  AccountChange,
  Keyring,
  KeyringCreation,
  KeySlot,
  Language,
  MailChoices,
  RobotChallenge,
  SecondStep,
  ServerInfo,
  Session,
  SignInLinkAnswer,
  SignInLinkRequest,
  SignInRequest,
  Usage,
} from "@pli/core/wire";
import { solveRobotChallenge } from "./robot-check.ts";
import type { Transport } from "./transport.ts";

/** Which mails I want, of those that I can do without (A3). */
export function getMailChoices(t: Transport): Promise<MailChoices> {
  return t.json("GET", "/api/v1/me/mails");
}

export function changeMailChoices(t: Transport, change: Partial<MailChoices>): Promise<MailChoices> {
  return t.json("PATCH", "/api/v1/me/mails", change);
}

/** My figures of this month and the last (A3). */
export function getUsage(t: Transport): Promise<Usage> {
  return t.json("GET", "/api/v1/me/usage");
}

export function getServerInfo(t: Transport): Promise<ServerInfo> {
  return t.json("GET", "/api/v1/server");
}

/**
 * Has a sign-in link sent: fetches the robot check, solves it here, asks. The answer is alike for known and unknown addresses.
 * @param options.solve the work itself, when it is done elsewhere (a worker); default here
 */
export async function requestSignInLink(
  t: Transport,
  options: {
    readonly address: string;
    readonly language: Language;
    readonly solve?: (challenge: RobotChallenge, signal?: AbortSignal) => Promise<string>;
    readonly signal?: AbortSignal;
  },
): Promise<SignInLinkAnswer> {
  const { address, language, solve = solveRobotChallenge, signal } = options;
  const call = signal && { signal };
  const challenge = await t.json<RobotChallenge>("GET", "/api/v1/sign-in/challenge", undefined, call);
  const request: SignInLinkRequest = { address, language, robotCheck: await solve(challenge, signal) };
  return t.json("POST", "/api/v1/sign-in/links", request, call);
}

/**
 * @returns the account, or the second step that is due before there is a session
 * @throws PliError `sign_in_link_invalid`; `confirmation_required` when the link was asked for elsewhere; `confirmation_wrong`
 */
export function signIn(t: Transport, request: SignInRequest): Promise<Account | SecondStep> {
  return t.json("POST", "/api/v1/sign-in/sessions", request);
}

/** @throws PliError `not_signed_in` */
export function getAccount(t: Transport): Promise<Account> {
  return t.json("GET", "/api/v1/me");
}

export function changeAccount(t: Transport, change: AccountChange): Promise<Account> {
  return t.json("PATCH", "/api/v1/me", change);
}

export async function listSessions(t: Transport): Promise<readonly Session[]> {
  const answer = await t.json<readonly Session[] | { readonly items: readonly Session[] }>(
    "GET",
    "/api/v1/me/sessions",
  );
  return "items" in answer ? answer.items : answer;
}

export async function revokeSession(t: Transport, sessionId: string): Promise<void> {
  await t.json("DELETE", `/api/v1/me/sessions/${sessionId}`);
}

/** Ends the present session. */
export async function signOut(t: Transport): Promise<void> {
  const current = (await listSessions(t)).find((session) => session.current);
  if (current !== undefined) await revokeSession(t, current.sessionId);
}

/** @returns null when there is none yet */
export async function getKeyring(t: Transport): Promise<Keyring | null> {
  try {
    return await t.json<Keyring>("GET", "/api/v1/me/keyring");
  } catch (error) {
    if (error instanceof PliError && error.code === "not_found") return null;
    throw error;
  }
}

/** A keyring in the making: keys, first slot, and what goes to the server. */
export interface NewKeyring {
  readonly seed: Seed;
  readonly keys: KeyringKeys;
  readonly creation: KeyringCreation;
}

/** Makes a keyring with a passphrase slot; more slots may be added to `creation.slots` before it is stored. */
export async function makeKeyring(
  crypto: CryptoProvider,
  options: { readonly passphrase: string; readonly slotName: string; readonly argon2?: Argon2Cost },
): Promise<NewKeyring> {
  const seed = createSeed(crypto);
  const keys = await deriveKeyring(crypto, seed);
  const slot = await createPassphraseSlot(crypto, {
    seed,
    passphrase: options.passphrase,
    name: options.slotName,
    ...(options.argon2 !== undefined && { argon2: options.argon2 }),
  });
  const creation = { kemPublic: toBase64url(keys.kemPublic), signPublic: toBase64url(keys.signPublic), slots: [slot] };
  return { seed, keys, creation };
}

/** Stores it, once. @throws PliError `already_exists` */
export async function storeKeyring(t: Transport, creation: KeyringCreation): Promise<void> {
  await t.json("PUT", "/api/v1/me/keyring", creation);
}

/**
 * The keys of an unlocked seed, checked against what the server says they are: a lying server is found out here (Z11).
 * @throws PliError `integrity` when the public keys are not this seed's
 */
export async function checkKeyring(
  crypto: CryptoProvider,
  seed: Seed,
  stored: Pick<Keyring, "kemPublic" | "signPublic">,
): Promise<KeyringKeys> {
  const keys = await deriveKeyring(crypto, seed);
  const same =
    equalBytes(keys.kemPublic, fromBase64url(stored.kemPublic)) &&
    equalBytes(keys.signPublic, fromBase64url(stored.signPublic));
  if (!same) throw new PliError("integrity", { details: { field: "keyring" } });
  return keys;
}

export async function addSlot(t: Transport, slot: KeySlot): Promise<void> {
  await t.json("POST", "/api/v1/me/keyring/slots", slot);
}

export async function renameSlot(t: Transport, slotId: string, name: string): Promise<void> {
  await t.json("PATCH", `/api/v1/me/keyring/slots/${slotId}`, { name });
}

/** @throws PliError `last_slot` */
export async function removeSlot(t: Transport, slotId: string): Promise<void> {
  await t.json("DELETE", `/api/v1/me/keyring/slots/${slotId}`);
}
