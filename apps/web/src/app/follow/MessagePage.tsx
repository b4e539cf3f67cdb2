/** One sent message (M21, M22): state, requests, time line, recipients with what can be done for each, register; and reading it again. */
import { getEnvelope, type Summary } from "@pli/client";
import type { Envelope } from "@pli/core/wire";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { again as againIcon, back, clock, eye, plus, trash } from "../../kit/icons.ts";
import "../../kit/letter.css";
import "../../kit/table.css";
import { Menu } from "../../kit/Menu.tsx";
import "./follow.css";
import "../../kit/code-input.css";
import { server } from "../api.ts";
import { passedOn } from "../compose/sending.ts";
import { size } from "../format.ts";
import { isUnlocked, keyState, lookAtKeys, requireKeys } from "../keys/keys.ts";
import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { lazy } from "../lazy.tsx";
import { useLoad, Waiting } from "../loading.tsx";
import { useStayingFresh } from "../stay-fresh.ts";
import { AddPersonDialog } from "./AddPersonDialog.tsx";
import { mayOpenMore, useActions } from "./actions.ts";
import { Content } from "./Content.tsx";
import { ExpiryDialog, OpeningsDialog } from "./change-dialogs.tsx";
import { PassOn } from "./PassOn.tsx";
import { Recipients } from "./Recipients.tsx";
import { Register } from "./Register.tsx";
import { Requests } from "./Requests.tsx";
import { StateBadge } from "./StateBadge.tsx";
import { Timeline } from "./Timeline.tsx";

const Said = lazy(() => import("./Said.tsx").then((chunk) => chunk.Said));

const AGAIN_EVERY_MS = 10_000;
/** Nobody is reminded of a mail that has just left. */
const REMIND_AFTER_MS = 30 * 60_000;

interface Loaded {
  envelope: Envelope;
  summary: Summary | null | undefined;
}

async function load(envelopeId: string): Promise<Loaded> {
  // a locked or unreachable keyring leaves the subject out, no more
  const [envelope] = await Promise.all([getEnvelope(server, envelopeId), lookAtKeys().catch(() => undefined)]);
  if (keyState.peek().state !== "unlocked" || !envelope.sealedSummary) return { envelope, summary: undefined };
  const found = await callWorker("summaries", { items: [envelope] });
  return { envelope, summary: found[envelopeId] ?? null };
}

export function MessagePage({ envelopeId }: { envelopeId: string }) {
  const { follow } = words();
  const [loaded, again] = useLoad(() => load(envelopeId), [envelopeId], [isUnlocked()]);
  useStayingFresh(again, AGAIN_EVERY_MS);
  return (
    <article class="stack stack--l" aria-labelledby="message-title">
      <p>
        <a class="small row row--back" href="/app/sent">
          <Icon of={back} small />
          {follow.title}
        </a>
      </p>
      <Waiting loaded={loaded} again={again} lines={10}>
        {(value) => <Message {...value} reload={again} />}
      </Waiting>
    </article>
  );
}

function Message({ envelope, summary, reload }: Loaded & { reload: () => void }) {
  const { follow, shell } = words();
  const actions = useActions(envelope, reload);
  const [dialog, setDialog] = useState<"expiry" | "openings" | "person" | null>(null);
  const [reading, setReading] = useState(false);
  const subject = summary ? summary.subject || follow.noSubject : envelope.reference || follow.lockedSubject;
  useEffect(() => {
    document.title = `${subject} · Pli`;
  }, [subject]);
  const live = envelope.grants.filter(({ state }) => state === "active");
  const openable = envelope.grants.filter(mayOpenMore);
  const waiting = live.filter(
    ({ firstOpenedAt, delivery, lastSentAt }) =>
      !firstOpenedAt && delivery === "mail" && Date.now() - Date.parse(lastSentAt ?? "") > REMIND_AFTER_MS,
  );
  const links = passedOn.value.get(envelope.envelopeId);
  const read = async () => {
    if (reading || (await requireKeys())) setReading(!reading);
  };
  const [one] = waiting;
  return (
    <>
      <div class="message__head">
        <div class="stack stack--s">
          <h1 class="letter__title" id="message-title">
            {subject}
          </h1>
          <p class="row meta">
            <StateBadge item={envelope} />
            <span>
              {summary && summary.attachmentCount > 0
                ? follow.files({ count: summary.attachmentCount, size: size(envelope.sizeBytes) })
                : envelope.parts > 0
                  ? size(envelope.sizeBytes)
                  : follow.noFiles}
            </span>
            {envelope.reference && (
              <span>
                {follow.reference}{" "}
                <span class="ref" translate={false}>
                  {envelope.reference}
                </span>
              </span>
            )}
          </p>
        </div>
        <div class="row">
          {one && (
            <Button kind="primary" icon={againIcon} onClick={() => void actions.remind(waiting)}>
              {waiting.length === 1
                ? follow.remindOne({ name: one.recipient.name || one.recipient.address })
                : follow.remind({ count: waiting.length })}
            </Button>
          )}
          {envelope.contentAvailable && (
            <Button icon={eye} aria-expanded={reading} onClick={() => void read()}>
              {reading ? follow.contentHide : follow.readContent}
            </Button>
          )}
          {/* with the last opening used, they read for an hour yet, and answer: that can be ended, too */}
          {(live.length > 0 || envelope.contentAvailable) && (
            <Menu summary={shell.more}>
              <button class="menu__item" type="button" onClick={() => setDialog("person")}>
                <Icon of={plus} />
                {follow.addPerson}
              </button>
              {live.length > 0 && (
                <button class="menu__item" type="button" onClick={() => setDialog("expiry")}>
                  <Icon of={clock} />
                  {follow.changeExpiry}
                </button>
              )}
              {openable.length > 0 && (
                <button class="menu__item" type="button" onClick={() => setDialog("openings")}>
                  <Icon of={plus} />
                  {follow.addOpenings}
                </button>
              )}
              <hr />
              <button class="menu__item menu__item--danger" type="button" onClick={() => void actions.revokeAll()}>
                <Icon of={trash} />
                {follow.revokeAll}
              </button>
            </Menu>
          )}
        </div>
      </div>
      {!envelope.contentAvailable && <p class="muted">{follow.contentGone}</p>}
      {links && <PassOn envelopeId={envelope.envelopeId} passed={links} />}
      <Requests envelope={envelope} actions={actions} />
      {reading && <Content envelopeId={envelope.envelopeId} />}
      <Said envelope={envelope} subject={summary?.subject ?? ""} />
      <Timeline envelope={envelope} />
      <Recipients envelope={envelope} actions={actions} />
      <Register envelope={envelope} />
      {dialog === "expiry" && <ExpiryDialog grants={live} actions={actions} onClose={() => setDialog(null)} />}
      {dialog === "openings" && <OpeningsDialog grants={openable} actions={actions} onClose={() => setDialog(null)} />}
      {dialog === "person" && <AddPersonDialog envelope={envelope} actions={actions} onClose={() => setDialog(null)} />}
    </>
  );
}
