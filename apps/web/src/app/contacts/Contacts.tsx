/** Contacts (M23): found by any word, by book; added, changed, shared, deleted with a way back; brought in from files and taken out. */

import { allContacts, createContact, deleteContact } from "@pli/client";
import type { Contact } from "@pli/core/wire";
import { LANGUAGE_NAMES } from "@pli/texts/languages";
import { useEffect, useState } from "preact/hooks";
import { Find } from "../form/Find.tsx";
import "../../kit/badge.css";
import { Button } from "../../kit/Button.tsx";
import "../../kit/field.css";
import { Icon } from "../../kit/Icon.tsx";
import { down, pen, people as peopleIcon, plus, trash } from "../../kit/icons.ts";
import { Menu } from "../../kit/Menu.tsx";
import { Logo } from "../../kit/Seal.tsx";
import "../../kit/table.css";
import "../follow/follow.css";
import { server } from "../api.ts";
import { beginWith } from "../compose/draft.ts";
import { forgetPeople } from "../compose/people.ts";
import { saveBlob, saveText } from "../download.ts";
import { words } from "../language.ts";
import { lazy } from "../lazy.tsx";
import { Waiting } from "../loading.tsx";
import { sayProblem } from "../problem.tsx";
import { navigate } from "../router.ts";
import { roles } from "../table-roles.ts";
import { say } from "../toasts.tsx";
import { ContactDialog, nameOf } from "./ContactDialog.tsx";
import "./contacts.css";
import { contactWords } from "./contacts-words.ts";
import { type Book, FOUND_MAX, useContacts } from "./use-contacts.ts";

const ImportDialog = lazy<{ onClose: () => void; onDone: () => void }>(() =>
  import("./ImportDialog.tsx").then((chunk) => chunk.ImportDialog),
);

const BOOKS: readonly Book[] = ["all", "mine", "shared"];
type Open = Contact | "new" | "import" | null;

