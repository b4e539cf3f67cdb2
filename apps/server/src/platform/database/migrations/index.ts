/** The migrations in order. Add at the end; never change one that was published. */
import type { Migration } from "../migrate.ts";
import { content } from "./0001_content.ts";
import { accounts } from "./0002_accounts.ts";
import { secrets } from "./0003_secrets.ts";
import { sms } from "./0004_sms.ts";
import { contacts } from "./0005_contacts.ts";
import { reading } from "./0006_reading.ts";
import { delivery } from "./0007_delivery.ts";
import { threads } from "./0008_threads.ts";
import { factors } from "./0009_factors.ts";
import { policies } from "./0010_policies.ts";
import { replyToAll } from "./0011_reply_to_all.ts";
import { accountRest } from "./0012_account_rest.ts";
import { firstOrganisation } from "./0013_first_organisation.ts";

export const migrations: readonly Migration[] = [
  content,
  accounts,
  secrets,
  sms,
  contacts,
  reading,
  delivery,
  threads,
  factors,
  policies,
  replyToAll,
  accountRest,
  firstOrganisation,
];
