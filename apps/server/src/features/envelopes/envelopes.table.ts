/** Envelopes, their parts and their grants (migration 0001): one aggregate. Binary values are base64url as on the wire. */
import type { Delivery, EnvelopeKind, GrantState, Language, NotifyMe, Protect, RecipientType } from "@pli/core/wire";
import type { Flag } from "../../platform/database/index.ts";

/** As stored. `sending`, `partly_opened`, `opened` are what lists make of `sent`. */
export type StoredEnvelopeState = "draft" | "sent" | "revoked" | "expired" | "destroyed";

/** `answer`: what the sender says in the conversation of a message (M24). On the wire it is never an envelope of its own. */
export type StoredEnvelopeKind = EnvelopeKind | "answer";

export interface EnvelopesTable {
  envelope_id: string;
  organisation_id: string;
  kind: StoredEnvelopeKind;
  state: StoredEnvelopeState;
  /** Whose it is: the author of a message or an answer, the receiver of a reply. */
  member_id: string;
  device_sha256: string | null;
  from_grant_id: string | null;
  from_address: string | null;
  from_name: string | null;
  in_reply_to: string | null;
  /** Goes up with every removal of a part, so that sending and removing never cross. */
  revision: number;
  /** JSON: part number to generation, for parts that were removed and may come again. */
  generations: string;
  created_at_ms: number;
  sent_at_ms: number | null;
  take_back_until_ms: number | null;
  /** Of a draft: when it is thrown away. */
  expires_at_ms: number;
  ended_at_ms: number | null;
  read_at_ms: number | null;
  notify: NotifyMe | null;
  notify_unread: Flag;
  reference: string | null;
  protect: Protect;
  /** Without the manifest. */
  part_count: number;
  size_bytes: number;
  recipients_count: number;
  opened_count: number;
  commitment: string | null;
  content_gone: Flag;
}

/** What is sealed for the member whose envelope it is; there from sending on. */
export interface SealsTable {
  envelope_id: string;
  /** Of a message: what the other two are sealed under. It stays as long as the summary. */
  sealed_sender_key: Uint8Array | null;
  /** Null once the envelope has ended (Z8). */
  sealed_key: Uint8Array | null;
  sealed_summary: Uint8Array | null;
}

export interface PartsTable {
  envelope_id: string;
  part: number;
  generation: number;
  chunks: number;
  size_bytes: number;
  sha256: string;
}

export interface GrantsTable {
  envelope_id: string;
  grant_id: string;
  organisation_id: string;
  /** The author's. */
  member_id: string;
  position: number;
  state: GrantState;
  address: string;
  name: string | null;
  type: RecipientType;
  language: Language;
  /** 0: nobody chose it, the reader's browser does (M7). */
  language_chosen: number;
  delivery: Delivery;
  verifier_sha256: string;
  /** Null once this grant opens nothing any more (Z8). */
  wrapped_key: string | null;
  /** JSON of PasswordParams. */
  password_params: string | null;
  sealed_secret: Uint8Array | null;
  openings_total: number;
  openings_left: number;
  expires_at_ms: number;
  first_sent_at_ms: number | null;
  last_sent_at_ms: number | null;
  sends: number;
  first_opened_at_ms: number | null;
  last_opened_at_ms: number | null;
  /** E.164: where its SMS go. */
  mobile: string | null;
  /** Whether a code by SMS is a factor. */
  sms_code: Flag;
  /** When the last running opening ends. */
  open_until_ms: number | null;
  /** Wrong verifiers since the last right one or lock. */
  wrong_tries: number;
  /** All wrong verifiers since the sender last changed the grant. */
  wrong_total: number;
  locked_until_ms: number | null;
  /** Of a reply to all (migration 0011): its reader's own grant of the message that is answered. Null for grants of messages. */
  of_grant_id: string | null;
}

export interface CopyRequestsTable {
  envelope_id: string;
  request_id: string;
  grant_id: string;
  reason: "new_copy" | "not_me" | "not_for_me";
  asked_at_ms: number;
  done: Flag;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    envelopes: EnvelopesTable;
    seals: SealsTable;
    parts: PartsTable;
    grants: GrantsTable;
    copy_requests: CopyRequestsTable;
  }
}
