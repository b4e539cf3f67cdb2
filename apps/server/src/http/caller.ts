/** Who is calling. Identified once per request, and only when a handler asks. */
import type { IncomingHttpHeaders } from "node:http";
import { PliError } from "@pli/core/errors";
import type { Role } from "@pli/core/wire";
import type { Context } from "hono";
import type { Services } from "../services.ts";
import type { ApiEnv } from "./api.ts";

export interface MemberCaller {
  readonly kind: "member";
  readonly memberId: string;
  readonly organisationId: string;
  readonly role: Role;
  readonly sessionId: string;
  /** A program has a token, and no second factor. */
  readonly by: "browser" | "token";
  /** When this session last showed a second factor. */
  readonly confirmedAtMs: number | null;
  /** When it last showed the mailbox: by the link that signed in, or a code since. */
  readonly mailboxAtMs: number | null;
}
export type Caller = MemberCaller | { readonly kind: "anonymous" };

/** Reads a session cookie or bearer token. Never throws for a bad one: that is `anonymous`. */
export type Identify = (services: Services, headers: IncomingHttpHeaders) => Promise<Caller>;

let identifier: WeakMap<Services, Identify> | undefined;

/** Called once per server at start: who identifies callers. */
export function setIdentify(services: Services, identify: Identify): void {
  identifier ??= new WeakMap();
  identifier.set(services, identify);
}

/** Who sent these headers: for handlers on the raw request. */
export async function identifyCaller(services: Services, headers: IncomingHttpHeaders): Promise<Caller> {
  const identify = identifier?.get(services);
  return identify === undefined ? { kind: "anonymous" } : identify(services, headers);
}

export function currentCaller(c: Context<ApiEnv>): Promise<Caller> {
  const known = c.get("caller");
  if (known !== undefined) return known;
  const caller = identifyCaller(c.get("services"), c.env.incoming.headers);
  c.set("caller", caller);
  return caller;
}

/** @throws PliError `not_signed_in` */
export async function requireMember(c: Context<ApiEnv>): Promise<MemberCaller> {
  const caller = await currentCaller(c);
  if (caller.kind !== "member") throw new PliError("not_signed_in");
  return caller;
}
