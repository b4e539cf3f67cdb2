/** What other features, and the operator's commands, may use of the factors. */
import type { Feature } from "../../http/feature.ts";
import { securityRoutes } from "./security.routes.ts";

export { confirmOfferedTotp, offerTotp, removeAllFactors } from "./change-factors.ts";
export { factorCode, passkeyAnswer, passkeyRequest, secondStep, totpOffer } from "./factors.schemas.ts";
export { acceptPasskey, type CheckedPasskey, checkPasskey, requestPasskey } from "./passkeys.ts";
export { proveCode } from "./prove-code.ts";
export { requireConfirmed, stepAfterLink } from "./second-step.ts";

export const factors: Feature = { name: "factors", routes: securityRoutes };
