/** What a case of a route is, and what several cases need: secrets that say nothing, a message that was sent. */
import { randomBytes } from "node:crypto";
import { openBlindly, sendBlindly } from "../blind-sender.ts";
import type { Call, Person } from "../http.ts";
import type { World } from "../world.ts";

/** Honest requests by method and path, with `:x` for what varies. */
export type RouteCases = Readonly<Record<string, RouteCase>>;

export interface RouteCase {
  /** Who else may make this very request, besides the rightful one. */
  readonly open: OpenTo;
  /** Only there where clients may reach the bucket themselves. */
  readonly direct?: true;
  prepare(world: World): Promise<HonestRequest>;
}
/**
 * - `everybody`: knowing the address is enough; it tells or does nothing secret.
 * - `members`: whoever is signed in, each about their own things only.
 * - `nobody`: to all others it looks as if it did not exist.
 */
export type OpenTo = "everybody" | "members" | "nobody";

export interface HonestRequest extends Call {
  readonly path: string;
  readonly by: Person;
}

export const text = (lengthBytes: number) => randomBytes(lengthBytes).toString("base64url");

export const sent = (world: World) =>
  sendBlindly(world, world.owner, { delivery: "link", to: ["jeanne@courriel.example"] });

/** A message that was sent, and a device that has opened it. */
export async function opened(world: World): Promise<{ readonly device: Person; readonly grantId: string }> {
  const message = await sent(world);
  const [grant] = message.grants;
  if (grant === undefined) throw new Error("no grant");
  return { device: await openBlindly(world, grant), grantId: grant.grantId };
}

export const mine = (path: string): RouteCase => ({
  open: "members",
  prepare: async ({ owner }) => ({ by: owner, path }),
});
export const told = (path: string): RouteCase => ({
  open: "everybody",
  prepare: async (world) => ({ by: world.visitor(), path }),
});
