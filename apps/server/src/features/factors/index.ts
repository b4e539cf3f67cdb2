/** What other features, and the operator's commands, may use of the factors. */
import type { Feature } from "../../http/feature.ts";
import type { Services } from "../../services.ts";
import { securityRoutes } from "./security.routes.ts";
import { deleteEndedCodes } from "./sms-factor.queries.ts";

export { confirmOfferedTotp, keepNewPasskey, offerTotp, removeAllFactors } from "./change-factors.ts";
export {
  factorCode,
  factorCodeSent,
  newPasskey,
  passkeyAnswer,
  passkeyCreation,
  passkeyRequest,
  secondStep,
  smsFactorConfirmation,
  smsFactorOffer,
  totpOffer,
} from "./factors.schemas.ts";
export {
  acceptPasskey,
  type CheckedPasskey,
  checkNewPasskey,
  checkPasskey,
  offerPasskey,
  requestPasskey,
} from "./passkeys.ts";
export { sendProofCode } from "./proof-codes.ts";
export { proveCode } from "./prove-code.ts";
export {
  factorState,
  repliesWithheld,
  requireConfirmed,
  requireProofOfFactor,
  stepAfterLink,
} from "./second-step.ts";
export { proveNumber, sendNumberCode } from "./sms-factor.ts";

/** Forgets codes whose time is over. */
export async function cleanMemberCodes({ db, clock }: Services): Promise<void> {
  await deleteEndedCodes(db, clock.now());
}

export const factors: Feature = { name: "factors", routes: securityRoutes };
