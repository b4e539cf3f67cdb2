/**
 * An authenticator in memory, as a browser would hand its answers over: ES256, user verification, a counter. Signs whatever it is told, so that
 * tests can lie.
 */
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { NewPasskey, PasskeyAnswer, PasskeyCreation, PasskeyRequest } from "@pli/core/wire";

/** Flags of authenticator data (WebAuthn 6.1). */
const PRESENT = 1;
const VERIFIED = 4;
const WITH_KEY = 64;

/** What is signed otherwise than honestly. */
export interface Lies {
  readonly challenge?: string;
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly verified?: boolean;
  readonly counter?: number;
}

export interface SoftwarePasskey {
  readonly credentialId: string;
  create(options: PasskeyCreation, origin: string, lies?: Lies): NewPasskey;
  answer(request: PasskeyRequest, origin: string, lies?: Lies): PasskeyAnswer;
}

export function softwarePasskey(): SoftwarePasskey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = randomBytes(32);
  const credentialId = id.toString("base64url");
  let counter = 0;
  let userHandle: string | undefined;

  const authenticatorData = (rpId: string, flags: number, { verified = true, counter: told }: Lies, key?: Buffer) => {
    counter += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(told ?? counter);
    const flag = flags | PRESENT | (verified ? VERIFIED : 0);
    return Buffer.concat([sha256(Buffer.from(rpId)), Buffer.from([flag]), count, ...(key === undefined ? [] : [key])]);
  };

  return {
    credentialId,
    create: (options, origin, lies = {}) => {
      userHandle = options.userHandle;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const cose = map([
        [integer(1), integer(2)],
        [integer(3), integer(-7)],
        [integer(-1), integer(1)],
        [integer(-2), bytes(Buffer.from(x, "base64url"))],
        [integer(-3), bytes(Buffer.from(y, "base64url"))],
      ]);
      const attested = Buffer.concat([Buffer.alloc(16), length, id, cose]);
      const data = authenticatorData(lies.rpId ?? options.rpId, WITH_KEY, lies, attested);
      const attestation = map([
        [text("fmt"), text("none")],
        [text("attStmt"), map([])],
        [text("authData"), bytes(data)],
      ]);
      return {
        credentialId,
        clientData: clientData("webauthn.create", options.challenge, origin, lies).toString("base64url"),
        attestation: attestation.toString("base64url"),
        transports: ["internal"],
        name: "Test key",
      };
    },
    answer: (request, origin, lies = {}) => {
      const data = authenticatorData(lies.rpId ?? request.rpId, 0, lies);
      const client = clientData("webauthn.get", request.challenge, origin, lies);
      return {
        credentialId,
        clientData: client.toString("base64url"),
        authenticatorData: data.toString("base64url"),
        signature: sign("sha256", Buffer.concat([data, sha256(client)]), privateKey).toString("base64url"),
        ...(userHandle === undefined ? {} : { userHandle }),
      };
    },
  };
}

function clientData(type: string, challenge: string, origin: string, lies: Lies): Buffer {
  const said = { type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin: lies.origin ?? origin };
  return Buffer.from(JSON.stringify({ ...said, crossOrigin: false }));
}

function sha256(data: Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}

/** CBOR (RFC 8949), as much of it as an attestation needs. */
function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
}
const integer = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value));
const bytes = (value: Buffer) => Buffer.concat([head(2, value.length), value]);
const text = (value: string) => Buffer.concat([head(3, value.length), Buffer.from(value)]);
const map = (entries: readonly (readonly [Buffer, Buffer])[]) =>
  Buffer.concat([head(5, entries.length), ...entries.flat()]);
