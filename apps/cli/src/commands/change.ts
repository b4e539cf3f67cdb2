/** `pli change`: other openings, another expiry, for all recipients or for some (spec: messages.md M21). */
import { changeGrant, getEnvelope } from "@pli/client";
import { LIMITS } from "@pli/core/wire";
import { chooseGrants } from "../choose-grants.ts";
import { type Command, Refused, UsageError } from "../command.ts";
import { asMember } from "../connect.ts";
import { parseCount, parseExpiry } from "../message-input.ts";

export const change: Command = {
  name: "change",
  positionals: { shown: "ID", least: 1, most: 1 },
  options: ["to", "openings", "expires", "json"],
  async run(context, { values, positionals: [id = ""] }) {
    const { texts } = context;
    const { openings, expires } = values;
    if (openings === undefined && expires === undefined) {
      throw new UsageError(texts.oneOf({ options: "--openings, --expires" }));
    }
    const bounds = { leastHours: LIMITS.expiryMinHours, mostHours: LIMITS.expiryMaxHours, nowMs: Date.now() };
    const wanted = {
      ...(openings !== undefined && {
        openingsLeft: parseCount(context, "--openings", openings, LIMITS.openingsMin, LIMITS.openingsMax),
      }),
      ...(expires !== undefined && { expiresAt: parseExpiry(context, expires, bounds) }),
    };
    const { t } = await asMember(context);
    const envelope = await getEnvelope(t, id);
    const chosen = chooseGrants(context, envelope, values.to);
    const grants = chosen.filter(({ state }) => state === "active" || (values.to !== undefined && state === "used_up"));
    const [only] = chosen;
    if (grants.length === 0) {
      throw new Refused(only === undefined || only.state === "active" ? "conflict" : only.state, texts.nobodyLeft);
    }
    for (const { grantId } of grants) await changeGrant(t, envelope.envelopeId, grantId, wanted);
    const addresses = grants.map(({ recipient }) => recipient.address);
    if (values.json) return context.printJson({ envelopeId: envelope.envelopeId, changed: addresses, ...wanted });
    for (const address of addresses) context.print(texts.changed({ address }));
  },
};
