/**
 * Where bounces come back to: an address of its own for each mail (VERP), `bounce+<mail id>.<code>@domain`. The code is an HMAC over the mail's
 * id: who does not know the server's key cannot make a report about any mail. Lower case only, since servers on the way may fold the case.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { ID_PATTERN } from "../database/index.ts";
import type { ServerKeys } from "../keys.ts";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
/** 80 bits: tried online only, at a listener that counts. */
const CODE_CHARACTERS = 16;

/** RFC 5321, 4.5.3.1.1: a local part has at most 64 octets. */
export const RETURN_LOCAL_MAX = 64 - 1 - 26 - 1 - CODE_CHARACTERS;

export interface ReturnPaths {
  /** The address that the bounces of one mail go to. */
  addressOf(mailId: string): string;
  /** The envelope id of one mail (RFC 3461): says the same, for servers that mangle the address. */
  envelopeIdOf(mailId: string): string;
  /** The mail of an address or envelope id that we made; null for any other. */
  mailOf(addressOrEnvelopeId: string): string | null;
}

/** @param mailbox PLI_BOUNCE_ADDRESS: what stands before the `+`, and the domain */
export function createReturnPaths(keys: ServerKeys, mailbox: string): ReturnPaths {
  const key = keys.derive("bounces");
  const at = mailbox.lastIndexOf("@");
  const [local, domain] = [mailbox.slice(0, at).toLowerCase(), mailbox.slice(at + 1).toLowerCase()];
  const codeOf = (mailId: string): string => {
    const bytes = createHmac("sha256", key).update(`bounce ${mailId}`).digest();
    return [...bytes.subarray(0, CODE_CHARACTERS)].map((byte) => ALPHABET[byte & 31]).join("");
  };
  const envelopeIdOf = (mailId: string) => `${mailId}.${codeOf(mailId)}`;
  return {
    addressOf: (mailId) => `${local}+${envelopeIdOf(mailId)}@${domain}`,
    envelopeIdOf,
    mailOf: (text) => {
      const plain = text.trim().toLowerCase();
      const prefix = `${local}+`;
      const isAddress = plain.startsWith(prefix) && plain.endsWith(`@${domain}`);
      const id = isAddress ? plain.slice(prefix.length, -domain.length - 1) : plain;
      const [mailId = "", code = "", ...more] = id.split(".");
      if (!ID_PATTERN.test(mailId) || more.length > 0 || code.length !== CODE_CHARACTERS) return null;
      const isOurs =
        Buffer.byteLength(code) === CODE_CHARACTERS && timingSafeEqual(Buffer.from(code), Buffer.from(codeOf(mailId)));
      return isOurs ? mailId : null;
    },
  };
}
