/**
 * Bringing contacts in from a file (M23): chosen, read here, compared with what is there, shown; kept when the member agrees. The columns of a
 * table can be mended, and everything that cannot be taken says why.
 */
import { importContacts } from "@pli/client";
import type { Column } from "@pli/client/contact-files";
import { COLUMNS } from "@pli/client/contact-files";
import { countryPrefixes } from "@pli/client/numbers";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Check } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { alert, check, file as fileIcon } from "../../kit/icons.ts";
import { server } from "../api.ts";
import { useAttempt } from "../form/attempt.ts";
import { ChoiceField } from "../form/choices.tsx";
import { language, words } from "../language.ts";
import { Problem } from "../problem.tsx";
import { say } from "../toasts.tsx";
import { contactWords } from "./contacts-words.ts";
import { homeCountry } from "./home-country.ts";
import { type ImportFile, type Judged, judge, OUTCOMES, openFile, type ReadFile, readFile } from "./import-file.ts";

const SHOWN = 50;
const FILE_BYTES_MAX = 20 * 1024 * 1024;

export function ImportDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const t = contactWords.words();
  const { shell } = words();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<ImportFile | "big">();
  const [turn, setTurn] = useState(0);
  const [columns, setColumns] = useState<readonly Column[]>([]);
  const [country, setCountry] = useState(homeCountry() ?? "");
  const [shared, setShared] = useState(false);
  const [judged, setJudged] = useState<readonly Judged[]>();
  const [looked, setLooked] = useState(0);
  const [failure, setFailure] = useState<unknown>();
  const { busy, error, attempt } = useAttempt();
  const read: ReadFile | null = file && file !== "big" ? readFile(file, columns, country) : null;
  const key = JSON.stringify([turn, columns, country, shared]);

  useEffect(() => {
    if (!read) return undefined;
    const abort = new AbortController();
    setJudged(undefined);
    setFailure(undefined);
    setLooked(0);
    importContacts(server, read.contacts, { shared, dryRun: true, signal: abort.signal, onProgress: setLooked }).then(
      (rows) => !abort.signal.aborted && setJudged(judge(read, rows)),
      (problem: unknown) => !abort.signal.aborted && setFailure(problem),
    );
    return () => abort.abort();
  }, [key]);

  const choose = async (chosen: File | undefined) => {
    if (!chosen) return;
    setJudged(undefined);
    if (chosen.size > FILE_BYTES_MAX) {
      setFile("big");
      return;
    }
    const opened = await openFile(chosen);
    setColumns(opened.columns);
    setFile(opened);
    setTurn((one) => one + 1);
  };
  const count = judged?.filter(({ outcome }) => outcome === "added" || outcome === "updated").length ?? 0;
  const run = () =>
    attempt(async () => {
      if (!read) return;
      const rows = await importContacts(server, read.contacts, { shared, onProgress: setLooked });
      const of = (outcome: string) => rows.filter((row) => row.outcome === outcome).length;
      say(t.imported({ added: of("added"), updated: of("updated") }));
      onDone();
      onClose();
    });

  return (
    <Dialog
      wide
      title={t.importTitle}
      lead={<p>{t.importLead}</p>}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {shell.cancel}
          </Button>
          <Button kind={read ? "secondary" : "primary"} icon={fileIcon} onClick={() => input.current?.click()}>
            {read || file === "big" ? t.chooseOther : t.choose}
          </Button>
          {judged && (
            <Button kind="primary" busy={busy} disabled={count === 0} onClick={() => void run()}>
              {t.importAction({ count })}
            </Button>
          )}
        </>
      }
    >
      <input
        ref={input}
        hidden
        type="file"
        accept=".csv,.tsv,.txt,.vcf,.vcard,text/csv,text/vcard"
        aria-label={t.choose}
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? [];
          // the same file may be chosen again, once it was mended
          event.currentTarget.value = "";
          void attempt(() => choose(chosen));
        }}
      />
      <div class="stack">
        {error !== undefined && <Problem error={error} />}
        {failure !== undefined && <Problem error={failure} />}
        {file === "big" && <p role="alert">{t.tooBig}</p>}
        {read && file && file !== "big" && (
          <>
            <p>
              <b class="addr">{file.name}</b>
            </p>
            {file.table && <Mapping file={file} columns={columns} onColumns={setColumns} />}
            {read.hasNumbers && <Country country={country} onCountry={setCountry} />}
            <Check
              label={t.share}
              note={t.shareNote}
              checked={shared}
              onChange={(event) => setShared(event.currentTarget.checked)}
            />
            {read.all.length === 0 && <p role="alert">{t.nothing}</p>}
            <p class="meta" role="status">
              {!judged && failure === undefined && read.contacts.length > 0
                ? t.looking({ done: looked, count: read.contacts.length })
                : ""}
            </p>
            {/* there before its words are: what comes together with them is not read aloud */}
            <div class="outcomes" role="status">
              {judged && <Outcomes judged={judged} />}
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}

function Mapping({
  file,
  columns,
  onColumns,
}: {
  file: ImportFile;
  columns: readonly Column[];
  onColumns: (columns: readonly Column[]) => void;
}) {
  const t = contactWords.words();
  const id = useId();
  const sample = (at: number) => file.table?.rows.find((row) => row[at]?.trim())?.[at] ?? "";
  return (
    <fieldset class="plain stack stack--s">
      <legend class="mapping-title">{t.columns}</legend>
      <div class="mapping">
        {columns.map((column, at) => {
          const title = file.table?.titles[at] || t.untitled({ number: at + 1 });
          return [
            <label key={`${title} ${at} label`} for={`${id}${at}`}>
              {title}
              <small>{sample(at).slice(0, 60)}</small>
            </label>,
            <select
              key={`${title} ${at}`}
              class="select"
              id={`${id}${at}`}
              value={column}
              onChange={(event) => onColumns(columns.with(at, event.currentTarget.value as Column))}
            >
              {COLUMNS.map((one) => (
                <option key={one} value={one}>
                  {t.columnNames[one]}
                </option>
              ))}
            </select>,
          ];
        })}
      </div>
    </fieldset>
  );
}

function Country({ country, onCountry }: { country: string; onCountry: (country: string) => void }) {
  const t = contactWords.words();
  const names = new Intl.DisplayNames([language.value], { type: "region" });
  const options = countryPrefixes()
    .map((one) => ({ value: one.country, text: `${names.of(one.country)} +${one.prefix}` }))
    .sort((a, b) => a.text.localeCompare(b.text, language.value));
  return (
    <ChoiceField
      label={t.country}
      options={[{ value: "", text: t.countryNone }, ...options]}
      value={country}
      onChoice={onCountry}
    />
  );
}

function Outcomes({ judged }: { judged: readonly Judged[] }) {
  const t = contactWords.words();
  return (
    <>
      {OUTCOMES.map((outcome) => {
        const some = judged.filter((one) => one.outcome === outcome);
        if (some.length === 0) return null;
        return (
          <details key={outcome} open={outcome === "refused"}>
            <summary>
              <Icon of={outcome === "refused" ? alert : check} small />
              {t.outcomes[outcome](some.length)}
            </summary>
            <ul>
              {some.slice(0, SHOWN).map((one) => (
                <li key={one.place}>
                  <b>{one.label || t.untitled({ number: one.place })}</b>
                  {reasonsOf(one).map((reason) => ` · ${reason}`)}
                </li>
              ))}
              {some.length > SHOWN && <li>{t.someMore({ count: some.length - SHOWN })}</li>}
            </ul>
          </details>
        );
      })}
    </>
  );
}

function reasonsOf({ reason, dropped }: Judged): string[] {
  const t = contactWords.words();
  const left = dropped.map(({ field, text }) =>
    field === "mobile" ? t.droppedNumber({ text }) : t.droppedAddress({ text }),
  );
  if (reason === undefined) return left;
  const why =
    reason === "no_address"
      ? t.noAddress
      : reason === "addresses"
        ? t.twoContacts
        : reason === "shared"
          ? t.sharedByOther
          : t.badField;
  return [why, ...left];
}
