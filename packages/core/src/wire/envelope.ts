/** Envelopes as their author works with them (spec: messages.md M1 to M10, M16, M20 to M22; protocol.md Z8, Z12, Z14 to Z16). */
import type { Language, NotifyMe, PasswordParams, Protect } from "./account.ts";
import type { ReplyReader } from "./readers.ts";

export type EnvelopeKind = "message" | "reply";
export type RecipientType = "to" | "cc" | "bcc";
/** How the link reaches the recipient: by Pli's mail, by SMS, or by the sender's own means. */
export type Delivery = "mail" | "sms" | "link";
/** State of an envelope as lists show it. `sending` = mails still held or waiting. */
export type EnvelopeState =
  | "draft"
  | "sending"
  | "sent"
  | "partly_opened"
  | "opened"
  | "expired"
  | "destroyed"
  | "revoked";
export type GrantState = "active" | "used_up" | "expired" | "revoked";

/** `POST /api/v1/envelopes` and `POST /api/v1/grants/:id/replies` → 201. Body of the first: `{kind: "message"}`. */
export interface EnvelopeDraft {
  readonly envelopeId: string;
  readonly chunkBytes: number;
  readonly draftExpiresAt: string;
}

/**
 * Parts. `PUT /api/v1/envelopes/:id/parts/:part/chunks/:chunk` (application/octet-stream, raw bytes): part 0 is the manifest,
 * parts from 1 are blobs; chunks from 0, each of `chunkBytes` but the last. 204 when durable; the same chunk again is 204 too and
 * changes nothing. `GET /api/v1/envelopes/:id/parts/:part` tells what is there; `DELETE` removes a part of a draft.
 */
