/** A mail or an SMS as features order it: facts, never words; the words are chosen in the reader's language when it is sent. */
import type { ClearText, Language } from "@pli/core/wire";
import type { MailFacts, MailKind } from "@pli/texts/mail";
import type { SmsFacts, SmsKind } from "@pli/texts/sms";

/** One mail to order. `facts` are those of its kind (`@pli/texts/mail`). */
export type Mail = { [K in MailKind]: MailOfKind<K> }[MailKind];

/** One SMS to order, to a number in E.164; the rest as of a mail. `linkSecret` of `secret`: the whole fragment's secret, with `secretId`. */
export type Sms = { [K in SmsKind]: SmsOfKind<K> }[SmsKind];

export interface SmsOfKind<K extends SmsKind> extends OrderOfKind<K, SmsFacts[K]> {
  readonly channel: "sms";
}
export interface MailOfKind<K extends MailKind> extends OrderOfKind<K, MailFacts[K]> {
  readonly channel?: "mail";
}

interface OrderOfKind<K, Facts> {
  readonly kind: K;
  readonly to: string;
  readonly language: Language;
  readonly organisationId: string;
  readonly envelopeId?: string;
  readonly grantId?: string;
  /** Held until then (M10); at once when left out. */
  readonly notBeforeMs?: number;
  /** Useless after this (the grant's expiry); at most 5 days of tries in any case. */
  readonly giveUpAtMs?: number;
  readonly facts: Facts;
  /**
   * The one secret that the mail carries: the link secret (`message`, 32 bytes base64url), the code (`code`), the token
   * (`sign_in`). Encrypted in the outbox, erased when the next server has accepted the mail (Z15).
   */
  readonly linkSecret?: string;
  /** Of `message` by mail, where the attachments alone are sealed (M2): waits and goes as the link secret does. */
  readonly clear?: ClearText;
}
