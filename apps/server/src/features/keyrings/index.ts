/** What other features may use of the keyrings. */
import type { Feature } from "../../http/feature.ts";
import { keyringRoutes } from "./keyrings.routes.ts";

export { type KeyringSummary, keyringSummary } from "./change-keyring.ts";

export const keyrings: Feature = { name: "keyrings", routes: keyringRoutes };
