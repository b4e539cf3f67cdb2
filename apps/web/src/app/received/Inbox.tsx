/** Replies that arrived (M25): newest first, the unread ones strong and with a word. */

import type { InboxFilter } from "@pli/client";
import type { Thread } from "@pli/texts/thread";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Check } from "../../kit/Field.tsx";
import { Logo } from "../../kit/Seal.tsx";
import { Find } from "../form/Find.tsx";
import "../../kit/badge.css";
import "../follow/follow.css";
import "../../kit/field.css";
import "./received.css";
import { nameOf } from "../compose/addresses.ts";
import { shortDay, when } from "../format.ts";
import { isUnlocked } from "../keys/keys.ts";
import { words } from "../language.ts";
import { useLoad, Waiting } from "../loading.tsx";
import { ProtectedReplies, ProtectedWord } from "../security/Protected.tsx";
import { askAgain } from "../session.ts";
import { useStayingFresh } from "../stay-fresh.ts";
import { useThreadWords } from "../thread-words.ts";
import { loadReceived, type ReceivedThread, threadsOf } from "./inbox-model.ts";

const SEARCH_AFTER_MS = 250;
const AGAIN_EVERY_MS = 20_000;

export function Inbox() {
  const { received, follow, shell } = words();
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState("");
  const [filter, setFilter] = useState<InboxFilter>({});
  const thread = useThreadWords();
  const cursor = cursors.at(-1);
  const filtered = filter.q !== undefined || filter.unread === true;
  const narrow = (next: InboxFilter) => {
    setCursors([]);
    setFilter(next);
  };
  useEffect(() => {
    const q = typed.trim();
    if (q === (filter.q ?? "")) return;
    const { q: _before, ...rest } = filter;
    const timer = setTimeout(() => narrow({ ...rest, ...(q && { q }) }), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, filter]);
  const [loaded, again] = useLoad(() => loadReceived(cursor, filter), [cursor], [isUnlocked(), filter]);
  useStayingFresh(again, AGAIN_EVERY_MS);
  useEffect(() => {
    document.title = `${received.title} · Pli`;
    // the count of unread beside the menu entry
    void askAgain();
  }, []);
  return (
    <>
      <h1 class="title">{received.title}</h1>
      <section class="card" aria-label={received.listLabel}>
        {thread && (
          <search class="filters">
            <Find label={thread.search} hint={thread.search} typed={typed} onTyped={setTyped} />
            <Check
              label={thread.onlyUnread}
              checked={filter.unread === true}
              onChange={(event) => narrow({ ...filter, unread: event.currentTarget.checked })}
            />
          </search>
        )}
        <Waiting loaded={loaded} again={again}>
          {({ rows, next }) =>
            rows.length === 0 && filtered ? (
              <div class="empty">
                <h2 class="title--s">{follow.noneTitle}</h2>
                <Button
                  onClick={() => {
                    setTyped("");
                    narrow({});
                  }}
                >
                  {follow.noneAction}
                </Button>
              </div>
            ) : rows.length === 0 ? (
              <div class="empty">
                <Logo />
                <h2 class="title--s">{received.emptyTitle}</h2>
                <p>{received.emptyText}</p>
                <a class="btn btn--secondary" href="/app/write">
                  {received.emptyAction}
                </a>
              </div>
            ) : (
              <>
                {rows.some(({ item }) => item.keyWithheld) && (
                  <div class="card__in">
                    <ProtectedReplies onShown={again} />
                  </div>
                )}
                <ul class="list">
                  {threadsOf(rows).map((one) => (
                    <Item key={one.newest.item.envelopeId} of={one} thread={thread} />
                  ))}
                </ul>
                {(next !== undefined || cursors.length > 0) && (
                  <div class="card__foot">
                    <Button
                      size="small"
                      disabled={cursors.length === 0}
                      onClick={() => setCursors(cursors.slice(0, -1))}
                    >
                      {shell.newer}
                    </Button>
                    <Button
                      size="small"
                      disabled={next === undefined}
                      onClick={() => next !== undefined && setCursors([...cursors, next])}
                    >
                      {shell.older}
                    </Button>
                  </div>
                )}
              </>
            )
          }
        </Waiting>
      </section>
    </>
  );
}

function Item({ of: { newest, count, read }, thread }: { of: ReceivedThread; thread: Thread | undefined }) {
  const { received } = words();
  const { item, manifest } = newest;
  // several are read where they were said
  const at = count > 1 && item.inReplyTo ? `/app/sent/${item.inReplyTo}#said` : `/app/received/${item.envelopeId}`;
  const files = manifest?.attachments.length ?? 0;
  const subject = item.keyWithheld ? (
    <ProtectedWord />
  ) : manifest === undefined ? (
    received.locked
  ) : manifest === null ? (
    received.unreadable
  ) : (
    manifest.subject || received.noSubject
  );
  return (
    <li class={read ? "list__item" : "list__item list__item--new"}>
      <div class="list__main">
        <p class="meta dots">
          <span class="addr">{nameOf(item.from)}</span>
          <span>{when(item.receivedAt)}</span>
        </p>
        <p>
          <a class="list__link" href={at}>
            {subject}
          </a>{" "}
          {!read && <span class="badge badge--part badge--type">{received.unread}</span>}
        </p>
        <p class="meta dots">
          {count > 1 && thread && <span>{thread.inThread({ count })}</span>}
          {files > 0 && <span>{received.files({ count: files })}</span>}
          <span>{received.keptUntil({ date: shortDay(item.expiresAt) })}</span>
        </p>
      </div>
    </li>
  );
}
