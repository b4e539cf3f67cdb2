/**
 * Whom the member wrote to, as completion proposes them (M1, M23), and the way to be proposed no more. Forgetting leaves contacts and messages
 * as they are: it takes away a habit, so that nobody is written to by mistake.
 */
import { forgetRecipient, getRecipientCircle } from "@pli/client";
import type { KnownRecipient } from "@pli/core/wire";
import { useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { x } from "../../kit/icons.ts";
import { Logo } from "../../kit/Seal.tsx";
import { server } from "../api.ts";
import { forgetPeople } from "../compose/people.ts";
import { when } from "../format.ts";
import { useLoad, Waiting } from "../loading.tsx";
import { sayProblem } from "../problem.tsx";
import { roles } from "../table-roles.ts";
import { say } from "../toasts.tsx";
import { contactWords } from "./contacts-words.ts";
import { useNextRow } from "./next-row.ts";

export function WrittenTo() {
  const t = contactWords.words();
  const [loaded, again] = useLoad(
    async () => (await getRecipientCircle(server)).items.filter(({ lastSentAt }) => lastSentAt !== undefined),
    [],
  );
  const [forgotten, setForgotten] = useState<ReadonlySet<string>>(new Set());
  const place = useRef<HTMLDivElement>(null);
  const stayAt = useNextRow(place, forgotten);
  const forget = async (address: string, row: number) => {
    await forgetRecipient(server, address);
    forgetPeople();
    stayAt(row);
    setForgotten((some) => new Set([...some, address]));
    say(t.forgotten({ address }));
  };
  return (
    <Waiting loaded={loaded} again={again}>
      {(people) => {
        const shown = people.filter(({ address }) => !forgotten.has(address));
        return (
          <div ref={place}>
            <p class="meta card__in">{t.writtenLead}</p>
            {shown.length > 0 ? (
              <Table people={shown} onForget={(address, row) => void forget(address, row).catch(sayProblem)} />
            ) : (
              <div class="empty">
                <Logo />
                <h2 class="title--s" tabIndex={-1}>
                  {t.writtenEmptyTitle}
                </h2>
                <p>{t.writtenEmptyText}</p>
              </div>
            )}
          </div>
        );
      }}
    </Waiting>
  );
}

function Table(props: { people: readonly KnownRecipient[]; onForget: (address: string, row: number) => void }) {
  const t = contactWords.words();
  return (
    <table class="table table--stack" {...roles.table}>
      <caption class="vh">{t.writtenCaption}</caption>
      <thead {...roles.group}>
        <tr {...roles.row}>
          <th {...roles.head}>{t.colName}</th>
          <th {...roles.head} class="n">
            {t.colMessages}
          </th>
          <th {...roles.head} class="n">
            {t.colLast}
          </th>
          <th {...roles.head}>
            <span class="vh">{t.colAct}</span>
          </th>
        </tr>
      </thead>
      <tbody {...roles.group}>
        {props.people.map(({ address, name, sends, lastSentAt }, row) => (
          <tr key={address} {...roles.row}>
            <th {...roles.rowHead} class="span">
              <span class="addr">{name || address}</span>
              {name && <small class="addr">{address}</small>}
            </th>
            <td {...roles.cell} class="n">
              <span class="cell-label">{t.colMessages}</span>
              <span>{sends}</span>
            </td>
            <td {...roles.cell} class="n">
              <span class="cell-label">{t.colLast}</span>
              <span>{lastSentAt && when(lastSentAt)}</span>
            </td>
            <td {...roles.cell} class="span contact-acts">
              <Button kind="quiet" size="small" icon={x} data-row={row} onClick={() => props.onForget(address, row)}>
                {t.forget}
                <span class="vh"> {name || address}</span>
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
