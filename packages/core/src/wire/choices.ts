/** Choices that members and organisations make alike (spec: messages.md M2, M5 to M7, M9; organisations.md P2 to P6, P12). */

export const LANGUAGES = ["fr", "en", "nl", "de"] as const;
export type Language = (typeof LANGUAGES)[number];
export type NotifyMe = "first" | "each" | "never";
/** What of a message is sealed: all of it, or its attachments alone, with its text in clear in the mail. */
export type Protect = "message" | "attachments";

/** What a new message begins with. */
export interface MessageDefaults {
  readonly openings: number;
  readonly openingsWithFactor: number;
  readonly expiryHours: number;
  readonly recipientLanguage: Language;
  readonly notify: NotifyMe;
  readonly protect: Protect;
}
