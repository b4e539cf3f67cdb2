/**
 * What becomes of each table's rows when a back-up is restored. A new table does not compile until it is listed here: somebody must decide
 * whether yesterday's rows may live again.
 */
import type { Schema } from "../../platform/database/index.ts";

type DataTable = Exclude<keyof Schema, "pli_migrations">;

const COMES_BACK: Readonly<Record<DataTable, boolean>> = {
  // First what others refer to: rows are put in in this order.
  organisations: true,
  entities: true,
  members: true,
  policies: true,
  administration_log: true,
  keyrings: true,
  key_slots: true,
  passkeys: true,
  totp_factors: true,
  sms_factors: true,
  recovery_codes: true,
  envelopes: true,
  seals: true,
  parts: true,
  grants: true,
  thread_keys: true,
  secrets: true,
  contacts: true,
  contact_addresses: true,
  contact_words: true,
  correspondents: true,
  journal: true,
  copy_requests: true,
  outbox: true,
  mail_deliveries: true,
  mail_choices: true,
  sms_usage: true,
  idempotency_keys: true,
  openings: true,
  // Wrong tries go on counting.
  mailbox_tries: true,
  // Might have been ended, used or revoked since.
  sessions: false,
  sign_in_links: false,
  sign_in_steps: false,
  member_codes: false,
  mailbox_codes: false,
  mailbox_proofs: false,
  // Of yesterday's minutes.
  limits: false,
  job_leases: false,
  mail_lanes: false,
  // The first node that starts says which key file it is now: that of the back-up may be lost.
  node_facts: false,
};

export const TABLES: readonly string[] = Object.keys(COMES_BACK);

/** Tables whose rows of a back-up are not restored. */
export const LEFT_OUT: ReadonlySet<string> = new Set(
  Object.entries(COMES_BACK).flatMap(([name, comesBack]) => (comesBack ? [] : [name])),
);
