/** Numbers both sides of the wire agree on (spec: messages.md M5, M6, M13; exchanges.md S1; protocol.md Z2). */

export const LIMITS = {
  /** Every chunk of a part but its last has this size: a multiple of the 256 KiB segment. */
  chunkBytes: 8 * 1024 * 1024,
  /** The manifest travels as part 0, in one chunk. */
  manifestBytes: 8 * 1024 * 1024,
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
  nameCharacters: 120,
  addressCharacters: 254,
  referenceCharacters: 80,
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
  /** Of one member, not ended. */
  secretsPerMember: 1000,
  contactsPerBook: 20_000,
  addressesPerContact: 10,
  companyCharacters: 120,
  noteCharacters: 500,
  /** Rows of one request to import. */
  importRows: 200,
} as const;
