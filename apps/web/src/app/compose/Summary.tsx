/**
 * Before sending (M10): who gets what, under which protection; addresses that look like others, people new to the member, many who will see
 * each other. "Send sealed" waits until every question is answered, and goes on by itself when the last file is sealed.
 */
import { PliError } from "@pli/core/errors";
import type { Delivery } from "@pli/core/wire";
import { LANGUAGE_NAMES } from "@pli/texts/languages";
import { useEffect, useRef, useState } from "preact/hooks";
import { Banner } from "../../kit/Banner.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Check } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { alert, key, link as linkIcon, lock, mail } from "../../kit/icons.ts";
import "../../kit/facts.css";
import type { SendResult } from "../../worker/app-drafts-sending.ts";
import { fullDateTime, size } from "../format.ts";
import { words } from "../language.ts";
import { Problem } from "../problem.tsx";
import { me } from "../session.ts";
import { nameOf, type Person, sameAddress } from "./addresses.ts";
import { type Draft, expiryOf, openingsOf } from "./draft.ts";
import { differences, lookAlike, lookAlikeDomain } from "./look-alike.ts";
import { knownPeople, loadPeople } from "./people.ts";
import { sendDraft } from "./sending.ts";

/** More who see each other's addresses than this are worth a question. */
const MANY = 10;

interface Named {
  person: Person;
  type: "to" | "cc" | "bcc";
}

export function Summary({
  draft,
  onClose,
  onSent,
}: {
  draft: Draft;
  onClose: () => void;
  onSent: (result: SendResult) => void;
}) {
  const { compose } = words();
  const protection = draft.protection.value;
  // fixed when the question is asked: trying again must order the same
  const [expiresAtMs] = useState(() => expiryOf(protection, Date.now()));
  const [right, setRight] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState(false);
  const [error, setError] = useState<unknown>();
  const abort = useRef(new AbortController());
  const files = draft.files.list.value;
  const waiting = draft.files.underway();
  const stuck = draft.files.unfinished() - waiting;
  const people: Named[] = [
    ...draft.to.value.map((person) => ({ person, type: "to" as const })),
    ...draft.cc.value.map((person) => ({ person, type: "cc" as const })),
    ...draft.bcc.value.map((person) => ({ person, type: "bcc" as const })),
  ];
  const known = [...knownPeople.value.map(({ address }) => address), me().address];
  const alike = people.filter(
    ({ person }) =>
      !right.has(person.address) && (lookAlike(person.address, known) || lookAlikeDomain(person.address, known)),
  );
  const open = people.length - draft.bcc.value.length;
  const question = alike[0];
  const openings = openingsOf(protection);

  useEffect(() => {
    void loadPeople();
    return () => abort.current.abort();
  }, []);
  useEffect(() => {
    if (people.length === 0) onClose();
  }, [people.length]);

  useEffect(() => {
    if (!wanted || waiting > 0) return;
    if (stuck > 0) {
      setWanted(false);
      return;
    }
    sendDraft(draft, expiresAtMs, abort.current.signal).then(onSent, (failure: unknown) => {
      setWanted(false);
      setError(failure);
    });
  }, [wanted, waiting, stuck]);

  const replace = (from: Person, to: Person | null) => {
    for (const list of [draft.to, draft.cc, draft.bcc]) {
      const twin = to && draft.people().some((one) => sameAddress(one.address, to.address));
      list.value = list.value.flatMap((one) => (one === from ? (to && !twin ? [to] : []) : [one]));
    }
    draft.touch();
  };
  const moveAll = () => {
    draft.bcc.value = [...draft.bcc.value, ...draft.to.value, ...draft.cc.value];
    draft.to.value = [];
    draft.cc.value = [];
    draft.touch();
  };

  return (
    <Dialog
      title={compose.summaryTitle({ count: people.length })}
      lead={
        <p>
          {compose.quoted({ text: draft.subject.value.trim() || compose.summaryNoSubject })}
          {files.length > 0 &&
            `, ${compose.summaryFiles({ count: files.length, size: size(draft.files.totalBytes()) })}`}
        </p>
      }
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {compose.backToMessage}
          </Button>
          <Button
            kind="primary"
            icon={lock}
            busy={wanted}
            disabled={stuck > 0}
            aria-disabled={question ? "true" : undefined}
            aria-describedby={question ? "why-not" : undefined}
            onClick={() => {
              if (question) return;
              setError(undefined);
              setWanted(true);
            }}
          >
            {wanted ? (waiting > 0 ? compose.sendWaiting : compose.sealing) : compose.sendSealed}
          </Button>
          {question && (
            <p class="meta dialog__why" id="why-not">
              {compose.alikeFirst({ name: nameOf(question.person) })}
            </p>
          )}
        </>
      }
    >
      {error !== undefined && !(error instanceof PliError && error.code === "cancelled") && (
        <Problem error={error} title={compose.sendFailedTitle} />
      )}
      {open > MANY && (
        <Banner kind="warn" title={compose.manyTitle({ count: open })}>
          <p>{compose.manyText}</p>
          <p>
            <Button size="small" onClick={moveAll}>
              {compose.manyMove}
            </Button>
          </p>
        </Banner>
      )}
      <ul class="who">
        {people.map(({ person, type }) => (
          <Recipient
            key={person.address}
            person={person}
            type={type}
            known={known}
            right={right.has(person.address)}
            delivery={protection.delivery}
            password={protection.password.on}
            onUse={(address) =>
              replace(person, knownPeople.peek().find((one) => one.address === address) ?? { address })
            }
            onRemove={() => replace(person, null)}
            onRight={(yes) => {
              const next = new Set(right);
              if (yes) next.add(person.address);
              else next.delete(person.address);
              setRight(next);
            }}
          />
        ))}
      </ul>
      <dl class="facts">
        <div>
          <dt>{compose.eachMayOpen}</dt>
          <dd>{compose.eachTimes({ count: openings, date: fullDateTime(expiresAtMs) })}</dd>
        </div>
        {protection.password.on && (
          <div>
            <dt>{compose.passwordBy}</dt>
            <dd>{compose.passwordByHow[protection.password.how]}</dd>
          </div>
        )}
        <div>
          <dt>{compose.summaryDelivery}</dt>
          <dd>{protection.delivery === "mail" ? compose.deliveryMail : compose.deliveryLink}</dd>
        </div>
        <div>
          <dt>{compose.summaryLanguage}</dt>
          <dd>{LANGUAGE_NAMES[protection.language]}</dd>
        </div>
      </dl>
      <p class="meta" role="status">
        {waiting > 0 ? compose.uploadsLeft({ count: waiting }) : ""}
      </p>
    </Dialog>
  );
}

