/**
 * The recipient's doors (spec: messages.md M11 to M18; protocol.md Z5 to Z8). No account: a device cookie (`__Host-pli-device`, HttpOnly,
 * set by the first POST) remembers proven mailboxes and running openings. Nothing changes on GET or HEAD.
 */
import type { Language, PasswordParams } from "./account.ts";
import type { GrantState, PartSummary } from "./envelope.ts";

/** `GET /api/v1/grants/:grantId`: what the landing page shows before anything is proven. 404 `not_found` when unknown. */
export interface GrantInfo {
  readonly grantId: string;
  readonly state: GrantState;
  readonly sender: { readonly name: string; readonly address: string };
  /** It is a reply to all, written by `sender`, who is no member: the member whose message it answers. */
  readonly conversation?: { readonly name: string; readonly address: string };
  readonly organisation: string;
  readonly maskedAddress: string; // j•••t@courriel.example, or a number as below
  readonly maskedMobile?: string; // +33 ••• 78, with the factor smsCode
  /** Of the mails, and of the pages where `languageChosen`: else the browser's goes first (M7). */
  readonly language: Language;
  readonly languageChosen: boolean;
  readonly factors: { readonly mailboxCode: boolean; readonly smsCode: boolean; readonly password: boolean };
  readonly passwordParams?: PasswordParams;
  /** Absent unless state is `active`. */
  readonly expiresAt?: string;
  readonly openingsTotal?: number;
  readonly openingsLeft?: number;
  /** This browser: proven mailbox, proven number, running opening. `openUntil` also when the state is no longer active (M18). */
  readonly device: { readonly mailboxProven: boolean; readonly smsProven: boolean; readonly openUntil?: string };
}

/**
 * `POST /api/v1/grants/:grantId/codes` {} → 202. The same of the SMS code (M4): `POST /api/v1/grants/:grantId/sms-codes` {} → 202,
 * `mailbox_proof_required` as long as the mailbox is not proven where it must be.
 */
export interface CodeSent {
  readonly reference: string; // "K7 Q4", the same in the mail
  readonly sentAt: string;
  readonly expiresAt: string;
  readonly retryAfterSeconds: number;
}
/** `POST /api/v1/grants/:grantId/proofs` → 200, or `wrong_code` {triesLeft}, `code_expired`. */
export interface MailboxProof {
  readonly code: string;
  readonly privateComputer?: boolean;
}
export interface MailboxProven {
  readonly provenUntil: string;
}
/** `POST /api/v1/grants/:grantId/sms-proofs` → 200 MailboxProven, or `wrong_code` {triesLeft}, `code_expired`. */
export interface SmsProof {
  readonly code: string;
}

/** `POST /api/v1/grants/:grantId/openings`: uses one opening, unless this browser has one running. */
export interface OpeningRequest {
  readonly verifier: string; // 32 bytes, Z7
  /** Proves the mailbox first, exactly as `…/proofs` does, with its refusals: one way there and back instead of two. */
  readonly proof?: MailboxProof;
  /** Asks for `manifest` in the answer. */
  readonly withManifest?: boolean;
}
export interface Opening {
  readonly envelopeId: string;
  readonly wrappedKey: string;
  readonly address: string; // as granted: the watermark of what may only be looked at (M15)
  readonly openUntil: string;
  readonly openingsLeft: number;
  readonly last: boolean; // nothing left after this one (M18)
  readonly expiresAt: string;
  readonly sentAt: string;
  readonly parts: readonly PartSummary[];
  /** Ciphertext of part 0, where it was asked for and is short (LIMITS.openingManifestBytes). Absent: by its own door, as ever. */
  readonly manifest?: string;
}
/**
 * `GET /api/v1/grants/:grantId/parts/:part/content`: ciphertext, `Range` honoured, `opening_required` without a running opening.
 * `POST /api/v1/grants/:grantId/replies` {} → EnvelopeDraft owned by this device; then the routes of envelopes.
 * `POST /api/v1/grants/:grantId/requests` → 202.
 */
export interface CopyRequestCreation {
  readonly reason: "new_copy" | "not_me" | "not_for_me";
}
