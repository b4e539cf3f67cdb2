/** Everybody who got it: sends, delivery, openings, and what can be done for each (M21). */
import type { Envelope, GrantStatus } from "@pli/core/wire";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { again, check, clock, dots, link, pen, plus, qr, trash, x } from "../../kit/icons.ts";
import { Menu } from "../../kit/Menu.tsx";
import { nameOf } from "../compose/addresses.ts";
import { brief, timeZone } from "../format.ts";
import { words } from "../language.ts";
import { roles } from "../table-roles.ts";
import { AddPersonDialog } from "./AddPersonDialog.tsx";
import { type Actions, mayOpenMore } from "./actions.ts";
import { ExpiryDialog, OpeningsDialog } from "./change-dialogs.tsx";
import { LinkDialog } from "./PassOn.tsx";
import { WhyNot } from "./WhyNot.tsx";

type Asked =
  | { what: "openings" | "expiry" | "correct"; grant: GrantStatus }
  | { what: "link"; grant: GrantStatus; link: string };

export function Recipients({ envelope, actions }: { envelope: Envelope; actions: Actions }) {
  const { follow } = words();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const columns = [
    [follow.colRecipient, ""],
    [follow.colFirst, ""],
    [follow.colLast, ""],
    [follow.colSends, "n"],
    [follow.colDelivered, ""],
    [follow.colOpened, ""],
    [follow.colLeft, "n"],
  ] as const;
  return (
    <section class="card" aria-labelledby="recipients-title">
      <div class="card__head">
        <h2 class="title--s" id="recipients-title">
          {follow.recipients}
        </h2>
        <p class="meta">{follow.timesIn({ zone: timeZone() })}</p>
      </div>
      <table class="table table--stack" {...roles.table} aria-labelledby="recipients-title">
        <thead {...roles.group}>
          <tr {...roles.row}>
            {columns.map(([label, kind]) => (
              <th key={label} {...roles.head} class={kind}>
                {label}
              </th>
            ))}
            <th {...roles.head}>
              <span class="vh">{follow.colActions}</span>
            </th>
          </tr>
        </thead>
        <tbody {...roles.group}>
          {envelope.grants.map((grant) => (
            <Row key={grant.grantId} grant={grant} actions={actions} onAsk={setAsked} />
          ))}
        </tbody>
      </table>
      {asked?.what === "openings" && <OpeningsDialog grants={[asked.grant]} actions={actions} onClose={close} />}
      {asked?.what === "expiry" && <ExpiryDialog grants={[asked.grant]} actions={actions} onClose={close} />}
      {asked?.what === "correct" && (
        <AddPersonDialog envelope={envelope} actions={actions} instead={asked.grant} onClose={close} />
      )}
      {asked?.what === "link" && (
        <LinkDialog link={asked.link} name={nameOf(asked.grant.recipient)} grant={asked.grant} onClose={close} />
      )}
    </section>
  );
}

function Delivered({ grant, onAsk }: { grant: GrantStatus; onAsk: (asked: Asked) => void }) {
  const { follow } = words();
  const { notification, delivery } = grant;
  if (delivery === "link") return <span class="muted">{follow.byLink}</span>;
  if (!notification) return <span class="muted">{follow.notYet}</span>;
  const { state, at } = notification;
  if (state === "accepted" || state === "delivered")
    return (
      <span class="done-line">
        <Icon of={check} small />
        {at ? brief(at) : follow.notification.accepted}
      </span>
    );
  if (state === "failed")
    return (
      <span>
        <span class="bad-line">
          <Icon of={x} small />
          {follow.notification.failed}
        </span>
        <WhyNot notification={notification} />
        {grant.state === "active" && (
          <Button size="small" icon={pen} onClick={() => onAsk({ what: "correct", grant })}>
            {follow.correct}
            <span class="vh"> {nameOf(grant.recipient)}</span>
          </Button>
        )}
      </span>
    );
  return (
    <span>
      <span class="muted">{follow.notification[state]}</span>
      <WhyNot notification={notification} />
    </span>
  );
}

