/** The life of a message at a glance: sent, notified, code asked, opened, ended; what is still to come is dotted. */
import { getRegister } from "@pli/client";
import type { Envelope, RegisterEntry } from "@pli/core/wire";
import type { ComponentChildren } from "preact";
import { Icon } from "../../kit/Icon.tsx";
import { clock, key, link, mail } from "../../kit/icons.ts";
import { SealBroken, SealClosed, SealOpen } from "../../kit/Seal.tsx";
import "../../kit/timeline.css";
import { server } from "../api.ts";
import { duration, when } from "../format.ts";
import { words } from "../language.ts";
import { useLoad } from "../loading.tsx";

interface Stop {
  id: string;
  mark: ComponentChildren;
  what: string;
  when: string;
  todo?: boolean;
}

const dot = (icon: string) => (
  <span class="timeline__dot">
    <Icon of={icon} />
  </span>
);

function stopsOf(envelope: Envelope, entries: readonly RegisterEntry[]): Stop[] {
  const { follow } = words();
  const { grants, sentAt } = envelope;
  const stops: Stop[] = [];
  if (sentAt) stops.push({ id: "sent", mark: <SealClosed />, what: follow.tlSent, when: when(sentAt) });

  // who was withdrawn, such as a mistyped address, is waited for no more; after all were, it tells how it was
  const isAllRevoked = grants.every(({ state }) => state === "revoked");
  const mails = grants.filter(({ delivery, state }) => delivery === "mail" && (isAllRevoked || state !== "revoked"));
  const accepted = mails.filter(
    ({ notification }) => notification?.state === "accepted" || notification?.state === "delivered",
  );
  const failed = mails.filter(({ notification }) => notification?.state === "failed");
  if (mails.length === 0) stops.push({ id: "links", mark: dot(link), what: follow.tlByLink, when: "" });
  else if (accepted.length > 0) {
    const first = accepted.map(({ notification }) => notification?.at ?? "").sort()[0];
    const what = follow.tlNotified({ done: accepted.length, of: mails.length });
    stops.push({ id: "notified", mark: dot(mail), what, when: first ? when(first) : "" });
  } else if (failed.length === mails.length) {
    stops.push({
      id: "failed",
      mark: dot(mail),
      what: follow.tlNotNotified,
      when: failed[0]?.notification?.at ? when(failed[0].notification.at) : "",
    });
  } else {
    const isHeld = mails.some(({ notification }) => notification?.state === "held");
    const what = isHeld ? follow.tlHeld : follow.tlNotifying;
    stops.push({ id: "notifying", mark: dot(mail), what, when: "", todo: true });
  }

  const asked = entries.filter(({ event }) => event === "code_asked").at(-1);
  if (asked)
    stops.push({ id: "code", mark: dot(key), what: follow.tlCode, when: `${when(asked.at)} · ${asked.address ?? ""}` });

  const opened = grants.flatMap(({ firstOpenedAt }) => firstOpenedAt ?? []).sort()[0];
  if (opened && sentAt) {
    const after = follow.tlAfter({ time: duration((Date.parse(opened) - Date.parse(sentAt)) / 1000) });
    stops.push({ id: "opened", mark: <SealOpen />, what: follow.tlOpened, when: `${when(opened)} · ${after}` });
  } else if (!envelope.endedAt) {
    stops.push({ id: "unopened", mark: dot(clock), what: follow.tlOpened, when: follow.tlLater, todo: true });
  }

  const { state, endedAt, expiresAt } = envelope;
  if (endedAt && (state === "expired" || state === "destroyed" || state === "revoked")) {
    stops.push({ id: "ended", mark: <SealBroken />, what: follow.tlEnded[state], when: when(endedAt) });
  } else if (expiresAt) {
    stops.push({ id: "ends", mark: dot(clock), what: follow.tlEnds, when: when(expiresAt), todo: true });
  }
  return stops;
}

export function Timeline({ envelope }: { envelope: Envelope }) {
  const { follow } = words();
  const [loaded] = useLoad(() => getRegister(server, envelope.envelopeId), [envelope.envelopeId], [envelope]);
  const stops = stopsOf(envelope, loaded.state === "done" ? loaded.value.items : []);
  return (
    <section class="card card__in" aria-label={follow.timeline}>
      <ol class="timeline">
        {stops.map((stop, at) => (
          <li key={stop.id} class={stop.todo ? "todo" : stops[at + 1]?.todo ? "next" : ""}>
            {stop.mark}
            <b>{stop.what}</b>
            <span class="timeline__when num">{stop.when}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
