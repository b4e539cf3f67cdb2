/** What other features may use of the notifications: order mails in their own transaction, take them back, ask their state. */
import type { Feature } from "../../http/feature.ts";
import { placeName } from "../../platform/database/index.ts";
import { createSmsTransport, type SmsTransport } from "../../platform/sms/index.ts";
import { createSmtpTransport, type MailTransport, parseRelayAddress } from "../../platform/smtp/index.ts";
import type { Services } from "../../services.ts";
import { localMailboxRoutes } from "./local-mailbox.routes.ts";
import { createLocalMailbox, hasLocalMailbox, type LocalMailbox } from "./local-mailbox.ts";
import { createLocalSms, createLocalTransport } from "./local-transport.ts";
import { mailChoiceRoutes } from "./mail-choices.routes.ts";
import { startOutbox } from "./outbox.ts";
import { stopRoutes } from "./stop/stop.routes.ts";

export { type Announced, type AnnouncementKind, type Announcements, announce } from "./announce.ts";
export { readMailChoices } from "./choose-mail-kinds.ts";
export {
  cancelGrants,
  cancelHeld,
  enqueue,
  enqueueForNobody,
  type NotificationState,
  notificationStates,
} from "./enqueue.ts";
export { hasLocalMailbox, hasSms } from "./local-mailbox.ts";
export type { Mail, MailOfKind, Sms, SmsOfKind } from "./mail.ts";
export { noteReport, type ReportOutcome, returnPathsOf } from "./note-report.ts";
export { wakeOutbox } from "./wake.ts";

/** One mailbox per server: made with its routes, filled by its outbox. */
const mailboxes = new WeakMap<Services, LocalMailbox>();
/** Servers of one process on one database deliver each other's mails: they show one mailbox. Those of other processes have their own. */
const byDatabase = new Map<string, { readonly mailbox: LocalMailbox; servers: number }>();

function mailboxFor({ config }: Services): LocalMailbox {
  const name = placeName(config.database);
  const shared = byDatabase.get(name) ?? { mailbox: createLocalMailbox(), servers: 0 };
  byDatabase.set(name, shared);
  return shared.mailbox;
}

/** Counts a server that fills its mailbox. @returns called when it stops: with the last of them the mails are gone */
function useMailbox({ config }: Services): () => void {
  const name = placeName(config.database);
  const shared = byDatabase.get(name);
  if (shared !== undefined) shared.servers += 1;
  return () => {
    if (shared !== undefined && --shared.servers === 0) byDatabase.delete(name);
  };
}

export const notifications: Feature = {
  name: "notifications",
  routes: (api, services) => {
    stopRoutes(api, services);
    mailChoiceRoutes(api, services);
    if (!hasLocalMailbox(services.config)) return;
    const mailbox = mailboxFor(services);
    mailboxes.set(services, mailbox);
    localMailboxRoutes(api, mailbox);
  },
  start: async (services) => {
    const mailbox = mailboxes.get(services);
    const outbox = startOutbox(services, transportOf(services, mailbox), { sms: smsTransportOf(services, mailbox) });
    const announce = mailbox === undefined ? [] : [`Mails go to the local mailbox: ${services.origin()}/dev/mailbox`];
    const leaveMailbox = useMailbox(services);
    return {
      stop: async () => {
        await outbox.stop();
        leaveMailbox();
      },
      announce,
    };
  },
};

function smsTransportOf({ config }: Services, mailbox: LocalMailbox | undefined): SmsTransport | null {
  if (config.sms !== null) return createSmsTransport(config.sms);
  return mailbox === undefined ? null : createLocalSms(mailbox);
}

function transportOf(services: Services, mailbox: LocalMailbox | undefined): MailTransport | null {
  if (mailbox !== undefined) return createLocalTransport(mailbox);
  const { smtpUrl, dkim } = services.config;
  if (smtpUrl === null) return null;
  return createSmtpTransport(parseRelayAddress(smtpUrl), { name: new URL(services.origin()).hostname, dkim });
}
