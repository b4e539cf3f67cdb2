/** Contacts (M23): found by any word, by book; added, changed, shared, deleted with a way back; brought in from files and taken out. */

import { allContacts, createContact, deleteContact } from "@pli/client";
import type { Contact } from "@pli/core/wire";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Find } from "../form/Find.tsx";
import "../../kit/field.css";
import { Icon } from "../../kit/Icon.tsx";
import { down, plus } from "../../kit/icons.ts";
import { Menu } from "../../kit/Menu.tsx";
import "../../kit/table.css";
import "../follow/follow.css";
import { saveBlob } from "../../kit/save-blob.ts";
import { server } from "../api.ts";
import { forgetPeople } from "../compose/people.ts";
import { saveText } from "../download.ts";
import { lazy } from "../lazy.tsx";
import { Waiting } from "../loading.tsx";
import { sayProblem } from "../problem.tsx";
import { say } from "../toasts.tsx";
import { ContactDialog, nameOf } from "./ContactDialog.tsx";
import "./contacts.css";
import { contactWords } from "./contacts-words.ts";
import { useNextRow } from "./next-row.ts";
import { type Open, Rows } from "./Rows.tsx";
import { type Book, useContacts } from "./use-contacts.ts";

const ImportDialog = lazy<{ onClose: () => void; onDone: () => void }>(() =>
  import("./ImportDialog.tsx").then((chunk) => chunk.ImportDialog),
);

const WrittenTo = lazy(() => import("./WrittenTo.tsx").then((chunk) => chunk.WrittenTo));

const TABS: readonly (Book | "written")[] = ["all", "mine", "shared", "written"];

export function Contacts() {
  const t = contactWords.words();
  const [tab, setTab] = useState<Book | "written">("all");
  const book = tab === "written" ? "all" : tab;
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState<Open>(null);
  const list = useContacts(book, typed);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const card = useRef<HTMLElement>(null);
  const stayAt = useNextRow(card, gone);
  useEffect(() => {
    document.title = `${t.title} · Pli`;
  }, [t]);
  const changed = () => {
    forgetPeople();
    list.again();
  };
  const remove = async (contact: Contact, row: number) => {
    await deleteContact(server, contact.contactId);
    stayAt(row);
    // at once, so that the focus stands on what stays
    setGone((some) => new Set([...some, contact.contactId]));
    changed();
    const name = nameOf(contact);
    say(t.deleted({ name }), {
      label: t.undo,
      run: () => {
        const { contactId, version, editable, changedAt, ...content } = contact;
        createContact(server, content, crypto.randomUUID()).then(() => {
          changed();
          say(t.restored({ name }));
        }, sayProblem);
      },
    });
  };
  return (
    <div class="stack stack--l">
      <div class="stack stack--s">
        <div class="row row--between">
          <h1 class="title">{t.title}</h1>
          <div class="row contacts__acts">
            <Button kind="primary" icon={plus} onClick={() => setOpen("new")}>
              {t.add}
            </Button>
            <ExportMenu book={book} />
            <Button onClick={() => setOpen("import")}>{t.import}</Button>
          </div>
        </div>
        <p class="muted">{t.lead}</p>
      </div>
      <section class="card" aria-label={t.title} ref={card}>
        <div class="card__head card__head--tabs">
          <nav class="tabs" aria-label={t.tabsLabel}>
            {TABS.map((one) => (
              <button
                key={one}
                type="button"
                aria-current={tab === one ? "page" : undefined}
                onClick={() => setTab(one)}
              >
                {t.tabs[one]}
              </button>
            ))}
          </nav>
        </div>
        {tab === "written" ? (
          <WrittenTo />
        ) : (
          <>
            <search class="filters filters--one">
              <Find label={t.search} hint={t.searchHint} typed={typed} onTyped={setTyped} maxlength={100} />
            </search>
            <Waiting loaded={list.loaded} again={list.again}>
              {(all) => (
                <Rows
                  contacts={all.filter(({ contactId }) => !gone.has(contactId))}
                  list={list}
                  isSearch={typed.trim() !== "" || book !== "all"}
                  onAll={() => {
                    setTyped("");
                    setTab("all");
                  }}
                  onOpen={setOpen}
                  onDelete={(one, row) => void remove(one, row).catch(sayProblem)}
                />
              )}
            </Waiting>
          </>
        )}
      </section>
      {open === "import" && <ImportDialog onClose={() => setOpen(null)} onDone={changed} />}
      {open !== null && open !== "import" && (
        <ContactDialog
          contact={open === "new" ? null : open}
          onClose={() => setOpen(null)}
          onSaved={(contact) => {
            setOpen(null);
            changed();
            say(t.saved({ name: nameOf(contact) }));
          }}
        />
      )}
    </div>
  );
}

function ExportMenu({ book }: { book: Book }) {
  const t = contactWords.words();
  const save = async (kind: "csv" | "vcf") => {
    const files = await import("@pli/client/contact-files");
    const contacts: Contact[] = [];
    for await (const one of allContacts(server, book === "all" ? {} : { book })) contacts.push(one);
    if (kind === "csv") saveText(files.writeCsv(contacts, t.columnNames).slice(1), `${t.fileName}.csv`, "text/csv");
    // no mark before cards: phones stumble over it
    else saveBlob(new Blob([files.writeVcards(contacts)], { type: "text/vcard;charset=utf-8" }), `${t.fileName}.vcf`);
    say(t.exported({ count: contacts.length }));
  };
  return (
    <Menu
      summary={
        <>
          <Icon of={down} />
          {t.export}
        </>
      }
    >
      <button class="menu__item" type="button" onClick={() => void save("csv").catch(sayProblem)}>
        {t.exportCsv}
      </button>
      <button class="menu__item" type="button" onClick={() => void save("vcf").catch(sayProblem)}>
        {t.exportVcard}
      </button>
    </Menu>
  );
}
