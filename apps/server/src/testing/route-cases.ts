/**
 * One honest request for every route: its path, its body, and who may make it. Tests of rights let others make the same request, tests of
 * bad input spoil it. A route without a case here fails both.
 */
import { ACCOUNT_CASES } from "./route-cases/account-cases.ts";
import { CONTACT_CASES } from "./route-cases/contact-cases.ts";
import { ENVELOPE_CASES } from "./route-cases/envelope-cases.ts";
import { GRANT_CASES } from "./route-cases/grant-cases.ts";
import { MAIL_CASES } from "./route-cases/mail-cases.ts";
import { POLICY_CASES } from "./route-cases/policy-cases.ts";
import { type RouteCases, told } from "./route-cases/route-case.ts";
import { SECRET_CASES } from "./route-cases/secret-cases.ts";
import { SECURITY_CASES } from "./route-cases/security-cases.ts";
import { THREAD_CASES } from "./route-cases/thread-cases.ts";

export type { HonestRequest, OpenTo, RouteCase } from "./route-cases/route-case.ts";

/** Pages and facts that are everybody's. */
const OPEN_CASES: RouteCases = {
  "GET /api/v1/openapi.json": told("/api/v1/openapi.json"),
  "GET /api/v1/server": told("/api/v1/server"),
  "GET /api": told("/api"),
  "GET /api/explorer.css": told("/api/explorer.css"),
  "GET /api/explorer.js": told("/api/explorer.js"),
  "GET /api/page.css": told("/api/page.css"),
  "GET /api/words.js": told("/api/words.js"),
  "GET /healthz": told("/healthz"),
  "GET /readyz": told("/readyz"),
};

export const ROUTE_CASES: RouteCases = {
  ...OPEN_CASES,
  ...ACCOUNT_CASES,
  ...ENVELOPE_CASES,
  ...GRANT_CASES,
  ...POLICY_CASES,
  ...SECRET_CASES,
  ...THREAD_CASES,
  ...CONTACT_CASES,
  ...SECURITY_CASES,
  ...MAIL_CASES,
};
