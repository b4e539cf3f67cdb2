/** What other features, and the operator's commands, may use of the accounts. */
import type { Feature } from "../../http/feature.ts";
import { cleanMemberCodes } from "../factors/index.ts";
import { cleanLimits } from "../limits/index.ts";
import { accountRoutes } from "./accounts.routes.ts";
import { ensureOwner } from "./add-member.ts";
import { identify } from "./caller.ts";
import { secondStepRoutes } from "./second-step.routes.ts";
import { deleteEndedSessions } from "./sessions.queries.ts";
import { deleteExpiredLinks } from "./sign-in.queries.ts";
import { signInRoutes } from "./sign-in.routes.ts";
import { createOperatorLink } from "./sign-in.ts";
import { deleteEndedSteps } from "./sign-in-steps.queries.ts";

export { addMember, ensureOwner, isName } from "./add-member.ts";
export { cookieValue, sessionSignal, sha256Text } from "./caller.ts";
export { allMembers, memberByAddress } from "./members.queries.ts";
export { insertSession } from "./sessions.queries.ts";
export { createOperatorLink } from "./sign-in.ts";

const CLEAN_EVERY_MS = 15 * 60_000;

export const accounts: Feature = {
  name: "accounts",
  identify,
  routes: (api, services) => {
    accountRoutes(api, services);
    signInRoutes(api, services);
    secondStepRoutes(api, services);
  },
  start: async (services) => {
    const owner = await ensureOwner(services);
    // While the owner has not said who they are, nobody can sign in by mail alone: show the way on the terminal.
    const link = await createOperatorLink(services, owner.member_id, services.origin());
    const clean = async () => {
      const nowMs = services.clock.now();
      await deleteExpiredLinks(services.db, nowMs);
      await deleteEndedSessions(services.db, nowMs);
      await deleteEndedSteps(services.db, nowMs);
      await cleanMemberCodes(services);
      await cleanLimits(services);
    };
    const timer = setInterval(() => {
      clean().catch((error: unknown) => services.logger.warn({ err: error }, "clean-up of accounts"));
    }, CLEAN_EVERY_MS);
    timer.unref();
    return {
      announce: [`Sign in as ${owner.address} (works once, for 15 minutes): ${link}`],
      stop: async () => clearInterval(timer),
    };
  },
};
