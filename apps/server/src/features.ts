/** The features of this server, in the order they are started. One line each. */

import { accounts } from "./features/accounts/index.ts";
import { apiDocs } from "./features/api-docs/index.ts";
import { bounces } from "./features/bounces/index.ts";
import { contacts } from "./features/contacts/index.ts";
import { envelopes } from "./features/envelopes/index.ts";
import { factors } from "./features/factors/index.ts";
import { grants } from "./features/grants/index.ts";
import { health } from "./features/health/index.ts";
import { jobs } from "./features/jobs/index.ts";
import { keyrings } from "./features/keyrings/index.ts";
import { metrics } from "./features/metrics/index.ts";
import { notifications } from "./features/notifications/index.ts";
import { organisationRules } from "./features/organisation-rules/index.ts";
import { secrets } from "./features/secrets/index.ts";
import { threads } from "./features/threads/index.ts";
import type { Feature } from "./http/feature.ts";

export const features: readonly Feature[] = [
  health,
  accounts,
  factors,
  keyrings,
  organisationRules,
  envelopes,
  grants,
  threads,
  secrets,
  contacts,
  notifications,
  bounces,
  jobs,
  metrics,
  apiDocs,
];
