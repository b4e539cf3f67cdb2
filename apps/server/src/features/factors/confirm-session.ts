/** Confirming a session that is open with a second factor, before what changes the ways in (A2: asked again). */
import { PliError } from "@pli/core/errors";
import type { FactorCode, PasskeyAnswer } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import type { Services } from "../../services.ts";
import { confirmSession } from "./factors.queries.ts";
import { acceptPasskey, checkPasskey } from "./passkeys.ts";
import { proveCode } from "./prove-code.ts";

/** What a passkey's challenge is for: an answer for another session is worth nothing here. */
export const confirmingPurpose = ({ sessionId }: MemberCaller) => `confirm ${sessionId}`;

/** @throws `passkey_refused`, `conflict` */
export async function confirmByPasskey(services: Services, caller: MemberCaller, given: PasskeyAnswer): Promise<void> {
  const checked = await checkPasskey(services, confirmingPurpose(caller), given);
  if (checked.memberId !== caller.memberId) throw new PliError("passkey_refused");
  await services.db.write(async (tx) => {
    await confirmSession(tx, caller.sessionId, services.clock.now());
    await acceptPasskey(services, tx, checked);
  });
}

/** @throws `wrong_code`, `rate_limited` */
export async function confirmByCode(services: Services, caller: MemberCaller, given: FactorCode): Promise<void> {
  // What is refused is returned, not thrown: a wrong try must stay counted.
  const refused = await services.db.write(async (tx) => {
    const wrong = await proveCode(services, tx, caller.memberId, given);
    if (wrong === null) await confirmSession(tx, caller.sessionId, services.clock.now());
    return wrong;
  });
  if (refused !== null) throw refused;
}
