/**
 * Passkeys (WebAuthn Level 3): asked for, added, checked. Discoverable, with user verification always: what the person is or knows, and what
 * they have. No attestation is asked for: whose make it is is nobody's business. Never tells why a passkey is not accepted.
 */
import { PliError } from "@pli/core/errors";
import {
  LIMITS,
  type NewPasskey,
  type PasskeyAnswer,
  type PasskeyCreation,
  type PasskeyReference,
  type PasskeyRequest,
} from "@pli/core/wire";
import { newId, type Reader, type Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { organisationName } from "../organisations/index.ts";
import type { MembersTable } from "../organisations/organisations.table.ts";
import { isOwnChallenge, newChallenge, useChallenge } from "./challenges.ts";
import { insertPasskey, passkeyByCredential, passkeysOfMember, usePasskey } from "./factors.queries.ts";
import type { PasskeysTable } from "./factors.table.ts";

/** EdDSA, ES256, RS256 (RFC 9053): what authenticators make. */
const ALGORITHMS = [-8, -7, -257] as const;

/** Loaded when the first passkey comes: nobody else waits for it. */
const library = async () => {
  const loaded = await import("@simplewebauthn/server");
  // Makes are not asked for. With roots of theirs, it would ask addresses that stand in certificates whether those are revoked.
  for (const identifier of ["android-key", "android-safetynet", "apple"] as const) {
    loaded.SettingsService.setRootCertificates({ identifier, certificates: [] });
  }
  return loaded;
};

interface RelyingParty {
  readonly rpId: string;
  readonly origin: string;
}

/** Whom passkeys are for. @throws `conflict` {state} under a bare network address: browsers know passkeys for names only */
function relyingParty(services: Services): RelyingParty {
  const origin = services.origin();
  const { hostname } = new URL(origin);
  if (isBareAddress(hostname)) throw new PliError("conflict", { details: { state: "no_passkeys" } });
  return { rpId: hostname, origin };
}

/** Whether browsers have passkeys for this server. */
export function hasPasskeys(services: Services): boolean {
  return !isBareAddress(new URL(services.origin()).hostname);
}

function isBareAddress(hostname: string): boolean {
  return /^\[|^\d+(?:\.\d+){3}$/.test(hostname);
}

/** What every answer must bear; its challenge is known once it was looked at. */
function expectedHere(services: Services, purpose: string) {
  const { rpId, origin } = relyingParty(services);
  let challenge = "";
  return {
    here: {
      expectedChallenge: (given: string) => {
        challenge = given;
        return isOwnChallenge(services, purpose, given);
      },
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
    },
    challenge: () => challenge,
  };
}

/** @param memberId whose passkeys; null: any, the authenticator says whose */
export async function requestPasskey(
  services: Services,
  purpose: string,
  memberId: string | null,
): Promise<PasskeyRequest> {
  const { rpId } = relyingParty(services);
  const allow = memberId === null ? [] : references(await passkeysOfMember(services.db.read, memberId));
  return { ...newChallenge(services, purpose), rpId, allow };
}

export async function offerPasskey(
  services: Services,
  purpose: string,
  member: Pick<MembersTable, "member_id" | "organisation_id" | "address" | "name">,
): Promise<PasskeyCreation> {
  const { rpId } = relyingParty(services);
  const organisation = await organisationName(services.db.read, member.organisation_id);
  return {
    ...newChallenge(services, purpose),
    rpId,
    rpName: organisation ?? services.config.organisation,
    userHandle: handleOf(member.member_id),
    userName: member.address,
    displayName: member.name === "" ? member.address : member.name,
    algorithms: ALGORITHMS,
    exclude: references(await passkeysOfMember(services.db.read, member.member_id)),
  };
}

/** A passkey whose signature was right. What it proves counts only when `acceptPasskey` has used it up. */
export interface CheckedPasskey {
  readonly memberId: string;
  readonly passkey: PasskeysTable;
  readonly challenge: string;
  readonly counter: number;
  readonly backedUp: 0 | 1;
}

/** @throws `passkey_refused`, `conflict` */
export async function checkPasskey(
  services: Services,
  purpose: string,
  answer: PasskeyAnswer,
): Promise<CheckedPasskey> {
  const expected = expectedHere(services, purpose);
  const passkey = await passkeyByCredential(services.db.read, answer.credentialId);
  if (passkey === undefined) throw new PliError("passkey_refused");
  if (answer.userHandle !== undefined && answer.userHandle !== handleOf(passkey.member_id)) {
    throw new PliError("passkey_refused");
  }
  const { verifyAuthenticationResponse } = await library();
  const { verified, authenticationInfo } = await refusing(() =>
    verifyAuthenticationResponse({
      response: {
        id: answer.credentialId,
        rawId: answer.credentialId,
        type: "public-key",
        clientExtensionResults: {},
        response: {
          clientDataJSON: answer.clientData,
          authenticatorData: answer.authenticatorData,
          signature: answer.signature,
        },
      },
      ...expected.here,
      credential: {
        id: passkey.credential_id,
        publicKey: Uint8Array.from(Buffer.from(passkey.public_key, "base64url")),
        counter: passkey.counter,
      },
    }),
  );
  if (!verified) throw new PliError("passkey_refused");
  return {
    memberId: passkey.member_id,
    passkey,
    challenge: expected.challenge(),
    counter: authenticationInfo.newCounter,
    backedUp: authenticationInfo.credentialBackedUp ? 1 : 0,
  };
}

/** Uses the answer up: its challenge, and its counter. @throws `passkey_refused` when it was used before, or the passkey is gone */
export async function acceptPasskey(services: Services, tx: Tx, checked: CheckedPasskey): Promise<void> {
  const nowMs = services.clock.now();
  const { passkey, counter, backedUp } = checked;
  const use = { passkeyId: passkey.passkey_id, counterBefore: passkey.counter, counter, backedUp, nowMs };
  if (!(await usePasskey(tx, use))) throw new PliError("passkey_refused");
  if (!(await useChallenge(tx, nowMs, checked.challenge))) throw new PliError("passkey_refused");
}

/** A new passkey whose attestation was right. It counts when `keepPasskey` has used its challenge up. */
export interface CheckedNewPasskey {
  readonly row: PasskeysTable;
  readonly challenge: string;
}

/** A new passkey whose attestation was right, as a row. @throws `passkey_refused`, `conflict` */
export async function checkNewPasskey(
  services: Services,
  purpose: string,
  memberId: string,
  made: NewPasskey,
): Promise<CheckedNewPasskey> {
  const expected = expectedHere(services, purpose);
  const { verifyRegistrationResponse } = await library();
  const checked = await refusing(() =>
    verifyRegistrationResponse({
      response: {
        id: made.credentialId,
        rawId: made.credentialId,
        type: "public-key",
        clientExtensionResults: {},
        response: { clientDataJSON: made.clientData, attestationObject: made.attestation },
      },
      ...expected.here,
      supportedAlgorithmIDs: [...ALGORITHMS],
    }),
  );
  if (!checked.verified) throw new PliError("passkey_refused");
  const { credential, credentialDeviceType, credentialBackedUp } = checked.registrationInfo;
  // What the authenticator data says is as long as it likes: what was said beside it is of the length that we keep.
  if (credential.id !== made.credentialId) throw new PliError("passkey_refused");
  const nowMs = services.clock.now();
  const row: PasskeysTable = {
    passkey_id: newId(nowMs),
    member_id: memberId,
    credential_id: credential.id,
    public_key: Buffer.from(credential.publicKey).toString("base64url"),
    counter: credential.counter,
    transports: JSON.stringify(made.transports),
    backup_eligible: credentialDeviceType === "multiDevice" ? 1 : 0,
    backed_up: credentialBackedUp ? 1 : 0,
    name: made.name,
    created_at_ms: nowMs,
    last_used_at_ms: null,
  };
  return { row, challenge: expected.challenge() };
}

/** @throws `limit_reached` {limit}, `already_exists`, `passkey_refused`. The member is held */
export async function keepPasskey(services: Services, tx: Tx, { row, challenge }: CheckedNewPasskey): Promise<void> {
  if ((await countPasskeys(tx, row.member_id)) >= LIMITS.passkeys) {
    throw new PliError("limit_reached", { details: { limit: LIMITS.passkeys } });
  }
  if (!(await insertPasskey(tx, row))) throw new PliError("already_exists");
  if (!(await useChallenge(tx, services.clock.now(), challenge))) throw new PliError("passkey_refused");
}

async function countPasskeys(on: Reader, memberId: string): Promise<number> {
  return (await passkeysOfMember(on, memberId)).length;
}

function references(rows: readonly PasskeysTable[]): readonly PasskeyReference[] {
  return rows.map(({ credential_id, transports }) => ({
    credentialId: credential_id,
    transports: JSON.parse(transports) as readonly string[],
  }));
}

/** The user handle (WebAuthn 5.4.3): says nothing about the person. */
function handleOf(memberId: string): string {
  return Buffer.from(memberId).toString("base64url");
}

/** The library throws at the first thing that is not right, in words for developers. */
async function refusing<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (cause) {
    throw new PliError("passkey_refused", { cause });
  }
}
