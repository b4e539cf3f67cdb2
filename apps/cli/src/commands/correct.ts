/** `pli correct`: another address for a recipient, under a new link; the old link opens nothing any more (spec: messages.md M21). */
import { addGrant, getEnvelope, revoke } from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import { chooseGrants } from "../choose-grants.ts";
import { type Command, Refused, UsageError } from "../command.ts";
import { asMember, keysOf } from "../connect.ts";
import { parseAddresses, readPassword } from "../message-input.ts";

export const correct: Command = {
  name: "correct",
  positionals: { shown: "ID", least: 1, most: 1 },
  options: ["to", "address", "password-file", "password", "json"],
  async run(context, { values, positionals: [id = ""] }) {
    const { texts } = context;
    const { to, address } = values;
    if (to?.length !== 1) throw new UsageError(texts.missing({ option: "--to" }));
    if (address === undefined) throw new UsageError(texts.missing({ option: "--address" }));
    const [person, more] = parseAddresses(context, "--address", [address]);
    if (person === undefined || more !== undefined) {
      throw new UsageError(texts.wrongValue({ option: "--address", value: address }));
    }
    const member = await asMember(context);
    const envelope = await getEnvelope(member.t, id);
    const all = chooseGrants(context, envelope, to);
    // whose address was wrong may have been corrected before: the present one, or the last
    const before = all.find(({ state }) => state === "active") ?? all.at(-1);
    if (before === undefined) throw new Refused("not_found", texts.noRecipient({ address: to[0] ?? "" }));
    const password = await readPassword(context, values);
    if (before.hasPassword && password === undefined) {
      throw new UsageError(texts.missing({ option: "--password-file" }));
    }
    const { type, name } = before.recipient;
    const { delivery, language, openingsTotal: openings } = before;
    const made = await addGrant(member.t, nodeCrypto, await keysOf(member), {
      envelope,
      recipient: { ...(name !== undefined && { name }), ...person, type },
      policy: { openings, language, delivery, ...(password !== undefined && { password }) },
    });
    // the new one first: without it the last recipient's going would destroy the message
    if (before.state === "active") await revoke(member.t, envelope.envelopeId, before.grantId);
    if (values.json) return context.printJson({ envelopeId: envelope.envelopeId, grants: [made] });
    context.print(texts.corrected({ address: made.to }));
    if (delivery === "link") context.print(`${made.to}  ${made.link}`);
  },
};
