/** What people do, request by request: a message is sent, a message is opened in a browser that never was here, a link is looked at. */
import { createHash, randomBytes } from "node:crypto";
import type { GrantCreation } from "@pli/core/wire";
import { grantFor, messageOf } from "../sent-message.ts";
import type { Answer, Caller } from "./caller.ts";

export interface Reader {
  readonly grantId: string;
  readonly address: string;
  readonly verifier: string;
  readonly code: string;
}

const OPENINGS = 99;
/** A manifest with two attachments. */
const MANIFEST_BYTES = 4096;

/** A draft, its manifest, the order to send: three requests. @returns what its readers need, but their codes */
export async function sendMessage(
  caller: Caller,
  token: string,
  addresses: readonly string[],
  delivery: "link" | "mail",
): Promise<Reader[]> {
  const headers = { Authorization: `Bearer ${token}` };
  const draft = require2xx(await caller.call("POST", "/api/v1/envelopes", { json: { kind: "message" }, headers }));
  const envelopeId = /"envelopeId":"(\w+)"/.exec(draft.text)?.[1];
  const manifest = randomBytes(MANIFEST_BYTES);
  require2xx(
    await caller.call("PUT", `/api/v1/envelopes/${envelopeId}/parts/0/chunks/0`, {
      bytes: manifest,
      headers: { ...headers, "Content-Type": "application/octet-stream" },
    }),
  );
  const parts = [
    {
      part: 0,
      chunks: 1,
      sizeBytes: MANIFEST_BYTES,
      sha256: createHash("sha256").update(manifest).digest("base64url"),
    },
  ];
  const readers = addresses.map((address) => {
    const verifier = randomBytes(32);
    const grant: GrantCreation = {
      ...grantFor(address),
      openings: OPENINGS,
      verifierSha256: createHash("sha256").update(verifier).digest("base64url"),
      delivery,
      ...(delivery === "mail" ? { linkSecret: randomBytes(32).toString("base64url") } : {}),
    };
    return { grant, reader: { grantId: grant.grantId, address, verifier: verifier.toString("base64url"), code: "" } };
  });
  const json = messageOf(
    parts,
    readers.map(({ grant }) => grant),
  );
  require2xx(await caller.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json, headers }));
  return readers.map(({ reader }) => reader);
}

/** The code is checked, then the key released: two requests of a new browser. @returns the milliseconds of the second one */
export async function openMessage(caller: Caller, { grantId, code, verifier }: Reader): Promise<number> {
  const door = `/api/v1/grants/${grantId}`;
  const proven = require2xx(await caller.call("POST", `${door}/proofs`, { json: { code } }));
  const cookie = /set-cookie: (__Host-pli-device=[\w-]+)/i.exec(proven.text)?.[1] ?? "";
  const startedMs = performance.now();
  require2xx(await caller.call("POST", `${door}/openings`, { json: { verifier }, headers: { Cookie: cookie } }));
  return performance.now() - startedMs;
}

export async function lookAtLink(caller: Caller, { grantId }: Reader): Promise<void> {
  require2xx(await caller.call("GET", `/api/v1/grants/${grantId}`));
}

function require2xx(answer: Answer): Answer {
  if (answer.status < 200 || answer.status > 299)
    throw new Error(`answered ${answer.status}: ${answer.text.slice(-300)}`);
  return answer;
}
