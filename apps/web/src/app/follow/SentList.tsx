/** Sent messages and drafts (M20): tabs, search, period, pages. Subjects are read on this device; a locked one shows people instead. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { pen } from "../../kit/icons.ts";
import { Logo } from "../../kit/Seal.tsx";
import { Find } from "../form/Find.tsx";
import "../../kit/table.css";
import "../../kit/field.css";
import "./follow.css";
import { held } from "../compose/sending.ts";
import { shortDay, when } from "../format.ts";
import { isUnlocked, lookAtKeys } from "../keys/keys.ts";
import { words } from "../language.ts";
import { lazy } from "../lazy.tsx";
import { useLoad, Waiting } from "../loading.tsx";
import { path } from "../router.ts";
import { useStayingFresh } from "../stay-fresh.ts";
import { roles } from "../table-roles.ts";
import { Drafts } from "./Drafts.tsx";
import { loadRows, type Narrow, narrowCount, type Period, type Row, type Tab } from "./list-model.ts";
import { StateBadge } from "./StateBadge.tsx";

const TABS: readonly Tab[] = ["all", "waiting", "opened", "ended"];
const Narrowing = lazy(() => import("./Narrowing.tsx").then((chunk) => chunk.Narrowing));
const SEARCH_AFTER_MS = 250;
const AGAIN_EVERY_MS = 20_000;

export function SentList() {
  const { follow } = words();
  const drafts = path.value === "/app/sent/drafts";
  const [tab, setTab] = useState<Tab>("all");
  const shown = drafts ? "drafts" : tab;
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = `${follow.title} · Pli`;
    // on a phone the tabs scroll: the present one is in sight
    tabs.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [shown, follow]);
  return (
    <>
      <div class="row row--between">
        <h1 class="title">{follow.title}</h1>
        <a class="btn btn--primary" href="/app/write">
          <Icon of={pen} />
          {follow.write}
        </a>
      </div>
      <section class="card" aria-label={follow.listLabel}>
        <div class="card__head card__head--tabs">
          <nav class="tabs" aria-label={follow.tabsLabel} ref={tabs}>
            {TABS.map((one) => (
              <a
                key={one}
                href="/app/sent"
                aria-current={shown === one ? "page" : undefined}
                onClick={() => setTab(one)}
              >
                {follow.tabs[one]}
              </a>
            ))}
            <a href="/app/sent/drafts" aria-current={drafts ? "page" : undefined}>
              {follow.tabs.drafts}
            </a>
          </nav>
        </div>
        {drafts ? <Drafts /> : <Rows tab={tab} onAll={() => setTab("all")} />}
      </section>
    </>
  );
}

function Rows({ tab, onAll }: { tab: Tab; onAll: () => void }) {
  const { follow, shell } = words();
  const [typed, setTyped] = useState("");
  const [q, setQ] = useState("");
  const [period, setPeriod] = useState<Period>("90");
  const [narrow, setNarrow] = useState<Narrow>({});
  const [narrowing, setNarrowing] = useState(false);
  const [sought, setSought] = useState<Narrow>({});
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const unlocked = isUnlocked();
  useEffect(() => {
    const timer = setTimeout(() => {
      setQ(typed);
      setSought(narrow);
    }, SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, narrow]);
  useEffect(() => setCursors([]), [tab, q, period, sought]);
  const cursor = cursors.at(-1);
  // what was taken back, or just sent, changes the list
  const heldId = held.value?.envelopeId;
  const [loaded, again] = useLoad(
    async (signal) => {
      await lookAtKeys().catch(() => undefined);
      return loadRows({ tab, period, q, narrow: sought }, cursor, signal);
    },
    [tab, period, cursor],
    [q, unlocked, heldId, sought],
  );
  useStayingFresh(again, AGAIN_EVERY_MS);
  const filters = useRef<HTMLElement>(null);
  const narrowed = narrowCount(sought) > 0;
  const filtered = q !== "" || narrowed || tab !== "all" || period !== "all";
  const showAll = () => {
    setTyped("");
    setQ("");
    setPeriod("all");
    setNarrow({});
    setSought({});
    onAll();
  };
  return (
    <>
      <search
        class="filters"
        ref={filters}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !narrowing) return;
          setNarrowing(false);
          filters.current?.querySelector<HTMLElement>("[aria-expanded]")?.focus();
        }}
      >
        <Find
          label={follow.search}
          hint={unlocked ? follow.searchHint : follow.searchHintLocked}
          typed={typed}
          onTyped={setTyped}
        />
        <select
          class="select"
          aria-label={follow.period}
          value={period}
          onChange={(event) => setPeriod(event.currentTarget.value as Period)}
        >
          {(["90", "year", "all"] as const).map((one) => (
            <option key={one} value={one}>
              {follow.periods[one]}
            </option>
          ))}
        </select>
        <Button aria-expanded={narrowing} onClick={() => setNarrowing(!narrowing)}>
          {follow.filters({ count: narrowCount(narrow) })}
        </Button>
        {narrowing && <Narrowing narrow={narrow} onNarrow={setNarrow} />}
      </search>
      <Waiting loaded={loaded} again={again}>
        {({ rows, next }) => (
          <>
            <p class="vh" role="status">
              {follow.count({ count: rows.length })}
            </p>
            {rows.length > 0 ? (
              <Table rows={rows} />
            ) : filtered && (q !== "" || narrowed || tab !== "all") ? (
              <div class="empty">
                <h2 class="title--s">{follow.noneTitle}</h2>
                <p>{follow.noneText}</p>
                <Button onClick={showAll}>{follow.noneAction}</Button>
              </div>
            ) : (
              <div class="empty">
                <Logo />
                <h2 class="title--s">{follow.emptyTitle}</h2>
                <p>{follow.emptyText}</p>
                <a class="btn btn--secondary" href="/app/write">
                  {follow.emptyAction}
                </a>
              </div>
            )}
            {(next !== undefined || cursors.length > 0) && (
              <div class="card__foot">
                <p class="meta num">{follow.count({ count: rows.length })}</p>
                <div class="row">
                  <Button size="small" disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
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
              </div>
            )}
          </>
        )}
      </Waiting>
    </>
  );
}

export function subjectOf({ item, summary }: Row): string {
  const { follow } = words();
  if (summary) return summary.subject || follow.noSubject;
  return item.reference || follow.lockedSubject;
}

function whoOf({ item }: Row): string {
  const [first, ...others] = item.recipients;
  if (!first) return "";
  const name = first.name || first.address;
  return others.length === 0 ? name : words().follow.andMore({ name, count: others.length });
}

function Table({ rows }: { rows: readonly Row[] }) {
  const { follow } = words();
  // roles are written out: on a phone each row becomes a card, and stays a row for screen readers
  return (
    <table class="table table--stack" {...roles.table}>
      <caption class="vh">{follow.caption}</caption>
      <thead {...roles.group}>
        <tr {...roles.row}>
          <th {...roles.head}>{follow.colMessage}</th>
          <th {...roles.head}>{follow.colState}</th>
          <th {...roles.head} class="n">
            {follow.colOpened}
          </th>
          <th {...roles.head} class="n">
            {follow.colSent}
          </th>
          <th {...roles.head} class="n">
            {follow.colEnds}
          </th>
        </tr>
      </thead>
      <tbody {...roles.group}>
        {rows.map((row) => {
          const { item } = row;
          return (
            <tr key={item.envelopeId} {...roles.row}>
              <th {...roles.rowHead} class="span">
                <a
                  class={row.summary ? "table__link" : "table__link table__link--locked"}
                  href={`/app/sent/${item.envelopeId}`}
                >
                  {subjectOf(row)}
                </a>
                <small class="addr">{whoOf(row)}</small>
              </th>
              <td {...roles.cell} class="span">
                <StateBadge item={item} />
              </td>
              <td {...roles.cell} class="n">
                <span class="cell-label">{follow.colOpened}</span>
                <span>{follow.openedOf({ opened: item.recipientsOpened, of: item.recipientsCount })}</span>
              </td>
              <td {...roles.cell} class="n">
                <span class="cell-label">{follow.colSent}</span>
                <span>{item.sentAt ? when(item.sentAt) : ""}</span>
              </td>
              <td {...roles.cell} class="n">
                <span class="cell-label">{follow.colEnds}</span>
                <span>
                  {item.endedAt
                    ? follow.endedOn({ date: shortDay(item.endedAt) })
                    : item.expiresAt
                      ? shortDay(item.expiresAt)
                      : ""}
                </span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
