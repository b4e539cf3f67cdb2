/** Replies that arrived (M25): newest first, the unread ones strong and with a word. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Logo } from "../../kit/Seal.tsx";
import "../../kit/badge.css";
import "../follow/follow.css";
import "./received.css";
import { nameOf } from "../compose/addresses.ts";
import { shortDay, when } from "../format.ts";
import { isUnlocked } from "../keys/keys.ts";
import { words } from "../language.ts";
import { useLoad, Waiting } from "../loading.tsx";
import { askAgain } from "../session.ts";
import { loadReceived, type ReceivedRow } from "./inbox-model.ts";

export function Inbox() {
  const { received, shell } = words();
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const [loaded, again] = useLoad(() => loadReceived(cursor), [cursor], [isUnlocked()]);
  useEffect(() => {
    document.title = `${received.title} · Pli`;
    // the count of unread beside the menu entry
    void askAgain();
  }, []);
  return (
    <>
      <h1 class="title">{received.title}</h1>
      <section class="card" aria-label={received.listLabel}>
        <Waiting loaded={loaded} again={again}>
          {({ rows, next }) =>
            rows.length === 0 ? (
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
                <ul class="list">
                  {rows.map((row) => (
                    <Item key={row.item.envelopeId} row={row} />
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

function Item({ row }: { row: ReceivedRow }) {
  const { received } = words();
  const { item, manifest } = row;
  const files = manifest?.attachments.length ?? 0;
  const subject =
    manifest === undefined
      ? received.locked
      : manifest === null
        ? received.unreadable
        : manifest.subject || received.noSubject;
  return (
    <li class={item.read ? "list__item" : "list__item list__item--new"}>
      <div class="list__main">
        <p class="meta dots">
          <span class="addr">{nameOf(item.from)}</span>
          <span>{when(item.receivedAt)}</span>
        </p>
        <p>
          <a class="list__link" href={`/app/received/${item.envelopeId}`}>
            {subject}
          </a>{" "}
          {!item.read && <span class="badge badge--part badge--type">{received.unread}</span>}
        </p>
        <p class="meta dots">
          {files > 0 && <span>{received.files({ count: files })}</span>}
          <span>{received.keptUntil({ date: shortDay(item.expiresAt) })}</span>
        </p>
      </div>
    </li>
  );
}
