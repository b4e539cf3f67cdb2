/**
 * Conversations live (M24): "something was said, look again", as server-sent events (WHATWG HTML, "Server-sent events"), to whoever has a
 * conversation on the screen. A stream carries no content and no name: what is to be read is read through the doors, which check the right each
 * time. On which node somebody speaks, and on which others listen, does not matter; a stream that breaks off begins with a look.
 */
import type { ServerResponse } from "node:http";
import { PliError } from "@pli/core/errors";
import { LIVE_EVENT } from "@pli/core/wire";
import { identifyCaller } from "../../http/caller.ts";
import { deviceOf } from "../../http/device.ts";
import type { RawRequest } from "../../http/feature.ts";
import type { Signal } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { sessionSignal } from "../accounts/index.ts";
import { findEnvelope, requireOwnMessage, threadSignal } from "../envelopes/index.ts";
import { readMemberPolicies } from "../policies/index.ts";
import { requireOpening } from "./read-thread.ts";

export const GRANT_LIVE_PATH = /^\/api\/v1\/grants\/([^/]+)\/live$/;
export const MEMBER_LIVE_PATH = /^\/api\/v1\/envelopes\/([^/]+)\/live$/;

/** Of one process. Beyond them pages look now and then instead. */
const STREAMS_MAX = 4000;
/** Of one reader: several tabs, not hundreds. */
const STREAMS_PER_READER = 8;
/** Then the browser comes back, and its right is looked at again. */
const LIFE_MS = 10 * 60_000;
/** Proxies close what is silent for longer. */
const BREATH_MS = 15_000;
const TICK_MS = 500;
/** What is said within this time is one event. */
const GATHER_MS = 50;
const AGAIN_AFTER_MS = 1000;
const CHANGED = `event: ${LIVE_EVENT}\ndata:\n\n`;

interface Stream {
  readonly reader: string;
  /** By the machine's own clock: nothing here decides a right. */
  readonly untilMs: number;
  readonly end: () => void;
  breathedMs: number;
  readonly write: (text: string) => void;
}
/** What may end the right to a stream before its time. */
interface Ending {
  readonly signal: Signal;
  readonly isOver: () => Promise<boolean>;
}
interface Wanted {
  readonly signal: Signal;
  readonly reader: string;
  readonly leftMs: number;
  readonly ending?: Ending;
}
interface Hub {
  readonly streams: Set<Stream>;
  timer: NodeJS.Timeout | null;
}
const hubs = new WeakMap<Services["db"], Hub>();

/** @throws PliError `not_found`, `revoked`, `expired`, `opening_required`, `unavailable` */
export async function followGrant(services: Services, request: RawRequest): Promise<void> {
  const [grantId = ""] = request.parameters;
  const device = deviceOf(request.incoming.headers);
  const { untilMs, memberId } = await requireOpening(services, grantId, device);
  await requireChat(services, memberId);
  const leftMs = untilMs - services.clock.now();
  open(services, request, { signal: threadSignal({ grantId }), reader: `${grantId} ${device}`, leftMs });
}

/** @throws PliError `not_signed_in`, `not_found`, `unavailable` */
export async function followMessage(services: Services, request: RawRequest): Promise<void> {
  const [messageId = ""] = request.parameters;
  const caller = await identifyCaller(services, request.incoming.headers);
  if (caller.kind !== "member") throw new PliError("not_signed_in");
  const { memberId } = caller;
  requireOwnMessage(await findEnvelope(services.db.read, messageId), memberId);
  await requireChat(services, memberId);
  const { headers } = request.incoming;
  const ending: Ending = {
    signal: sessionSignal(caller.sessionId),
    isOver: async () => (await identifyCaller(services, headers)).kind !== "member",
  };
  open(services, request, { signal: threadSignal({ messageId }), reader: memberId, leftMs: LIFE_MS, ending });
}

/** P16: where it is switched off there is no such door. */
async function requireChat(services: Services, memberId: string): Promise<void> {
  const { policies } = await readMemberPolicies(services.db.read, memberId);
  if (!policies.chat.value) throw new PliError("not_found");
}

/** Ends all streams of this process. */
export function endLive(services: Services): void {
  const hub = hubs.get(services.db);
  for (const stream of hub?.streams ?? []) stream.end();
}

function hubOf(services: Services): Hub {
  let hub = hubs.get(services.db);
  if (hub === undefined) {
    hub = { streams: new Set(), timer: null };
    hubs.set(services.db, hub);
  }
  return hub;
}

function open(services: Services, { incoming, outgoing, head }: RawRequest, wanted: Wanted): void {
  const { streams } = hubOf(services);
  const own = [...streams].filter(({ reader }) => reader === wanted.reader);
  if (streams.size >= STREAMS_MAX) throw new PliError("unavailable");
  // The eldest is a tab that was left behind.
  if (own.length >= STREAMS_PER_READER) own[0]?.end();
  outgoing.writeHead(200, {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
  });
  const begins = `retry: ${AGAIN_AFTER_MS}\n\n${CHANGED}`;
  // Who does not say that it takes a stream is told how it stands now.
  if (head || !(incoming.headers.accept ?? "").includes("text/event-stream")) {
    outgoing.end(head ? undefined : begins);
    return;
  }
  outgoing.write(begins);
  begin(services, outgoing, wanted);
}

function begin(services: Services, outgoing: ServerResponse, wanted: Wanted): void {
  const hub = hubOf(services);
  let gathering: NodeJS.Timeout | null = null;
  const nowMs = performance.now();
  const write = (text: string) => {
    stream.breathedMs = performance.now();
    // Nobody takes it: a stream that does not flow is given up, its reader comes back.
    if (outgoing.writableNeedDrain) stream.end();
    else outgoing.write(text);
  };
  const stream: Stream = {
    reader: wanted.reader,
    untilMs: nowMs + Math.min(wanted.leftMs, LIFE_MS),
    breathedMs: nowMs,
    write,
    end: () => void outgoing.end(),
  };
  const deaf = services.db.hear(wanted.signal, () => {
    gathering ??= setTimeout(() => {
      gathering = null;
      write(CHANGED);
    }, GATHER_MS);
  });
  const { ending } = wanted;
  const deafToEnd =
    ending &&
    services.db.hear(ending.signal, () => {
      // Who cannot be asked about is taken for gone: the reader comes back and is asked for a session.
      ending.isOver().then(
        (over) => over && stream.end(),
        () => stream.end(),
      );
    });
  outgoing.on("close", () => {
    deaf();
    deafToEnd?.();
    if (gathering !== null) clearTimeout(gathering);
    hub.streams.delete(stream);
    if (hub.streams.size > 0 || hub.timer === null) return;
    clearInterval(hub.timer);
    hub.timer = null;
  });
  hub.streams.add(stream);
  hub.timer ??= setInterval(() => tick(services, hub), TICK_MS).unref();
}

function tick(services: Services, hub: Hub): void {
  const nowMs = performance.now();
  const stopping = services.isStopping();
  for (const stream of hub.streams) {
    if (stopping || stream.untilMs <= nowMs) stream.end();
    else if (nowMs - stream.breathedMs >= BREATH_MS) stream.write(":\n\n");
  }
}
