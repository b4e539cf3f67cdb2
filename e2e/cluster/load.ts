/**
 * People at a cluster, all at once: they send, open, answer, look and revoke through whatever node comes next, and try again as the real clients
 * do. Writes down what they were promised, and every answer that no fault excuses.
 */
import { setTimeout as pause } from "node:timers/promises";
import { createTransport, getEnvelope, getGrantInfo } from "@pli/client";
import { PliError } from "@pli/core/errors";
import { openOne, type Patience, revokeOne, type Sender, sendOne, type Wire } from "../audit/clients.ts";
import type { KnownMessage, Ledger } from "../audit/ledger.ts";
import type { MailSink } from "../audit/mail-sink.ts";
import type { Random } from "../audit/random.ts";

/** What a caller may be told while something is broken: come again. */
const EXCUSED = ["network", "unavailable", "rate_limited", "cancelled"];
const LONGEST_WAIT_MS = 400;
const TRIES = 8;
const UPLOAD_MS = 3_000;

export interface PatientWire extends Wire {
  readonly patience: Patience;
  /** From now on nobody waits for what may never come. */
  over(isOver: boolean): void;
}

/** Clients that try again, sooner than the real ones: a test has less time. */
export function createPatientWire(send: typeof globalThis.fetch): PatientWire {
  let isOver = false;
  return {
    fetch: send,
    after: () => Promise.reject(new Error("nobody counts here")),
    over: (value) => {
      isOver = value;
    },
    patience: {
      tries: TRIES,
      wait: (delayMs) => pause(Math.min(delayMs, LONGEST_WAIT_MS)),
      uploadMs: UPLOAD_MS,
      isOver: () => isOver,
    },
  };
}

export interface People {
  readonly origin: string;
  readonly wire: PatientWire;
  readonly sender: Sender;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly mails: MailSink;
  /** Beyond those that every fault excuses. */
  readonly excused?: readonly string[];
}

export interface Load {
  /** Deeds that came to their end, and those that were given up. */
  readonly done: number;
  readonly givenUp: number;
  /** Why they were given up, by code. */
  readonly refusals: ReadonlyMap<string, number>;
  /** Resolves to the complaints when everybody has stopped. */
  stop(): Promise<readonly string[]>;
}

export function startLoad(people: People): Load {
  const { origin, wire, sender, ledger, random, mails } = people;
  const excused = [...EXCUSED, ...(people.excused ?? [])];
  const complaints: string[] = [];
  let stopped = false;
  let done = 0;
  let givenUp = 0;
  const refusals = new Map<string, number>();
  wire.over(false);
  const over = async (who: string, act: () => Promise<void>) => {
    while (!stopped) {
      try {
        await act();
        done += 1;
        await pause(random.between(1, 20));
      } catch (error) {
        if (!(error instanceof PliError) || !excused.includes(error.code)) {
          complaints.push(`${who} was told ${error instanceof PliError ? error.code : String(error)}`);
          return;
        }
        givenUp += 1;
        refusals.set(error.code, (refusals.get(error.code) ?? 0) + 1);
        await pause(random.between(5, 50));
      }
    }
  };
  const working = Promise.all([
    over("a sender", () => sendOne(sender, ledger, random)),
    over("a sender", () => sendOne(sender, ledger, random)),
    ...Array.from({ length: 4 }, () => over("a recipient", () => openOne({ wire, origin }, ledger, random, mails))),
    over("a revoker", async () => {
      await pause(random.between(50, 300));
      if (!stopped) await revokeOne(sender, ledger, random);
    }),
    ...Array.from({ length: 2 }, () => over("a reader of its own", () => look(people, complaints))),
    over("a visitor", () => visit(people, complaints)),
  ]);
  return {
    get done() {
      return done;
    },
    get givenUp() {
      return givenUp;
    },
    refusals,
    stop: async () => {
      stopped = true;
      wire.over(true);
      await working;
      return complaints;
    },
  };
}

function pickAcknowledged({ ledger, random }: People): KnownMessage | undefined {
  return random.pick([...ledger.messages.values()].filter(({ acknowledged }) => acknowledged));
}

/** The sender follows a message at whatever node: what was promised before the question is in the answer. */
async function look(people: People, complaints: string[]): Promise<void> {
  const message = pickAcknowledged(people);
  if (message === undefined) return;
  const { envelopeId } = message.prepared;
  const wasRevoked = message.revoking === "confirmed";
  const given = new Map([...people.ledger.grants.values()].map((grant) => [grant.grantId, grant.openingsGiven]));
  const envelope = await getEnvelope(people.sender.transport(people.origin), envelopeId).catch((error: unknown) => {
    if (!(error instanceof PliError && error.code === "not_found")) throw error;
    complaints.push(`${envelopeId} was accepted, and another node does not know it`);
  });
  if (envelope === undefined) return;
  if (wasRevoked && envelope.state !== "revoked") complaints.push(`${envelopeId} was revoked, and a node shows it`);
  for (const { grantId, openingsTotal, openingsLeft } of envelope.grants) {
    const counted = openingsTotal - openingsLeft;
    if (counted < (given.get(grantId) ?? 0)) complaints.push(`a node shows ${counted} openings of grant ${grantId}`);
  }
}

/** A stranger with the link: what was revoked or used up before the question is not offered. */
async function visit(people: People, complaints: string[]): Promise<void> {
  const message = pickAcknowledged(people);
  const grant = [...people.ledger.grants.values()].find((one) => one.envelopeId === message?.prepared.envelopeId);
  if (message === undefined || grant === undefined) return;
  const wasRevoked = message.revoking === "confirmed";
  const wasUsedUp = grant.openingsGiven >= grant.openingsAllowed;
  const { tries, wait } = people.wire.patience;
  const t = createTransport({ origin: people.origin, fetch: people.wire.fetch, tries, wait });
  const { state } = await getGrantInfo(t, grant.grantId);
  if (state === "active" && (wasRevoked || wasUsedUp)) complaints.push(`a node offers grant ${grant.grantId}, ended`);
}
