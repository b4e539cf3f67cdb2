/** Accounts, sessions, keyrings (spec: organisations.md A1, A3, A4; protocol.md Z9 to Z12). Times are ISO 8601 UTC strings. */

import type { Language, MessageDefaults } from "./choices.ts";
import type { Policies } from "./policies.ts";

export { LANGUAGES, type Language, type MessageDefaults, type NotifyMe, type Protect } from "./choices.ts";
export type Role = "owner" | "administrator" | "member";

/** `GET /api/v1/server`: public facts of a server. */
export interface ServerInfo {
  readonly product: "pli";
  readonly version: string;
  readonly protocol: 1;
  readonly organisation: string;
  readonly origin: string;
  readonly languages: readonly Language[];
  /** The local mailbox page exists (loopback without a relay). */
  readonly devMailbox: boolean;
  /** Whether it sends SMS, and to which countries (ISO 3166-1 alpha-2); without a list, to all. */
  readonly sms: boolean;
  readonly smsCountries?: readonly string[];
}

/** `GET /api/v1/sign-in/challenge`: altcha v1 challenge (proof of work). */
export interface RobotChallenge {
  readonly algorithm: "SHA-256";
  readonly challenge: string;
  readonly maxnumber: number;
  readonly salt: string;
  readonly signature: string;
}

/** `POST /api/v1/sign-in/links` → 202 always alike; sets the browser cookie that the link is bound to. */
export interface SignInLinkRequest {
  readonly address: string;
  readonly language: Language;
  /** altcha payload, base64 */
  readonly robotCheck: string;
}
export interface SignInLinkAnswer {
  /** Shown on the page that asked; typed where the link is opened if that is another browser. 4 characters. */
  readonly check: string;
  readonly expiresAt: string;
}

/** `POST /api/v1/sign-in/sessions`: token from the link's fragment. 201 and a session cookie, or `confirmation_required`. */
export interface SignInRequest {
  readonly token: string;
  readonly check?: string;
}

/** `GET /api/v1/me` */
export interface Account {
  readonly memberId: string;
  readonly address: string;
  readonly name: string;
  readonly role: Role;
  readonly organisation: { readonly organisationId: string; readonly name: string };
  readonly timeZone: string;
  readonly language: Language;
  readonly defaults: MessageDefaults;
  /** Whose prefix mobile numbers have that are typed without one: ISO 3166-1 alpha-2. Absent: as the browser is set. */
  readonly mobileCountry?: string;
  /** What the organisation settled, as it holds for me: `defaults` and `language` agree with it. */
  readonly policies: Policies;
  /** Steps of the welcome still to do (A4). */
  readonly welcome: { readonly profile: boolean; readonly keyring: boolean; readonly firstMessage: boolean };
  readonly keyring: { readonly kemPublic: string; readonly signPublic: string; readonly hasRecovery: boolean } | null;
  readonly unread: number;
}
/** `PATCH /api/v1/me`: what is absent stays. */
export interface AccountChange {
  readonly name?: string;
  readonly timeZone?: string;
  readonly language?: Language;
  readonly defaults?: Partial<MessageDefaults>;
  readonly mobileCountry?: string;
}

/**
 * `GET /api/v1/me/mails`, and what of it a `PATCH` changes: mails that a member can do without. `opened`, `unread`: of one's own messages; `news`,
 * `maintenance`: the operator's word to all. Mails about the account's security, replies and requests always go.
 */
export interface MailChoices {
  readonly opened: boolean;
  readonly unread: boolean;
  readonly news: boolean;
  readonly maintenance: boolean;
}

/** `GET /api/v1/me/usage`: this month and the last, newest first. Months begin at midnight UTC. */
export interface Usage {
  readonly months: readonly UsageMonth[];
}
export interface UsageMonth {
  /** "2026-11" */
  readonly month: string;
  /** Sent, and their recipients and bytes as sealed. */
  readonly messages: number;
  readonly recipients: number;
  readonly sizeBytes: number;
  /** Ordered for them or asked for by their recipients: links and codes. */
  readonly sms: number;
  /** Received. */
  readonly replies: number;
}

/** `GET /api/v1/me/sessions` */
export interface Session {
  readonly sessionId: string;
  readonly kind: "browser" | "token";
  readonly name: string; // "Firefox, Android", or the token's name
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly current: boolean;
}

export type KeySlotKind = "passphrase" | "recovery" | "device" | "passkey";
/** Argon2id (version 1.3, RFC 9106) with its salt (16 bytes, base64url). */
export interface PasswordParams {
  readonly salt: string;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}
/** One way to unlock the keyring. `wrappedSeed` is opaque to the server: nonce ‖ AES-256-GCM, base64url. */
export interface KeySlot {
  readonly slotId: string; // 16 bytes, base64url, chosen by the client
  readonly kind: KeySlotKind;
  readonly name: string;
  readonly wrappedSeed: string;
  readonly argon2?: PasswordParams;
  /** Of a passkey slot: the credential's id (WebAuthn), base64url. */
  readonly credentialId?: string;
}
export interface StoredKeySlot extends KeySlot {
  readonly createdAt: string;
}
/** `GET /api/v1/me/keyring`; `PUT` once (`already_exists` after); slots: `POST /slots`, `PATCH /slots/:id {name}`, `DELETE /slots/:id`. */
export interface Keyring {
  readonly kemPublic: string;
  readonly signPublic: string;
  readonly slots: readonly StoredKeySlot[];
}
export interface KeyringCreation {
  readonly kemPublic: string;
  readonly signPublic: string;
  readonly slots: readonly KeySlot[];
}
