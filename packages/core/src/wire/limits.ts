/** Numbers both sides of the wire agree on (spec: messages.md M5, M6, M13; exchanges.md S1; protocol.md Z2). */

export const LIMITS = {
  /** Every chunk of a part but its last has this size: a multiple of the 256 KiB segment. */
  chunkBytes: 8 * 1024 * 1024,
  /** The manifest travels as part 0, in one chunk. */
  manifestBytes: 8 * 1024 * 1024,
  /** A sealed manifest up to here comes with the answer to an opening: its 16 KiB class. A longer one takes longer than the way it saves. */
  openingManifestBytes: 20 * 1024,
  partsPerEnvelope: 20_000,
  chunksPerPart: 10_000,
  recipients: 200,
  openingsMin: 1,
  openingsMax: 99,
  openingsDefault: 1,
  openingsDefaultWithFactor: 3,
  expiryMinHours: 1,
  expiryMaxHours: 720,
  expiryDefaultHours: 720,
  openingMinutes: 60,
  codeDigits: 8,
  codeMinutes: 15,
  codeTries: 5,
  codeAgainSeconds: 30,
  /** Of an SMS; its life, its tries and the pause are those of the code by mail. */
  smsCodeDigits: 6,
  proofMinutes: 15,
  proofPrivateHours: 12,
  passwordTries: 5,
  passwordLockMinutes: 15,
  signInLinkMinutes: 15,
  takeBackSeconds: 30,
  draftHours: 72,
  keySlots: 20,
  passkeys: 20,
  /** WebAuthn Level 3: a credential's id has at most so many bytes. */
  credentialIdBytes: 1023,
  /** A second step after the link, from the link to its end. */
  secondStepMinutes: 10,
  recoveryCodes: 10,
  /** Life of a code that is sent to a member as second factor, or to confirm. */
  factorCodeMinutes: 10,
  nameCharacters: 120,
  addressCharacters: 254,
  referenceCharacters: 80,
  /** Of a message whose attachments alone are sealed (M2): what its mails may say in clear. */
  clearSubjectCharacters: 500,
  clearTextCharacters: 30_000,
  clearFiles: 100,
  clearFileNameCharacters: 1000,
  secretViewsMin: 1,
  secretViewsMax: 100,
  secretViewsDefault: 1,
  secretExpiryMinMinutes: 5,
  secretExpiryMaxHours: 720,
  secretExpiryDefaultHours: 168,
  /** A secret's text as UTF-8 in JSON, padded; sealed it is 28 bytes longer. */
  secretPlainBytes: 32_768,
  /** Of the sender, in the conversation of one message. */
  answersPerMessage: 500,
  /** Of one recipient's right, in an hour: each may bring a mail to everybody (M16). */
  repliesToAllPerHour: 10,
  /** Of one member, not ended. */
  secretsPerMember: 1000,
  contactsPerBook: 20_000,
  addressesPerContact: 10,
  companyCharacters: 120,
  noteCharacters: 500,
  /** Rows of one request to import. */
  importRows: 200,
} as const;

/** A number in E.164 (ITU-T), as it stands on the wire. A mail address never looks like it. */
export const MOBILE_FORM = /^\+[1-9]\d{6,14}$/;

/** Whether a code by SMS stands before a grant: where it was asked for, and always for who has no mailbox that could be proven. */
export function asksSmsCode(grant: {
  readonly recipient: { readonly address: string };
  readonly smsCode?: boolean | undefined;
}): boolean {
  return grant.smsCode === true || isMobileForm(grant.recipient.address);
}

export function isMobileForm(text: string): boolean {
  return MOBILE_FORM.test(text);
}
