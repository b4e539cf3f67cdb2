/** `pli resend`: the notification once more, to all who get it by mail or to one (spec: messages.md M21). */
import { getEnvelope, resend as resendGrant } from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import { chooseGrants } from "../choose-grants.ts";
import { type Command, Refused } from "../command.ts";
import { asMember, keysOf } from "../connect.ts";

export const resend: Command = {
  name: "resend",
  positionals: { shown: "ID", least: 1, most: 1 },
  options: ["to", "json"],
  async run(context, { values, positionals: [id = ""] }) {
    const { texts } = context;
    const member = await asMember(context);
    const envelope = await getEnvelope(member.t, id);
    const chosen = chooseGrants(context, envelope, values.to);
    const grants = chosen.filter(({ state, delivery }) => state === "active" && delivery === "mail");
    if (grants.length === 0) {
      const [only] = chosen;
      const code = only === undefined || only.state === "active" ? "conflict" : only.state;
      throw new Refused(code, texts.nothingToResend);
    }
    const keys = await keysOf(member);
    const { envelopeId } = envelope;
    for (const grant of grants) await resendGrant(member.t, nodeCrypto, keys, { envelope, grant });
    const addresses = grants.map(({ recipient }) => recipient.address);
    if (values.json) return context.printJson({ envelopeId, resent: addresses });
    for (const address of addresses) context.print(texts.resent({ address }));
  },
};
