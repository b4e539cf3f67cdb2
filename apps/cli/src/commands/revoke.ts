/** `pli revoke`: nobody can open the message any more, or one recipient cannot (spec: messages.md M21; protocol.md Z8). */
import { getEnvelope, revoke as revokeGrant } from "@pli/client";
import { chooseGrants } from "../choose-grants.ts";
import type { Command } from "../command.ts";
import { asMember } from "../connect.ts";

export const revoke: Command = {
  name: "revoke",
  positionals: { shown: "ID", least: 1, most: 1 },
  options: ["to", "json"],
  async run(context, { values, positionals: [id = ""] }) {
    const { texts } = context;
    const { t } = await asMember(context);
    if (values.to === undefined) {
      await revokeGrant(t, id);
      return values.json ? context.printJson({ envelopeId: id, revoked: "all" }) : context.print(texts.revokedAll);
    }
    const envelope = await getEnvelope(t, id);
    const grants = chooseGrants(context, envelope, values.to);
    for (const { grantId } of grants) await revokeGrant(t, envelope.envelopeId, grantId);
    const addresses = grants.map(({ recipient }) => recipient.address);
    if (values.json) return context.printJson({ envelopeId: envelope.envelopeId, revoked: addresses });
    for (const address of addresses) context.print(texts.revokedOne({ address }));
  },
};
