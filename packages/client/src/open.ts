/**
 * What a recipient's page needs, and no more: look at a grant, prove the mailbox, open, read (spec: messages.md M12 to M18,
 * protocol.md Z5 to Z7). Small on purpose: nothing here may import what seals to public keys, uploads or signs in.
 */
export {
  askCode,
  type ContentSource,
  getGrantInfo,
  openGrant,
  proveMailbox,
  requestCopy,
} from "./grant-doors.ts";
export { isTooBigToShow, type PreviewKind, previewKind, TEXT_BYTES, viewedType } from "./preview-kind.ts";
export { type ReadAttachmentOptions, readAttachment } from "./read-attachment.ts";
export { readManifest } from "./read-manifest.ts";
export { getSecretInfo, type RevealedSecret, revealSecret } from "./secret-doors.ts";
export { askSmsCode, proveNumber } from "./sms-doors.ts";
export { getGrantThread, openGrantThreadItem } from "./thread-doors.ts";
export * from "./transport.ts";
