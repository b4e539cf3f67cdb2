/** What other features, and the operator's commands, may use of the factors. */
import type { Feature } from "../../http/feature.ts";
import type { Services } from "../../services.ts";
import { securityRoutes } from "./security.routes.ts";
import { deleteEndedCodes } from "./sms-factor.queries.ts";

export { confirmOfferedTotp, offerTotp, removeAllFactors } from "./change-factors.ts";
export { factorCode, factorCodeSent, passkeyAnswer, passkeyRequest, secondStep, totpOffer } from "./factors.schemas.ts";
export { acceptPasskey, type CheckedPasskey, checkPasskey, requestPasskey } from "./passkeys.ts";
export { sendProofCode } from "./proof-codes.ts";
export { proveCode } from "./prove-code.ts";
export {
  factorState,
  repliesWithheld,
  requireConfirmed,
  requireProofOfFactor,
  stepAfterLink,
} from "./second-step.ts";

/** Forgets codes whose time is over. */
export async function cleanMemberCodes({ db, clock }: Services): Promise<void> {
  await deleteEndedCodes(db, clock.now());
}

export const factors: Feature = { name: "factors", routes: securityRoutes };