function Recipient({
  person,
  type,
  known,
  right,
  delivery,
  password,
  onUse,
  onRemove,
  onRight,
}: {
  person: Person;
  type: Named["type"];
  known: readonly string[];
  right: boolean;
  delivery: Delivery;
  password: boolean;
  onUse: (address: string) => void;
  onRemove: () => void;
  onRight: (yes: boolean) => void;
}) {
  const { compose, shell } = words();
  const { address } = person;
  const whole = lookAlike(address, known);
  const domain = whole ? null : lookAlikeDomain(address, known);
  const like = whole ?? (domain && `${address.slice(0, address.lastIndexOf("@") + 1)}${domain}`);
  const fresh = !known.some((one) => sameAddress(one, address));
  const outside = !sameAddress(address.split("@")[1] ?? "", me().address.split("@")[1] ?? "");
  return (
    <li class={like && !right ? "alert" : ""}>
      <p>
        <b>{nameOf(person)}</b>{" "}
        {type !== "to" && (
          <span class="badge badge--type">{type === "cc" ? compose.copyBadge : compose.blindBadge}</span>
        )}
        {person.name && (
          <>
            <br />
            <span class="meta addr">{address}</span>
          </>
        )}
      </p>
      <p class="who__what">
        <span>
          <Icon of={delivery === "mail" ? mail : linkIcon} small />
          {delivery === "mail" ? compose.mailboxCode : compose.linkOnly}
        </span>
        {password && (
          <span>
            <Icon of={key} small />
            {compose.withPassword}
          </span>
        )}
        {fresh && !like && <span>{compose.firstTime}</span>}
        {fresh && outside && <span>{compose.outside}</span>}
      </p>
      {like && (
        <div class="stack stack--s">
          <p class="row row--nowrap">
            <Icon of={alert} />
            <b>{compose.alikeTitle}</b>
          </p>
          <div class="alike">
            <div>
              <span>{compose.alikeTyped}</span>
              <span>
                {differences(address, like).map(({ text, differs }) =>
                  differs ? <mark key={text}>{text}</mark> : text,
                )}
              </span>
            </div>
            <div>
              <span>{compose.alikeKnown}</span>
              <span>{whole ?? `@${domain}`}</span>
            </div>
          </div>
          <p class="small">{compose.alikeText}</p>
          {!right && (
            <div class="row">
              <Button size="small" onClick={() => onUse(like)}>
                {compose.alikeUse}
              </Button>
              <Button kind="quiet" size="small" onClick={onRemove}>
                {shell.remove}
              </Button>
            </div>
          )}
          <Check
            label={compose.alikeRight}
            checked={right}
            onChange={(event) => onRight(event.currentTarget.checked)}
          />
        </div>
      )}
    </li>
  );
}
