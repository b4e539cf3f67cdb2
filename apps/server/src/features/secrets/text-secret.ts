/**
 * The link of a secret by SMS (S2): its creator hands the link's secret over for it. It passes through the outbox as that of a message does
 * (Z15), and is kept nowhere else.
 */
import { PliError } from "@pli/core/errors";
import type { SecretSms } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import { memberOf } from "../envelopes/index.ts";
import { enqueue } from "../notifications/index.ts";
import { readMemberPolicies } from "../policies/index.ts";
import { requireMobile, takeSms } from "../sms/index.ts";
import { requireOwnSecret, secretStateAt } from "./secrets.policy.ts";
import { holdSecret } from "./secrets.queries.ts";

/**
 * @throws PliError `not_found`, `conflict` {state} when it reveals nothing any more, `sms_unavailable`, `number_refused`, `policy_refused`
 * {rule}, `rate_limited`
 */
export async function textSecret(
  services: Services,
  memberId: string,
  secretId: string,
  { mobile, linkSecret, language }: SecretSms,
): Promise<void> {
  requireMobile(services.config, mobile);
  await services.db.write(async (tx) => {
    const nowMs = services.clock.now();
    const secret = requireOwnSecret(await holdSecret(tx, secretId), memberId);
    const state = secretStateAt(secret, nowMs);
    if (state !== "active") throw new PliError("conflict", { details: { state } });
    const { policies } = await readMemberPolicies(tx, memberId);
    if (!policies.deliverySms.value) {
      throw new PliError("policy_refused", { details: { rule: "deliverySms" } });
    }
    const [sender] = await memberOf(tx, { memberId });
    if (sender === undefined) throw new PliError("not_found");
    await enqueue(services, tx, {
      channel: "sms",
      kind: "secret",
      to: mobile,
      language,
      organisationId: secret.organisation_id,
      envelopeId: secretId,
      giveUpAtMs: secret.expires_at_ms,
      linkSecret,
      facts: { senderName: sender.name === "" ? sender.address : sender.name },
    });
    await takeSms(services, tx, { memberId, numbers: [mobile], nowMs });
  });
}
