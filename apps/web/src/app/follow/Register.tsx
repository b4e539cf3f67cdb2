/** The register (M22): every try and its outcome, in the member's time zone; visits of machines apart; as CSV for the file. */
import { getRegister } from "@pli/client";
import type { Envelope, RegisterEntry } from "@pli/core/wire";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { check, down, robot, x } from "../../kit/icons.ts";
import "../../kit/code-input.css";
import "../../kit/facts.css";
import { server } from "../api.ts";
import { saveText } from "../download.ts";
import { seconds, shortDay, timeZone } from "../format.ts";
import { words } from "../language.ts";
import { useLoad, Waiting } from "../loading.tsx";
import { sayProblem } from "../problem.tsx";
import { roles } from "../table-roles.ts";

const BY_ITSELF: readonly RegisterEntry["event"][] = ["destroyed", "expired"];
const GOOD: readonly string[] = ["opened", "opened_again", "mailbox_proven", "replied", "downloaded"];
const BAD: readonly string[] = ["code_wrong", "password_wrong", "locked", "notification_failed", "refused", "reported"];

export function Register({ envelope }: { envelope: Envelope }) {
  const { follow } = words();
  const { envelopeId } = envelope;
  const [earlier, setEarlier] = useState<{ items: readonly RegisterEntry[]; next?: string | undefined } | null>(null);
  const [busy, setBusy] = useState(false);
  // the message page looks again every so often; what happened since comes with it
  const [loaded, again] = useLoad(() => getRegister(server, envelopeId), [envelopeId], [envelope]);
  const who = (entry: RegisterEntry) => {
    // what ends by its date or with its last opening was nobody's deed
    if (entry.grantId === undefined) return BY_ITSELF.includes(entry.event) ? follow.byItself : follow.you;
    const grant = envelope.grants.find(({ grantId }) => grantId === entry.grantId);
    return grant?.recipient.name || grant?.recipient.address || entry.address || "";
  };
  const more = async (cursor: string, before: readonly RegisterEntry[]) => {
    setBusy(true);
    try {
      const page = await getRegister(server, envelopeId, cursor);
      setEarlier({ items: [...before, ...page.items], next: page.next });
    } catch (error) {
      sayProblem(error);
    }
    setBusy(false);
  };
  return (
    <section class="card" aria-labelledby="register-title">
      <Waiting loaded={loaded} again={again} lines={5}>
        {(page) => {
          const tail = earlier?.items ?? [];
          const known = new Set(tail.map(({ entryId }) => entryId));
          const entries = [...page.items.filter(({ entryId }) => !known.has(entryId)), ...tail];
          const next = earlier ? earlier.next : page.next;
          return (
            <>
              <div class="card__head">
                <h2 class="title--s" id="register-title">
                  {follow.register}
                </h2>
                {entries.length > 0 && (
                  <Button kind="quiet" size="small" icon={down} onClick={() => saveCsv(entries, who)}>
                    {follow.csv}
                  </Button>
                )}
              </div>
              {entries.length === 0 ? (
                <p class="card__in muted">{follow.registerEmpty}</p>
              ) : (
                <Table entries={entries.filter(({ machine }) => !machine)} who={who} title="register-title" />
              )}
              <Machines entries={entries.filter(({ machine }) => machine)} who={who} />
              {next !== undefined && (
                <div class="card__foot">
                  <Button size="small" busy={busy} onClick={() => void more(next, tail)}>
                    {follow.registerMore}
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </Waiting>
    </section>
  );
}

function what(entry: RegisterEntry): string {
  const { follow } = words();
  return entry.machine ? follow.machineVisit : follow.events[entry.event];
}

/** Beside what happened, for the file. */
function facts(entry: RegisterEntry): string {
  const { follow } = words();
  const found: string[] = [];
  if (entry.codeReference) found.push(follow.eventReference({ reference: entry.codeReference }));
  if (entry.event === "opened" && entry.openingsLeft !== undefined)
    found.push(follow.eventLeft({ left: entry.openingsLeft }));
  if (entry.triesLeft !== undefined) found.push(follow.eventTries({ left: entry.triesLeft }));
  return found.join(", ");
}

interface TableProps {
  entries: readonly RegisterEntry[];
  who: (entry: RegisterEntry) => string;
}

/** Link scanners, previews, prefetching (M12): nobody read anything, so they stand apart, folded. */
function Machines({ entries, who }: TableProps) {
  const { follow } = words();
  if (entries.length === 0) return null;
  return (
    <details class="more card__in">
      <summary>
        <span id="machines-title">{follow.machines({ count: entries.length })}</span>
      </summary>
      <p class="meta">{follow.machinesText}</p>
      <Table entries={entries} who={who} title="machines-title" />
    </details>
  );
}

/** @param title id of the element that names the table */
function Table({ entries, who, title }: TableProps & { title: string }) {
  const { follow } = words();
  if (entries.length === 0) return null;
  return (
    <table class="table table--stack" {...roles.table} aria-labelledby={title}>
      <thead {...roles.group}>
        <tr {...roles.row}>
          {[follow.colTime, follow.colWhat, follow.colWho, follow.colFrom].map((label) => (
            <th key={label} {...roles.head}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...roles.group}>
        {entries.map((entry) => (
          <tr key={entry.entryId} {...roles.row} class={entry.machine ? "machine" : ""}>
            <td {...roles.cell} class="nowrap">
              {seconds(entry.at)}
              <small>{shortDay(entry.at)}</small>
            </td>
            <td {...roles.cell} class="most">
              <Outcome entry={entry} /> <Facts entry={entry} />
            </td>
            <td {...roles.cell} class="below">
              <span class="cell-label">{follow.colWho}</span>
              <span class="addr">
                {entry.grantId !== undefined && entry.machine ? follow.linkOf({ name: who(entry) }) : who(entry)}
              </span>
            </td>
            <td {...roles.cell} class="below">
              {(entry.agent || entry.network) && <span class="cell-label">{follow.colFrom}</span>}
              <span>{[entry.agent, entry.network].filter(Boolean).join(" · ")}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Facts({ entry }: { entry: RegisterEntry }) {
  const { codeReference, ...rest } = entry;
  return (
    <>
      {codeReference && (
        <span class="ref" translate={false}>
          {codeReference}
        </span>
      )}{" "}
      <span class="muted">{facts(rest)}</span>
    </>
  );
}

function Outcome({ entry }: { entry: RegisterEntry }) {
  const text = what(entry);
  if (entry.machine)
    return (
      <span class="row row--nowrap">
        <Icon of={robot} />
        {text}
      </span>
    );
  if (GOOD.includes(entry.event))
    return (
      <span class="done-line">
        <Icon of={check} small />
        {text}
      </span>
    );
  if (BAD.includes(entry.event))
    return (
      <span class="bad-line">
        <Icon of={x} small />
        {text}
      </span>
    );
  return <span>{text}</span>;
}

/** A cell that no spreadsheet takes for a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function saveCsv(entries: readonly RegisterEntry[], who: (entry: RegisterEntry) => string): void {
  const { follow } = words();
  const head = [`${follow.colTime} (${timeZone()})`, "UTC", follow.colWhat, follow.colWho, follow.colFrom];
  const rows = entries.map((entry) => [
    `${shortDay(entry.at)} ${seconds(entry.at)}`,
    entry.at,
    [what(entry), facts(entry)].filter(Boolean).join(", "),
    who(entry),
    [entry.agent, entry.network].filter(Boolean).join(" · "),
  ]);
  const text = [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
  saveText(`${text}\r\n`, follow.csvName, "text/csv");
}