function Row({ grant, actions, onAsk }: { grant: GrantStatus; actions: Actions; onAsk: (asked: Asked) => void }) {
  const { follow } = words();
  const { recipient, state } = grant;
  const name = nameOf(recipient);
  const isLive = state === "active";
  const head = useRef<HTMLTableCellElement>(null);
  const row = useRef<HTMLTableRowElement>(null);
  // what one acted by goes with the right to open: the focus stays with the person
  const isHeld = row.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (!isLive && isHeld) head.current?.focus();
  }, [isLive]);
  const cell = (label: string, value: ComponentChildren, kind = "") => (
    <td {...roles.cell} class={`whole ${kind}`}>
      <span class="cell-label">{label}</span>
      {value}
    </td>
  );
  return (
    <tr {...roles.row} ref={row}>
      <th {...roles.rowHead} class="span" ref={head} tabIndex={-1}>
        {name} <span class="badge badge--type">{follow.types[recipient.type]}</span>
        {recipient.name && <small class="addr">{recipient.address}</small>}
      </th>
      {cell(follow.colFirst, <span>{grant.firstSentAt ? brief(grant.firstSentAt) : follow.notYet}</span>)}
      {cell(follow.colLast, <span>{grant.lastSentAt ? brief(grant.lastSentAt) : follow.notYet}</span>)}
      {cell(follow.colSends, <span>{grant.sends}</span>, "n")}
      {cell(follow.colDelivered, <Delivered grant={grant} onAsk={onAsk} />, grant.notification?.reason ? "span" : "")}
      {cell(
        follow.colOpened,
        grant.firstOpenedAt ? (
          <span class="done-line">
            <Icon of={check} small />
            {brief(grant.firstOpenedAt)}
          </span>
        ) : (
          <span class="muted">{follow.notYet}</span>
        ),
      )}
      {cell(
        follow.colLeft,
        isLive ? (
          <span>{follow.leftOf({ left: grant.openingsLeft, of: grant.openingsTotal })}</span>
        ) : (
          <span class="muted">{follow.grantStates[state]}</span>
        ),
        "n",
      )}
      <td {...roles.cell} class="span acts">
        {!isLive && mayOpenMore(grant) && (
          <Button size="small" icon={plus} onClick={() => onAsk({ what: "openings", grant })}>
            {follow.reopen}
            <span class="vh"> {name}</span>
          </Button>
        )}
        {isLive && (
          <Menu
            buttonClass="btn--icon btn--s"
            summary={
              <>
                <Icon of={dots} />
                <span class="vh">{follow.actionsFor({ name })}</span>
              </>
            }
          >
            {grant.delivery === "mail" && (
              <button class="menu__item" type="button" onClick={() => void actions.sendAgain(grant)}>
                <Icon of={again} />
                {follow.sendAgain}
              </button>
            )}
            <button class="menu__item" type="button" onClick={() => void actions.copyLink(grant)}>
              <Icon of={link} />
              {follow.copyLink}
            </button>
            <button
              class="menu__item"
              type="button"
              onClick={() =>
                void actions.linkOf(grant).then((found) => found && onAsk({ what: "link", grant, link: found }))
              }
            >
              <Icon of={qr} />
              {follow.showLink}
            </button>
            <button class="menu__item" type="button" onClick={() => onAsk({ what: "openings", grant })}>
              <Icon of={plus} />
              {follow.setOpenings}
            </button>
            <button class="menu__item" type="button" onClick={() => onAsk({ what: "expiry", grant })}>
              <Icon of={clock} />
              {follow.setExpiry}
            </button>
            <button class="menu__item" type="button" onClick={() => onAsk({ what: "correct", grant })}>
              <Icon of={pen} />
              {follow.correct}
            </button>
            <hr />
            <button class="menu__item menu__item--danger" type="button" onClick={() => void actions.revokeOne(grant)}>
              <Icon of={trash} />
              {follow.revokeOne}
            </button>
          </Menu>
        )}
      </td>
    </tr>
  );
}