export function Contacts() {
  const t = contactWords.words();
  const [book, setBook] = useState<Book>("all");
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState<Open>(null);
  const list = useContacts(book, typed);
  useEffect(() => {
    document.title = `${t.title} · Pli`;
  }, [t]);
  const changed = () => {
    forgetPeople();
    list.again();
  };
  const remove = async (contact: Contact) => {
    await deleteContact(server, contact.contactId);
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
          <div class="row">
            <Button onClick={() => setOpen("import")}>{t.import}</Button>
            <ExportMenu book={book} />
            <Button kind="primary" icon={plus} onClick={() => setOpen("new")}>
              {t.add}
            </Button>
          </div>
        </div>
        <p class="muted">{t.lead}</p>
      </div>
      <section class="card" aria-label={t.title}>
        <div class="card__head card__head--tabs">
          <nav class="tabs" aria-label={t.tabsLabel}>
            {BOOKS.map((one) => (
              <button
                key={one}
                type="button"
                aria-current={book === one ? "page" : undefined}
                onClick={() => setBook(one)}
              >
                {t.tabs[one]}
              </button>
            ))}
          </nav>
        </div>
        <search class="filters filters--one">
          <Find label={t.search} hint={t.searchHint} typed={typed} onTyped={setTyped} maxlength={100} />
        </search>
        <Waiting loaded={list.loaded} again={list.again}>
          {(contacts) => (
            <>
              <p class="vh" role="status">
                {t.count({ count: contacts.length })}
              </p>
              {contacts.length > 0 ? (
                <Table contacts={contacts} onOpen={setOpen} onDelete={(one) => void remove(one).catch(sayProblem)} />
              ) : (
                <Nobody
                  isSearch={typed.trim() !== "" || book !== "all"}
                  onAll={() => {
                    setTyped("");
                    setBook("all");
                  }}
                  onAdd={() => setOpen("new")}
                  onImport={() => setOpen("import")}
                />
              )}
              {list.more && (
                <div class="card__in">
                  <Button size="small" onClick={() => void list.more?.().catch(sayProblem)}>
                    {t.more}
                  </Button>
                </div>
              )}
              {list.isCapped && <p class="meta card__in">{t.capped({ count: FOUND_MAX })}</p>}
            </>
          )}
        </Waiting>
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

function Nobody(props: { isSearch: boolean; onAll: () => void; onAdd: () => void; onImport: () => void }) {
  const t = contactWords.words();
  return (
    <div class="empty">
      {!props.isSearch && <Logo />}
      <h2 class="title--s">{props.isSearch ? t.noneTitle : t.emptyTitle}</h2>
      <p>{props.isSearch ? t.noneText : t.emptyText}</p>
      {props.isSearch ? (
        <Button onClick={props.onAll}>{t.noneAction}</Button>
      ) : (
        <div class="row">
          <Button icon={plus} onClick={props.onAdd}>
            {t.add}
          </Button>
          <Button kind="quiet" onClick={props.onImport}>
            {t.import}
          </Button>
        </div>
      )}
    </div>
  );
}

function ExportMenu({ book }: { book: Book }) {
  const t = contactWords.words();
  const save = async (kind: "csv" | "vcf") => {
    const files = await import("@pli/client/contact-files");
    const contacts = await Array.fromAsync(allContacts(server, book === "all" ? {} : { book }));
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

function Table({
  contacts,
  onOpen,
  onDelete,
}: {
  contacts: readonly Contact[];
  onOpen: (contact: Contact) => void;
  onDelete: (contact: Contact) => void;
}) {
  const t = contactWords.words();
  const { shell } = words();
  const write = ({ name, addresses: [address = ""] }: Contact) => {
    beginWith({ to: [{ address, name }] });
    void navigate("/app/write");
  };
  return (
    <table class="table table--stack" {...roles.table}>
      <caption class="vh">{t.caption}</caption>
      <thead {...roles.group}>
        <tr {...roles.row}>
          <th {...roles.head}>{t.colName}</th>
          <th {...roles.head}>{t.colAddress}</th>
          <th {...roles.head}>{t.colMobile}</th>
          <th {...roles.head}>{t.colLanguage}</th>
          <th {...roles.head}>
            <span class="vh">{t.colAct}</span>
          </th>
        </tr>
      </thead>
      <tbody {...roles.group}>
        {contacts.map((contact) => (
          <tr key={contact.contactId} {...roles.row}>
            <th {...roles.rowHead} class="span">
              <button class="table__link contact-name" type="button" onClick={() => onOpen(contact)}>
                {nameOf(contact)}
              </button>
              {contact.company && <small>{contact.company}</small>}
              {contact.shared && (
                <span class="badge">
                  <Icon of={peopleIcon} small />
                  {t.shared}
                </span>
              )}
            </th>
            <td {...roles.cell} class="span">
              <span class="addr">{contact.addresses[0]}</span>
              {contact.addresses.length > 1 && (
                <small class="meta"> {t.someMore({ count: contact.addresses.length - 1 })}</small>
              )}
            </td>
            <td {...roles.cell} class={contact.mobile ? "nowrap" : "none"}>
              <span class="cell-label">{t.colMobile}</span>
              <span>{contact.mobile}</span>
            </td>
            <td {...roles.cell} class={contact.language ? "" : "none"}>
              <span class="cell-label">{t.colLanguage}</span>
              <span>{contact.language && LANGUAGE_NAMES[contact.language]}</span>
            </td>
            <td {...roles.cell} class="span contact-acts">
              <div class="row row--tight row--nowrap">
                <Button kind="quiet" size="small" icon={pen} onClick={() => write(contact)}>
                  {t.write}
                  <span class="vh"> {nameOf(contact)}</span>
                </Button>
                <Menu
                  buttonClass="btn--quiet btn--s"
                  summary={
                    <>
                      {shell.more}
                      <span class="vh"> {nameOf(contact)}</span>
                    </>
                  }
                >
                  <button class="menu__item" type="button" onClick={() => onOpen(contact)}>
                    {contact.editable ? t.edit : t.details}
                  </button>
                  {contact.editable && (
                    <button class="menu__item" type="button" onClick={() => onDelete(contact)}>
                      <Icon of={trash} small /> {t.delete}
                    </button>
                  )}
                </Menu>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