export interface PartStatus {
  readonly part: number;
  readonly chunks: readonly { readonly chunk: number; readonly sizeBytes: number }[];
}
/** A finished part: its ciphertext's size and SHA-256 (base64url), as the sender computed it. */
export interface PartSummary {
  readonly part: number;
  readonly chunks: number;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Whom a grant is for. */
export interface GrantRecipient {
  /** A mail address; a mobile number in E.164 (`+33612345678`) for who is reached by that alone. */
  readonly address: string;
  readonly name?: string;
  readonly type: RecipientType;
  /** E.164: where the link or the code goes by SMS. The address itself when that is a number. */
  readonly mobile?: string;
}
/** One recipient's right, made on the sender's device (Z5 to Z7, Z12). Binary values base64url. */
export interface GrantCreation {
  readonly grantId: string; // 16 bytes
  readonly recipient: GrantRecipient;
  readonly verifierSha256: string; // 32 bytes
  readonly wrappedKey: string; // 60 bytes
  readonly passwordParams?: PasswordParams;
  readonly openings: number;
  /** Of mails and pages. Absent: not chosen; the pages follow the browser, the mail what was used before (M7). */
  readonly language?: Language;
  readonly delivery: Delivery;
  /** M4: a code goes to the mobile number, and is asked for before the key is released. Default false; always so for a number without an address. */
  readonly smsCode?: boolean;
  /** Only with delivery `mail` or `sms`: passes through the encrypted outbox (Z15). Never stored otherwise. */
  readonly linkSecret?: string;
  /** The link secret under the envelope's sender key, to send or copy the link again: 60 bytes. */
  readonly sealedSecret: string;
}

/**
 * M2, attachments only: what the mail says in clear, subject, text and the slip's files. It passes through the encrypted outbox like a link
 * secret, and is never stored otherwise. The same subject and text are sealed in the manifest as well.
 */
export interface ClearText {
  readonly subject: string;
  readonly text: string;
  /** SHA-256 of the plaintext, base64url: as in the manifest. */
  readonly files: readonly { readonly name: string; readonly sizeBytes: number; readonly sha256: string }[];
}

/** `POST /api/v1/envelopes/:id/send` for kind `message`, all or nothing. Header `Idempotency-Key` honoured. */
export interface SendMessage {
  readonly parts: readonly PartSummary[]; // part 0 first, then in order
  readonly commitment: string; // Z16, checked by the server
  readonly grants: readonly GrantCreation[];
  readonly expiresAt: string;
  readonly notify: NotifyMe;
  readonly notifyUnread?: boolean; // tell me when destroyed unread; default true
  readonly reference?: string; // told not to be secret
  /** Default `message`. `attachments` only where every grant is delivered by mail, with `clear`. */
  readonly protect?: Protect;
  readonly clear?: ClearText;
  readonly sealedSenderKey: string; // the sender key by HPKE to the sender (INFO_SELF, AD = envelope id): 1168 bytes
  readonly sealedKey: string; // CK under the sender key (Z12): 60 bytes
  readonly sealedSummary: string; // {subject, attachments} under the sender key
  /** Seconds the notifications wait so that it can be taken back (M10): 0 to 300, default 0. */
  readonly holdSeconds?: number;
}
/** `POST /api/v1/envelopes/:id/send` for kind `reply`: sealed by HPKE to the sender of the message (Z13). */
export interface SendReply {
  readonly parts: readonly PartSummary[];
  readonly commitment: string;
  readonly sealedKey: string; // CK sealed to the manifest's reply key (INFO_REPLY, AD = envelope id): 1168 bytes
  /** CK under the thread key of the grant it is written from (60 bytes): who opens the grant reads it again. */
  readonly threadKey?: string;
  /** A line in a row of lines: no mail, if one came from this grant minutes ago. */
  readonly brief?: boolean;
  /** A reply to all: who else of the message's visible recipients reads it (wire/readers.ts). */
  readonly readers?: readonly ReplyReader[];
}
export interface SendAnswer {
  readonly envelopeId: string;
  readonly sentAt: string;
  /** Until when it can be taken back; absent without a hold. */
  readonly takeBackUntil?: string;
  readonly grants: readonly { readonly grantId: string; readonly address: string }[];
}

/** `GET /api/v1/envelopes?state=&recipient=&reference=&q=&from=&to=&cursor=&limit=` newest first. */
export interface EnvelopeListItem {
  readonly envelopeId: string;
  readonly state: EnvelopeState;
  readonly createdAt: string;
  readonly sentAt?: string;
  readonly expiresAt?: string;
  readonly endedAt?: string;
  readonly reference?: string;
  readonly recipients: readonly { readonly address: string; readonly name?: string; readonly type: RecipientType }[];
  readonly recipientsOpened: number;
  /** Without those whose access was withdrawn before they opened, while others kept theirs. */
  readonly recipientsCount: number;
  readonly parts: number; // without the manifest
  readonly sizeBytes: number;
  /** Both from sending on; the sender key opens the summary, of ended envelopes too. */
  readonly sealedSenderKey?: string;
  readonly sealedSummary?: string;
}

/** `GET /api/v1/envelopes/:id` */
export interface Envelope extends EnvelopeListItem {
  readonly kind: EnvelopeKind;
  readonly protect: Protect;
  readonly notify: NotifyMe;
  readonly takeBackUntil?: string;
  readonly contentAvailable: boolean;
  readonly sealedKey?: string; // absent once destroyed
  readonly partList: readonly PartSummary[];
  readonly grants: readonly GrantStatus[];
  readonly requests: readonly CopyRequest[];
}
export interface GrantStatus {
  readonly grantId: string;
  readonly recipient: GrantRecipient;
  readonly state: GrantState;
  readonly delivery: Delivery;
  readonly smsCode: boolean;
  readonly language: Language;
  readonly hasPassword: boolean;
  readonly openingsTotal: number;
  readonly openingsLeft: number;
  readonly expiresAt: string;
  readonly firstSentAt?: string;
  readonly lastSentAt?: string;
  readonly sends: number;
  /** Of the last notification. Absent for `link`. */
  readonly notification?: NotificationStatus;
  readonly firstOpenedAt?: string;
  readonly lastOpenedAt?: string;
  readonly sealedSecret?: string;
}
/**
 * What became of a notification: `waiting` in our outbox, `delayed` (tried in vain, by us or by a server behind us, and tried again),
 * `accepted` by the next server, `delivered` (a server behind it said so), `failed` (bounced, or given up).
 */
export interface NotificationStatus {
  readonly state: "held" | "waiting" | "delayed" | "accepted" | "delivered" | "failed";
  readonly at?: string;
  /** The server's own words, on one line. */
  readonly reason?: string;
  /** Why it is delayed or failed, for texts (`@pli/texts/delivery`). */
  readonly reasonCode?: DeliveryReason;
  /** RFC 3463, "5.1.1". */
  readonly statusCode?: string;
}
export type DeliveryReason =
  | "no_mailbox"
  | "no_domain"
  | "mailbox_full"
  | "mailbox_off"
  | "too_large"
  | "refused"
  | "unreachable"
  | "busy"
  | "gave_up"
  | "relay" // our own relay, not theirs
  | "unknown";
/** Somebody asks for a new copy, or says that it was not them (M17). */
export interface CopyRequest {
  readonly requestId: string;
  readonly grantId: string;
  readonly reason: "new_copy" | "not_me" | "not_for_me";
  readonly askedAt: string;
  readonly done: boolean;
}

/**
 * Actions of the sender (204 unless said): `POST /envelopes/:id/take-back` (→ EnvelopeDraft), `POST /envelopes/:id/revoke`,
 * `POST /envelopes/:id/grants` (GrantCreation → 201), `PATCH /envelopes/:id/grants/:grantId` (GrantChange),
 * `POST /envelopes/:id/grants/:grantId/resend` (Resend), `POST /envelopes/:id/grants/:grantId/revoke`,
 * `POST /envelopes/:id/requests/:requestId/done`, `DELETE /envelopes/:id` (a draft).
 */
export interface GrantChange {
  readonly openingsLeft?: number; // 0 is refused: revoke instead
  readonly expiresAt?: string;
}
export interface Resend {
  readonly linkSecret: string;
}

/** `GET /api/v1/envelopes/:id/register?cursor=` (M22): every try and its outcome, newest first. */
export interface RegisterEntry {
  readonly entryId: string;
  readonly at: string;
  readonly event: RegisterEvent;
  readonly grantId?: string;
  readonly address?: string; // recipient
  readonly openingsLeft?: number;
  readonly triesLeft?: number;
  readonly codeReference?: string;
  readonly network?: string; // shortened address prefix, as the organisation chooses
  readonly agent?: string; // "Firefox, Android"
  readonly machine: boolean; // a scanner's visit, not a person's
  /** Of `notification_delayed` and `notification_failed`. */
  readonly reasonCode?: DeliveryReason;
  readonly statusCode?: string;
}
export type RegisterEvent =
  | "sent"
  | "taken_back"
  | "notified"
  | "notification_failed"
  | "notification_delayed"
  | "notification_delivered"
  | "visited"
  | "code_asked"
  | "code_wrong"
  | "code_expired"
  | "mailbox_proven"
  | "sms_asked"
  | "sms_wrong"
  | "sms_expired"
  | "sms_proven"
  | "password_wrong"
  | "locked"
  | "opened"
  | "opened_again" // within the same opening
  | "refused"
  | "downloaded"
  | "replied"
  | "answered"
  | "copy_asked"
  | "reported"
  | "resent"
  | "changed"
  | "grant_added"
  | "grant_revoked"
  | "revoked"
  | "expired"
  | "destroyed";

/** `GET /api/v1/inbox?unread=true&q=&cursor=` replies to me, newest first; `POST /inbox/:envelopeId/read`, `/unread`; `DELETE /inbox/:envelopeId`. */
export interface InboxItem {
  readonly envelopeId: string;
  readonly kind: EnvelopeKind;
  readonly from: { readonly address: string; readonly name?: string };
  readonly inReplyTo?: string; // envelope id
  readonly receivedAt: string;
  readonly expiresAt: string;
  readonly read: boolean;
  readonly sizeBytes: number;
  readonly parts: number;
  /** Absent while it is withheld. */
  readonly sealedKey?: string;
  readonly keyWithheld?: KeyWithheld;
  readonly partList: readonly PartSummary[];
  /** Of a reply to all: who else got it. */
  readonly readers?: readonly GrantStatus[];
}
/**
 * Why the key of a protected reply is not handed out (M16): `confirm`: this session shows a second factor first
 * (`/api/v1/me/security/confirmations/…`), and asks again; `token`: programs do not get it.
 */
export type KeyWithheld = "confirm" | "token";
/** Ciphertext for members: `GET /api/v1/envelopes/:id/parts/:part/content` (own sent, or in my inbox), `Range` honoured. */
