/** What became of one's secrets: state, views left, end; one that still works can be destroyed. Links are not here: nobody keeps them. */
import { destroySecret, listSecrets } from "@pli/client";
import type { SecretItem } from "@pli/core/wire";
import { useState } from "preact/hooks";
import "../../kit/badge.css";
import { Button } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { clock, trash } from "../../kit/icons.ts";
import { Logo, SealBroken, SealOpen } from "../../kit/Seal.tsx";
import "../../kit/table.css";
import { server } from "../api.ts";
import { confirm } from "../dialogs.tsx";
import { when } from "../format.ts";
import { words } from "../language.ts";
import { useLoad, Waiting } from "../loading.tsx";
import { sayProblem } from "../problem.tsx";
import { roles } from "../table-roles.ts";
import { say } from "../toasts.tsx";

/** @param made counts those made on this page: each shows up at once */
export function SecretList({ made }: { made: number }) {
  const { secrets } = words();
  const [older, setOlder] = useState<readonly SecretItem[]>([]);
  const [cursor, setCursor] = useState<string | null>();
  const [loaded, again] = useLoad(
    async () => {
      const page = await listSecrets(server);
      setOlder([]);
      setCursor(page.next ?? null);
      return page.items;
    },
    [],
    [made],
  );
  const more = async (next: string) => {
    const page = await listSecrets(server, next);
    setOlder([...older, ...page.items]);
    setCursor(page.next ?? null);
  };
  const destroy = async (item: SecretItem) => {
    const sure = await confirm({
      title: secrets.destroyTitle,
      text: secrets.destroyText,
      back: secrets.keep,
      action: secrets.destroy,
      danger: true,
    });
    if (!sure) return;
    await destroySecret(server, item.secretId);
    say(secrets.destroyed);
    again();
  };
  return (
    <section class="card" aria-labelledby="secrets-title">
      <div class="card__head">
        <h2 class="title--s" id="secrets-title">
          {secrets.listTitle}
        </h2>
      </div>
      <Waiting loaded={loaded} again={again} lines={4}>
        {(items) =>
          items.length === 0 ? (
            <div class="empty">
              <Logo />
              <h3 class="title--s">{secrets.emptyTitle}</h3>
              <p>{secrets.emptyText}</p>
            </div>
          ) : (
            <>
              <Table items={[...items, ...older]} onDestroy={(item) => void destroy(item).catch(sayProblem)} />
              {cursor && (
                <div class="card__in">
                  <Button size="small" onClick={() => void more(cursor).catch(sayProblem)}>
                    {secrets.older}
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Waiting>
    </section>
  );
}

function nameOf(item: SecretItem): string {
  return item.reference ?? words().secrets.unnamed({ date: when(item.createdAt) });
}

function Table({ items, onDestroy }: { items: readonly SecretItem[]; onDestroy: (item: SecretItem) => void }) {
  const { secrets } = words();
  return (
    <table class="table table--stack" {...roles.table}>
      <caption class="vh">{secrets.caption}</caption>
      <thead {...roles.group}>
        <tr {...roles.row}>
          <th {...roles.head}>{secrets.colSecret}</th>
          <th {...roles.head}>{secrets.colState}</th>
          <th {...roles.head} class="n">
            {secrets.colViews}
          </th>
          <th {...roles.head} class="n">
            {secrets.colEnds}
          </th>
          <th {...roles.head}>
            <span class="vh">{secrets.colAct}</span>
          </th>
        </tr>
      </thead>
      <tbody {...roles.group}>
        {items.map((item) => (
          <tr key={item.secretId} {...roles.row}>
            <th {...roles.rowHead} class="span">
              <span>{nameOf(item)}</span>
              {item.hasPassword && <small>{secrets.withPassword}</small>}
            </th>
            <td {...roles.cell} class="span">
              <State item={item} />
            </td>
            <td {...roles.cell} class="n">
              <span class="cell-label">{secrets.colViews}</span>
              <span>
                {secrets.viewsOf({ left: item.state === "active" ? item.viewsLeft : 0, total: item.viewsTotal })}
              </span>
            </td>
            <td {...roles.cell} class="n">
              <span class="cell-label">{secrets.colEnds}</span>
              <span>{when(item.endedAt ?? item.expiresAt)}</span>
            </td>
            <td {...roles.cell} class="span secret-act">
              {item.state === "active" && (
                <Button kind="quiet" size="small" icon={trash} onClick={() => onDestroy(item)}>
                  {secrets.destroy}
                  <span class="vh"> {nameOf(item)}</span>
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The shape alone tells it, beside a word. */
function State({ item }: { item: SecretItem }) {
  const { states } = words().secrets;
  if (item.state !== "active") {
    const isUnseen = item.state === "expired" && item.lastViewedAt === undefined;
    return (
      <span class={item.state === "used_up" ? "badge badge--done" : isUnseen ? "badge badge--warn" : "badge"}>
        <SealBroken small />
        {states[item.state]}
      </span>
    );
  }
  return item.lastViewedAt === undefined ? (
    <span class="badge">
      <Icon of={clock} small />
      {states.active}
    </span>
  ) : (
    <span class="badge badge--part">
      <SealOpen small />
      {states.seen}
    </span>
  );
}
