/** What other features may use of the notifications: order mails in their own transaction, take them back, ask their state. */
export {
  cancelGrants,
  cancelHeld,
  enqueue,
  enqueueForNobody,
  type NotificationState,
  notificationStates,
} from "./enqueue.ts";
export { hasLocalMailbox } from "./local-mailbox.ts";
export type { Mail, MailOfKind } from "./mail.ts";
