/**
 * The browser's passkeys (WebAuthn Level 3). What the PRF extension answers is a key: it is handed on beside the answer for the server, never
 * inside it, and goes to the worker that holds keys and nowhere else.
 */
import { fromBase64url, toBase64url, utf8 } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import { PASSKEY_PRF_INPUT } from "@pli/core/sealing";
import type { NewPasskey, PasskeyAnswer, PasskeyCreation, PasskeyReference, PasskeyRequest } from "@pli/core/wire";

/** A passkey that was used. */
export interface Touch {
  readonly answer: PasskeyAnswer;
  /** 32 bytes; null where authenticator or browser have no PRF extension. Secret. */
  readonly prf: Uint8Array | null;
}

/** Whether this browser, at this address, has passkeys: they are for names, not for bare network addresses. */
export function hasPasskeys(): boolean {
  return "PublicKeyCredential" in globalThis && !/^\[|^\d+(?:\.\d+){3}$/.test(location.hostname);
}

/** Whether the browser can offer passkeys in a field, among what it fills in. */
export async function offersInField(): Promise<boolean> {
  if (!hasPasskeys() || !("isConditionalMediationAvailable" in PublicKeyCredential)) return false;
  return await PublicKeyCredential.isConditionalMediationAvailable();
}

/** A request that no server sees the answer of: only what the PRF extension says counts. */
export function localRequest(credentialIds: readonly string[]): PasskeyRequest {
  return {
    challenge: toBase64url(crypto.getRandomValues(new Uint8Array(32))),
    rpId: location.hostname,
    allow: credentialIds.map((credentialId) => ({ credentialId, transports: [] })),
    expiresAt: "",
  };
}

const prfExtension = () => ({ prf: { eval: { first: utf8(PASSKEY_PRF_INPUT) } } });

/**
 * Asks for a passkey.
 * @param options.inField in the address field, as long as it takes, instead of a dialog now
 * @throws PliError `cancelled` when the person or `signal` said no, or nothing came in time; `passkey_refused` when the browser would not
 */
export async function touchPasskey(
  request: PasskeyRequest,
  options: { readonly inField?: boolean; readonly signal?: AbortSignal } = {},
): Promise<Touch> {
  const credential = await asking(() =>
    navigator.credentials.get({
      ...(options.inField ? { mediation: "conditional" as const } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
      publicKey: {
        challenge: fromBase64url(request.challenge),
        rpId: request.rpId,
        allowCredentials: request.allow.map(descriptor),
        userVerification: "required",
        extensions: prfExtension(),
      },
    }),
  );
  const response = credential.response as AuthenticatorAssertionResponse;
  const { userHandle } = response;
  return {
    answer: {
      credentialId: text(credential.rawId),
      clientData: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      ...(userHandle && userHandle.byteLength > 0 ? { userHandle: text(userHandle) } : {}),
    },
    prf: prfOf(credential),
  };
}

/** A passkey that was made. */
export interface Made {
  readonly passkey: NewPasskey;
  /** Whether it has the PRF extension at all. */
  readonly canUnlock: boolean;
  /** Some answer at once, others only when they are used. Secret. */
  readonly prf: Uint8Array | null;
}

/** @throws PliError `cancelled`; `already_exists` when the authenticator has one of those to exclude; `passkey_refused` */
export async function makePasskey(creation: PasskeyCreation, name: string): Promise<Made> {
  const credential = await asking(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: fromBase64url(creation.challenge),
        rp: { id: creation.rpId, name: creation.rpName },
        user: {
          id: fromBase64url(creation.userHandle),
          name: creation.userName,
          displayName: creation.displayName,
        },
        pubKeyCredParams: creation.algorithms.map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: creation.exclude.map(descriptor),
        authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
        attestation: "none",
        extensions: prfExtension(),
      },
    }),
  );
  const response = credential.response as AuthenticatorAttestationResponse;
  const prf = prfOf(credential);
  return {
    passkey: {
      credentialId: text(credential.rawId),
      clientData: text(response.clientDataJSON),
      attestation: text(response.attestationObject),
      transports: response.getTransports().filter((transport) => /^[a-z-]{1,20}$/.test(transport)),
      name,
    },
    canUnlock: prf !== null || credential.getClientExtensionResults().prf?.enabled === true,
    prf,
  };
}

function descriptor({ credentialId, transports }: PasskeyReference): PublicKeyCredentialDescriptor {
  return {
    type: "public-key",
    id: fromBase64url(credentialId),
    ...(transports.length === 0 ? {} : { transports: transports as AuthenticatorTransport[] }),
  };
}

function prfOf(credential: PublicKeyCredential): Uint8Array | null {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return null;
  return ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer, first.byteOffset, first.byteLength)
    : new Uint8Array(first);
}

const text = (buffer: ArrayBuffer) => toBase64url(new Uint8Array(buffer));

const CODES: Readonly<Record<string, "cancelled" | "already_exists">> = {
  NotAllowedError: "cancelled",
  AbortError: "cancelled",
  InvalidStateError: "already_exists",
};

async function asking(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await ask();
    if (credential === null) throw new PliError("cancelled");
    return credential as PublicKeyCredential;
  } catch (cause) {
    if (cause instanceof PliError) throw cause;
    const name = cause instanceof DOMException ? cause.name : "";
    throw new PliError(CODES[name] ?? "passkey_refused", { cause });
  }
}
