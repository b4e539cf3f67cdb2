/**
 * Before sending (M10): who gets what, under which protection and in which language; what is odd about whom (review.ts), many who will see
 * each other. "Send sealed" waits until every question is answered, and goes on by itself when the last file is sealed.
 */
import { PliError } from "@pli/core/errors";
import { isMobileForm } from "@pli/core/wire";
import { LANGUAGE_NAMES } from "@pli/texts/languages";
import { useEffect, useRef, useState } from "preact/hooks";
import { Banner } from "../../kit/Banner.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Check } from "../../kit/Field.tsx";
import { lock } from "../../kit/icons.ts";
import "../../kit/facts.css";
import "./summary.css";
import type { SendResult } from "../../worker/app-drafts-sending.ts";
import { fullDateTime, size } from "../format.ts";
import { words } from "../language.ts";
import { Problem } from "../problem.tsx";
import { loadAccount, me } from "../session.ts";
import { nameOf, type Person, sameAddress } from "./addresses.ts";
import { type Draft, expiryOf, numberOf, openingsOf, usesSms } from "./draft.ts";
import { obey } from "./obey.ts";
import { knownOf } from "./people.ts";
import { crowd } from "./review.ts";
import { reviewWords } from "./review-words.ts";
import { SummaryRecipient } from "./SummaryRecipient.tsx";
import { languageFor, sendDraft } from "./sending.ts";
import { useReview } from "./use-review.ts";

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
  const [sealed, setSealed] = useState(0);
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
  const reviewed = useReview(people.map(({ person }) => person));
  const question = people.find(({ person }) => !right.has(person.address) && reviewed.doubtsOf(person).length > 0);
  const many = crowd([...draft.to.value, ...draft.cc.value], me().address);
  const [manyRight, setManyRight] = useState(false);
  const whyNot = question
    ? compose.alikeFirst({ name: nameOf(question.person) })
    : many && !manyRight
      ? reviewWords.words().crowdFirst
      : reviewed.isDone
        ? undefined
        : reviewWords.words().checking;
  const openings = openingsOf(protection);

  useEffect(() => {
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
    sendDraft(draft, expiresAtMs, abort.current.signal, setSealed).then(onSent, (failure: unknown) => {
      setWanted(false);
      setError(failure);
      // the settings changed since the page was loaded: back there, it shows and keeps them
      if (failure instanceof PliError && failure.code === "policy_refused") {
        void loadAccount().then(
          () => (draft.protection.value = obey(draft.protection.peek())),
          () => undefined,
        );
      }
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
            aria-disabled={whyNot ? "true" : undefined}
            aria-describedby={whyNot ? "why-not" : undefined}
            onClick={() => {
              if (whyNot) return;
              setError(undefined);
              setSealed(0);
              setWanted(true);
            }}
          >
            {wanted ? (waiting > 0 ? compose.sendWaiting : compose.sealing) : compose.sendSealed}
          </Button>
          {wanted && waiting === 0 && protection.password.on && people.length > 1 && (
            <p class="meta dialog__why">{reviewWords.words().sealedFor({ done: sealed, count: people.length })}</p>
          )}
          {whyNot && (
            <p class="meta dialog__why" id="why-not">
              {whyNot}
            </p>
          )}
        </>
      }
    >
      {error !== undefined && !(error instanceof PliError && error.code === "cancelled") && (
        <Problem error={error} title={compose.sendFailedTitle} />
      )}
      {many && (
        <Banner kind="warn" title={compose.manyTitle({ count: many.people })}>
          <p>
            {many.domains > 1 && `${reviewWords.words().crowdDomains({ count: many.domains })} `}
            {compose.manyText}
          </p>
          <p>
            <Button size="small" onClick={moveAll}>
              {compose.manyMove}
            </Button>
          </p>
          <Check
            label={reviewWords.words().crowdRight}
            checked={manyRight}
            onChange={(event) => setManyRight(event.currentTarget.checked)}
          />
        </Banner>
      )}
      <ul class="who">
        {people.map(({ person, type }) => (
          <SummaryRecipient
            key={person.address}
            person={person}
            type={type}
            isNew={reviewed.isNew(person)}
            doubts={reviewed.doubtsOf(person)}
            language={languageFor(person, protection)}
            usualLanguage={protection.language}
            right={right.has(person.address)}
            delivery={protection.delivery}
            password={protection.password.on}
            smsCode={protection.smsCode || isMobileForm(person.address)}
            number={usesSms(protection) ? numberOf(person, protection) : null}
            onUse={(address, name) => replace(person, { address, name: knownOf(address)?.name ?? name })}
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
        {protection.protect === "attachments" && (
          <div>
            <dt>{compose.protectWhat}</dt>
            <dd>
              {compose.protectAttachments}
              <small>
                {compose.protectClear}. {compose.protectClearText}
              </small>
            </dd>
          </div>
        )}
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
          <dd>
            {{ mail: compose.deliveryMail, sms: compose.deliverySms, link: compose.deliveryLink }[protection.delivery]}
          </dd>
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
