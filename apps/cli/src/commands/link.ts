/** `pli link`: the links as they were sent, to pass them on once more (spec: messages.md M21; protocol.md Z12). */
import { getEnvelope, openGrantLink } from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import { chooseGrants } from "../choose-grants.ts";
import { type Command, Refused } from "../command.ts";
import { asMember, keysOf } from "../connect.ts";

export const link: Command = {
  name: "link",
  positionals: { shown: "ID", least: 1, most: 1 },
  options: ["to", "json"],
  async run(context, { values, positionals: [id = ""] }) {
    const { texts } = context;
    const member = await asMember(context);
    const { origin } = member.t;
    const envelope = await getEnvelope(member.t, id);
    const chosen = chooseGrants(context, envelope, values.to);
    const grants = chosen.filter(({ sealedSecret }) => sealedSecret !== undefined);
    const [only] = chosen;
    if (grants.length === 0) {
      throw new Refused(only === undefined || only.state === "active" ? "conflict" : only.state, texts.nobodyLeft);
    }
    const keys = await keysOf(member);
    const links = [];
    for (const grant of grants) {
      const { grantId, recipient } = grant;
      const found = await openGrantLink(nodeCrypto, keys, { envelope, grant, origin });
      links.push({ to: recipient.address, grantId, link: found });
    }
    if (values.json) return context.printJson({ envelopeId: envelope.envelopeId, grants: links });
    context.say(texts.passOn);
    for (const { to, link: one } of links) context.print(`${to}  ${one}`);
  },
};
