/** Which recipients of a message a command is about. */
import type { Envelope, GrantStatus } from "@pli/core/wire";
import { type Context, Refused } from "./command.ts";

/** @param addresses those to choose; undefined for all. @throws PliError `not_found` when one is no recipient */
export function chooseGrants(
  context: Context,
  envelope: Pick<Envelope, "grants">,
  addresses: readonly string[] | undefined,
): readonly GrantStatus[] {
  if (addresses === undefined) return envelope.grants;
  return addresses.flatMap((address) => {
    const found = envelope.grants.filter(({ recipient }) => recipient.address.toLowerCase() === address.toLowerCase());
    if (found.length > 0) return found;
    throw new Refused("not_found", context.texts.noRecipient({ address }));
  });
}
