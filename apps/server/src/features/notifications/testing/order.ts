/** Orders mails as other features do, and reads what became of them. */
import { randomBytes } from "node:crypto";
import type { World } from "../../../testing/world.ts";
import { enqueue, type MailOfKind } from "../index.ts";
import type { OutboxTable } from "../outbox.table.ts";

export interface Ordered {
  readonly grantId: string;
  readonly envelopeId: string;
  readonly linkSecret: string;
}

const text = (lengthBytes: number) => randomBytes(lengthBytes).toString("base64url");

/** One notification of a sealed message. */
export async function orderMessage(
  world: World,
  to: string,
  wishes: Partial<MailOfKind<"message">> = {},
): Promise<Ordered> {
  const ordered = { grantId: text(16), envelopeId: text(16), linkSecret: text(32) };
  const mail: MailOfKind<"message"> = {
    kind: "message",
    to,
    language: "en",
    organisationId: world.owner.organisationId,
    ...ordered,
    facts: {
      senderName: "Camille Orvanne",
      senderAddress: "camille.orvanne@aubrelune.example",
      expiresAtMs: Date.UTC(2026, 11, 23, 17),
      timeZone: "Europe/Paris",
      openings: 3,
      password: false,
    },
    ...wishes,
  };
  await world.server.services.db.write((tx) => enqueue(world.server.services, tx, mail));
  return { ...ordered, envelopeId: mail.envelopeId ?? ordered.envelopeId, grantId: mail.grantId ?? ordered.grantId };
}

export async function outboxRow(world: World, { grantId }: Ordered): Promise<OutboxTable> {
  return await world.server.services.db.read
    .selectFrom("outbox")
    .selectAll()
    .where("grant_id", "=", grantId)
    .executeTakeFirstOrThrow();
}
