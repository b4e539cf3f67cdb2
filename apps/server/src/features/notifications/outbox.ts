/**
 * The outbox at work (Q11): leases due mails, hands them to the next server, writes down what became of them and erases their secret.
 * Any number of nodes may run it. Never sends twice knowingly: between the server's "accepted" and our own writing of it lies one
 * commit; a crash in there sends the mail once more, under the same Message-ID.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { PliError } from "@pli/core/errors";
import type { SmsTransport } from "../../platform/sms/index.ts";
import { DeliveryError, type MailTransport } from "../../platform/smtp/index.ts";
import type { Services } from "../../services.ts";
import { organisationName } from "../organisations/index.ts";
import { nextTryAtMs } from "./backoff.ts";
import { type Channel, mailChannel, smsChannel } from "./channels.ts";
import { returnPathsOf } from "./note-report.ts";
import {
  deleteEndedMails,
  dropMail,
  extendLeases,
  hasDueMails,
  isStillLeased,
  leaseDueMails,
  postponeMail,
} from "./outbox.queries.ts";
import type { ChannelName, OutboxTable } from "./outbox.table.ts";
import { outboxSecrets } from "./outbox-secret.ts";
import { createPace } from "./pace.ts";
import { gaveUp, recordAccepted, recordDelayed, recordFailed } from "./record-outcome.ts";
import { createSharedLanes, needsSharedLanes } from "./shared-lanes.ts";
import { stopLinkOf } from "./stop/stop-link.ts";
import { onOutboxOrders } from "./wake.ts";
import { type Outcome, watchDelivery } from "./watch-delivery.ts";

export interface OutboxOptions {
  /** Null or absent: SMS wait, as mails do without a transport. */
  readonly sms?: SmsTransport | null;
  /** How long a mail stays with a node that no longer answers. */
  readonly leaseMs?: number;
  /** How often to look for mails that became due, or that another node left behind. */
  readonly lookEveryMs?: number;
}
export interface Outbox {
  /** Takes no more mails, and resolves when none is on its way. */
  stop(): Promise<void>;
}

const IN_FLIGHT_MAX = 50;
// A domain of mails; of SMS a country.
const PER_DOMAIN_AT_ONCE = 3;
const PER_DOMAIN_GAP_MS = 100;
const PER_DOMAIN_WAITING_MAX = 20;
const CROWDED_DELAY_MS = 5_000;
const LANE_PATIENCE_MS = 5_000;
const RECORD_PAUSE_MS = 250;
const MAY_PASS: ReadonlySet<string> = new Set(["unavailable", "storage_full"]);
const FORGET_AFTER_MS = 24 * 3_600_000;
const FORGET_EVERY_MS = 3_600_000;

