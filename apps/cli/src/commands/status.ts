/** `pli status`: one message, recipient by recipient, and on request every try to open it (spec: messages.md M21, M22). */
import { getEnvelope, getRegister, openSummary } from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import type { RegisterEntry } from "@pli/core/wire";
import { deliveryTexts } from "@pli/texts/delivery";
import { formatDateTime, formatShortDateTime } from "@pli/texts/format";
import type { Command } from "../command.ts";
import { asMember, keysOf } from "../connect.ts";
import { person } from "../heading.ts";
import { printable } from "../printable.ts";

export const status: Command = {
  name: "status",
  positionals: { shown: "ID", least: 1, most: 1 },
  options: ["register", "json"],
  async run(context, { values, positionals: [id = ""] }) {
    const { texts, language } = context;
    const member = await asMember(context);
    const found = await getEnvelope(member.t, id);
    const { sealedSenderKey: _own, sealedKey: _key, sealedSummary, ...envelope } = found;
    const { envelopeId } = envelope;
    const summary =
      sealedSummary === undefined ? undefined : await openSummary(nodeCrypto, await keysOf(member), found);
    const register: RegisterEntry[] = [];
    let cursor: string | undefined;
    if (values.register) {
      do {
        const page = await getRegister(member.t, envelopeId, cursor);
        register.push(...page.items);
        cursor = page.next;
      } while (cursor !== undefined);
    }
    // What is sealed to the sender is of no use to a reader of this output.
    const grants = envelope.grants.map(({ sealedSecret: _secret, ...grant }) => grant);
    if (values.json) {
      const subject = summary && { subject: summary.subject };
      return context.printJson({ ...envelope, ...subject, grants, ...(values.register && { register }) });
    }
    const when = (iso: string) => formatDateTime(language, Date.parse(iso));
    context.print(texts.envelope({ id: envelopeId }));
    if (summary !== undefined) context.print(`${texts.subject}: ${printable(summary.subject) || texts.noSubject}`);
    if (envelope.reference !== undefined) context.print(`${texts.reference}: ${printable(envelope.reference)}`);
    context.print(`${texts.state}: ${texts.states[envelope.state]}`);
    if (envelope.sentAt !== undefined) context.print(`${texts.sentAt}: ${when(envelope.sentAt)}`);
    if (envelope.expiresAt !== undefined) context.print(`${texts.expiresAt}: ${when(envelope.expiresAt)}`);
    for (const grant of grants) {
      const opened =
        grant.firstOpenedAt === undefined ? texts.neverOpened : texts.openedAt({ when: when(grant.firstOpenedAt) });
      const left = texts.opensLeft({ left: grant.openingsLeft, total: grant.openingsTotal });
      context.print(`  ${person(grant.recipient)}  ${texts.grantStates[grant.state]}  ${opened}  ${left}`);
      const why = grant.notification?.reasonCode;
      if (why !== undefined) {
        const { states, reasons } = deliveryTexts(language);
        const state = states[grant.notification?.state ?? "failed"];
        context.print(`    ${state}: ${reasons[why]} ${printable(grant.notification?.statusCode ?? "")}`.trimEnd());
      }
    }
    for (const { at, event, address } of register) {
      context.print(
        `  ${formatShortDateTime(language, Date.parse(at))}  ${texts.events[event] ?? printable(event)}  ${printable(address ?? "")}`.trimEnd(),
      );
    }
  },
};
