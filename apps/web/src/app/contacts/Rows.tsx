/** Contacts as a table that is cards on a phone (M23), and what stands in its place when there is none. */
import type { Contact } from "@pli/core/wire";
import { LANGUAGE_NAMES } from "@pli/texts/languages";
import "../../kit/badge.css";
import { Button } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { pen, people as peopleIcon, plus, trash } from "../../kit/icons.ts";
import { Menu } from "../../kit/Menu.tsx";
import { Logo } from "../../kit/Seal.tsx";
import "../../kit/table.css";
import { beginWith } from "../compose/draft.ts";
import { words } from "../language.ts";
import { sayProblem } from "../problem.tsx";
import { navigate } from "../router.ts";
import { roles } from "../table-roles.ts";
import { nameOf } from "./ContactDialog.tsx";
import "./contacts.css";
import { contactWords } from "./contacts-words.ts";
import { type ContactList, FOUND_MAX } from "./use-contacts.ts";

export type Open = Contact | "new" | "import" | null;

export interface RowsProps {
  contacts: readonly Contact[];
  list: ContactList;
  isSearch: boolean;
  onAll: () => void;
  onOpen: (open: Open) => void;
  onDelete: (contact: Contact, row: number) => void;
}

export function Rows({ contacts, list, onOpen, ...rest }: RowsProps) {
  const t = contactWords.words();
  return (
    <>
      <p class="vh" role="status">
        {t.count({ count: contacts.length })}
      </p>
      {contacts.length > 0 ? (
        <Table contacts={contacts} onOpen={onOpen} onDelete={rest.onDelete} />
      ) : (
        <Nobody
          isSearch={rest.isSearch}
          onAll={rest.onAll}
          onAdd={() => onOpen("new")}
          onImport={() => onOpen("import")}
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
  );
}

function Nobody(props: { isSearch: boolean; onAll: () => void; onAdd: () => void; onImport: () => void }) {
  const t = contactWords.words();
  return (
    <div class="empty">
      {!props.isSearch && <Logo />}
      <h2 class="title--s" tabIndex={-1}>
        {props.isSearch ? t.noneTitle : t.emptyTitle}
      </h2>
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

function Table({
  contacts,
  onOpen,
  onDelete,
}: {
  contacts: readonly Contact[];
  onOpen: (contact: Contact) => void;
  onDelete: (contact: Contact, row: number) => void;
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
        {contacts.map((contact, row) => (
          <tr key={contact.contactId} {...roles.row}>
            <th {...roles.rowHead} class="span">
              <button class="table__link contact-name" type="button" data-row={row} onClick={() => onOpen(contact)}>
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
            <td {...roles.cell} class={contact.language ? "nowrap" : "none"}>
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
                    <button class="menu__item" type="button" onClick={() => onDelete(contact, row)}>
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
