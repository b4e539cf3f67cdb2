/**
 * Passkeys and second factors (spec: organisations.md A1, A2). Times are ISO 8601 UTC strings, binary values base64url. An answer of a
 * passkey has no place for results of extensions: what the PRF extension says is a key and stays in the browser (protocol.md Z10).
 */

/** What proves a person besides the mailbox. `recovery` stands in for any other, once for each code. */
export type FactorKind = "passkey" | "totp" | "sms" | "recovery";
/** Those that are typed. */
export type CodeFactor = Exclude<FactorKind, "passkey">;
/** Those that one adds; recovery codes only stand in for them. */
export type NewFactor = Exclude<FactorKind, "recovery">;
/** What a session may be confirmed with: `mail`, a code to the mailbox, only as long as a link by mail alone signs in. */
export type ConfirmationKind = FactorKind | "mail";
/** Those whose code is sent when it is asked for. */
export type SentFactor = "sms" | "mail";

/** Answer of `POST /api/v1/sign-in/sessions` (202) where the link alone does not sign in, and of `GET /api/v1/sign-in/step`. */
export interface SecondStep {
  readonly factors: readonly FactorKind[];
  /** The organisation wants a second step and there is nothing to make it with: one is added now. */
  readonly enrol: boolean;
  /** With `enrol`: what may be added here, the strongest first. */
  readonly enrolBy?: readonly NewFactor[];
  /** Of the factor `sms`, masked: "+33 ••• 78". */
  readonly maskedNumber?: string;
  readonly expiresAt: string;
}
/** `POST /api/v1/sign-in/step/codes` → 201 and a session. */
export interface FactorCode {
  readonly kind: CodeFactor;
  /** As typed: spaces and dashes do not count. */
  readonly code: string;
}
/** `POST /api/v1/me/security/confirmations/code` → 204. */
export interface ConfirmationCode {
  readonly kind: Exclude<ConfirmationKind, "passkey">;
  readonly code: string;
}
/** `POST /api/v1/me/security/confirmation-codes` → 202: a code is sent, for this session alone. */
export interface ConfirmationCodeRequest {
  readonly by: SentFactor;
}
/** A code is on its way: `POST …/confirmation-codes`, `POST /api/v1/sign-in/step/sms-codes`, `POST /api/v1/me/security/sms`. Works once. */
export interface FactorCodeSent {
  /** Where it went, masked. */
  readonly to: string;
  /** In the SMS or the mail too: to tell one from another. */
  readonly reference: string;
  readonly expiresAt: string;
  /** Another one may be asked for after this. */
  readonly retryAfterSeconds: number;
}

export interface PasskeyReference {
  readonly credentialId: string;
  /** "internal", "hybrid", "usb"…: hints for the browser. */
  readonly transports: readonly string[];
}
/** What a browser needs to ask for a passkey (`navigator.credentials.get`). The challenge works once. */
export interface PasskeyRequest {
  readonly challenge: string;
  readonly rpId: string;
  /** Empty: whichever of this server the person chooses. */
  readonly allow: readonly PasskeyReference[];
  readonly expiresAt: string;
}
export interface PasskeyAnswer {
  readonly credentialId: string;
  readonly clientData: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle?: string;
}
/** What a browser needs to make a passkey (`navigator.credentials.create`). */
export interface PasskeyCreation {
  readonly challenge: string;
  readonly rpId: string;
  readonly rpName: string;
  readonly userHandle: string;
  readonly userName: string;
  readonly displayName: string;
  /** COSE algorithms, best first. */
  readonly algorithms: readonly number[];
  readonly exclude: readonly PasskeyReference[];
  readonly expiresAt: string;
}
/** `POST /api/v1/me/security/passkeys` */
export interface NewPasskey {
  readonly credentialId: string;
  readonly clientData: string;
  readonly attestation: string;
  readonly transports: readonly string[];
  readonly name: string;
}
export interface PasskeyView {
  readonly passkeyId: string;
  readonly credentialId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  /** Kept by an account of its maker on several devices. */
  readonly synced: boolean;
}

/** `POST /api/v1/me/security/totp`: nothing counts before a first code (`PUT`) has shown that the app has it. */
export interface TotpOffer {
  /** Base32 (RFC 4648), 160 bits */
  readonly secret: string;
  /** `otpauth://totp/…`, for a QR code */
  readonly uri: string;
}
/** `PUT /api/v1/me/security/totp` */
export interface TotpConfirmation {
  readonly code: string;
}

/** `POST /api/v1/me/security/sms`: a code goes to the number. Nothing counts before it has come back (`PUT`). */
export interface SmsFactorOffer {
  /** E.164 */
  readonly number: string;
}
/** `PUT /api/v1/me/security/sms`: in place of the number before, if there was one. `DELETE` removes it. */
export interface SmsFactorConfirmation {
  readonly number: string;
  readonly code: string;
}

/** `GET /api/v1/me/security` */
export interface Security {
  readonly secondStep: {
    /** A link by mail asks for a second step. */
    readonly on: boolean;
    /** The organisation wants it so. */
    readonly required: boolean;
  };
  readonly passkeys: readonly PasskeyView[];
  readonly totp: { readonly createdAt: string } | null;
  /** The number that codes go to; `possible`: one may be added here. */
  readonly sms: { readonly number?: string; readonly createdAt?: string; readonly possible: boolean };
  readonly recoveryCodesLeft: number;
  /** Received replies ask for a second factor before they are shown (M16). */
  readonly replies: { readonly on: boolean; readonly locked: boolean };
  /** What this session may be confirmed with. */
  readonly confirmBy: readonly ConfirmationKind[];
  /** Until then changes are not asked for again; null: the next one is, where a second step is on. */
  readonly confirmedUntil: string | null;
}
/** `PUT /api/v1/me/security/replies` */
export interface RepliesChange {
  readonly on: boolean;
}
/** `PUT /api/v1/me/security/second-step` */
export interface SecondStepChange {
  readonly on: boolean;
}
/** `POST /api/v1/me/security/recovery-codes`: shown once. Those before stop working. */
export interface RecoveryCodes {
  readonly codes: readonly string[];
}
