/** What other features may use of the secrets. */
import type { Feature } from "../../http/feature.ts";
import { secretRoutes } from "./secrets.routes.ts";

export { cleanSecrets, countViewsAgain, endOverdueSecrets, endSecret, isSecretOverdue } from "./end-secret.ts";

export const secrets: Feature = { name: "secrets", routes: secretRoutes };