/** @param transport null where there is neither a relay nor a local mailbox: mails wait, and end when their time is over */
export function startOutbox(services: Services, transport: MailTransport | null, options: OutboxOptions = {}): Outbox {
  const { db, clock, logger } = services;
  const leaseMs = options.leaseMs ?? 20_000;
  const owner = randomUUID();
  const returnPaths = returnPathsOf(services);
  const channels: Readonly<Record<ChannelName, Channel | null>> = {
    mail: transport === null ? null : mailChannel(transport),
    sms: options.sms == null ? null : smsChannel(options.sms),
  };
  const names = (["mail", "sms"] as const).filter((name) => channels[name] !== null);
  const isPaced = names.some((name) => channels[name]?.paced);
  const secrets = outboxSecrets(services.keys);
  const pace = createPace(PER_DOMAIN_AT_ONCE, PER_DOMAIN_GAP_MS);
  const inFlight = new Map<string, Promise<void>>();
  /** Leased once more while they were in flight. */
  const leasedAgain = new Map<string, OutboxTable>();
  let stopping = false;
  const lanes =
    isPaced && needsSharedLanes(db)
      ? createSharedLanes(services, {
          owner,
          lanes: PER_DOMAIN_AT_ONCE,
          gapMs: PER_DOMAIN_GAP_MS * PER_DOMAIN_AT_ONCE,
          leaseMs,
          patienceMs: LANE_PATIENCE_MS,
          isStopping: () => stopping,
        })
      : null;
  let taking: Promise<void> | null = null;
  let again = false;

  const takeDue = async (): Promise<void> => {
    do {
      again = false;
      const room = IN_FLIGHT_MAX - inFlight.size;
      if (stopping || room === 0) return;
      const nowMs = clock.now();
      const rows = await db.write((tx) =>
        leaseDueMails(tx, { owner, nowMs, untilMs: nowMs + leaseMs, count: room, channels: names }),
      );
      for (const row of rows) {
        // Ours, and still being sent: its lease was over only because the clock was put forward.
        if (inFlight.has(row.mail_id)) {
          leasedAgain.set(row.mail_id, row);
          continue;
        }
        const work = handle(row)
          .then(() => giveBack(row.mail_id))
          .catch((error: unknown) => logger.warn({ mailId: row.mail_id, fault: nameOf(error) }, "mail left for later"))
          .finally(() => {
            leasedAgain.delete(row.mail_id);
            inFlight.delete(row.mail_id);
            if (inFlight.size === IN_FLIGHT_MAX - 1) wake();
          });
        inFlight.set(row.mail_id, work);
      }
      if (rows.length === room) again = true;
    } while (again);
  };

  const wake = (): void => {
    again = true;
    if (stopping || taking !== null) return;
    taking = takeDue()
      .catch((error: unknown) => logger.warn({ fault: nameOf(error) }, "outbox"))
      .finally(() => {
        taking = null;
        if (again && inFlight.size < IN_FLIGHT_MAX) wake();
      });
  };

  const handle = async (row: OutboxTable): Promise<void> => {
    const nowMs = clock.now();
    if (row.give_up_at_ms <= nowMs) {
      return await watchDelivery(services, row, () => fail(row, gaveUp(row.reason)));
    }
    const channel = channels[row.channel];
    if (channel === null) return;
    const deliver = () => watchDelivery(services, row, () => send(row, channel));
    if (!channel.paced) return await deliver();
    const domain = channel.laneOf(row);
    if (pace.load(domain) >= PER_DOMAIN_WAITING_MAX) {
      return await postpone(row, nowMs + CROWDED_DELAY_MS, row.reason, false);
    }
    await pace.run(domain, async () => {
      if (lanes === null) return await deliver();
      if (await lanes.run(domain, deliver)) return;
      // The other nodes keep the domain busy: whoever has a way to it first takes the mail.
      const atMs = stopping ? row.next_try_at_ms : clock.now() + CROWDED_DELAY_MS / 5;
      await postpone(row, atMs, row.reason, false);
    });
  };

  const send = async (row: OutboxTable, to: Channel): Promise<Outcome> => {
    if (stopping) {
      await postpone(row, row.next_try_at_ms, row.reason, false);
      return null;
    }
    const [isOurs, name] = await Promise.all([
      isStillLeased(db.read, row.mail_id, owner),
      organisationName(db.read, row.organisation_id),
    ]);
    // Called off while it waited its turn.
    if (!isOurs) return null;
    let secret: string | null;
    try {
      secret = row.secret === null ? null : secrets.open(row.mail_id, row.secret);
    } catch {
      // Sealed under a key file that is gone: no try can ever work.
      const explained = { statusCode: null, reasonCode: "relay" } as const;
      return await fail(row, { reason: "its secret cannot be opened any more", explained });
    }
    const stopLink = await stopLinkOf(db.read, services.keys, services.origin(), row);
    if (stopLink === "unwanted") {
      await db.write((tx) => dropMail(tx, row.mail_id, owner, clock.now()));
      return null;
    }
    const organisation = name ?? services.config.organisation;
    const { mailFrom } = services.config;
    const house = { origin: services.origin(), organisation, mailFrom, returnPaths, stopLink };
    try {
      await to.deliver(row, secret, house, clock.now());
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      const nextMs = nextTryAtMs(row.kind, row.tries + 1, clock.now());
      if (error.final) return await fail(row, error);
      if (nextMs >= row.give_up_at_ms) return await fail(row, gaveUp(error.reason));
      await recordDelayed(services, owner, row, error, nextMs);
      return "retried";
    }
    return await endAccepted(row);
  };

  /** The relay has it: who forgets that sends it once more. A database that was gone, or without room, is mostly back before the lease is over. */
  const endAccepted = async (row: OutboxTable): Promise<Outcome> => {
    const untilMs = performance.now() + leaseMs;
    for (;;) {
      try {
        await recordAccepted(services, owner, row);
        return "accepted";
      } catch (error) {
        const mayPass = error instanceof PliError && MAY_PASS.has(error.code);
        if (!mayPass || stopping || performance.now() >= untilMs) throw error;
        await pause(RECORD_PAUSE_MS);
      }
    }
  };

  const fail = async (row: OutboxTable, why: Parameters<typeof recordFailed>[3]): Promise<Outcome> => {
    await recordFailed(services, owner, row, why);
    return "failed";
  };

  const postpone = async (row: OutboxTable, atMs: number, reason: string | null, counts: boolean): Promise<void> => {
    await db.write((tx) => postponeMail(tx, row.mail_id, owner, { atMs, reason, counts }));
  };

  /** A mail that was put off, and due again before we were done with it: nobody works on that lease. */
  const giveBack = async (mailId: string): Promise<void> => {
    const row = leasedAgain.get(mailId);
    if (row !== undefined) await postpone(row, row.next_try_at_ms, row.reason, false);
  };

  const every = (ms: number, job: () => Promise<void>): NodeJS.Timeout => {
    const timer = setInterval(() => {
      job().catch((error: unknown) => logger.warn({ fault: nameOf(error) }, "outbox"));
    }, ms);
    timer.unref();
    return timer;
  };
  const timers = [
    every(options.lookEveryMs ?? 1000, async () => {
      if (inFlight.size < IN_FLIGHT_MAX && (await hasDueMails(db.read, clock.now(), names))) wake();
    }),
    every(leaseMs / 3, async () => {
      const mailIds = [...inFlight.keys()];
      if (mailIds.length > 0) await db.write((tx) => extendLeases(tx, owner, mailIds, clock.now() + leaseMs));
      await lanes?.keep();
    }),
    every(FORGET_EVERY_MS, async () => {
      await deleteEndedMails(db, clock.now() - FORGET_AFTER_MS);
      await lanes?.forget();
    }),
  ];
  const stopListening = onOutboxOrders(db, wake);
  wake();

  return {
    stop: async () => {
      stopping = true;
      stopListening();
      for (const timer of timers) clearInterval(timer);
      await taking;
      await Promise.all(inFlight.values());
      for (const name of names) channels[name]?.close();
    },
  };
}

/** Never the message of an error: it may quote the mail. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "code" in error ? `${error.name} ${String(error.code)}` : error.name;
}
