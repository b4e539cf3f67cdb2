/** Making a one-time secret (S1, S3): the text or a generated password, how often, how long, with a password of its own or without; then the link, once. */
import { PliError } from "@pli/core/errors";
import { LIMITS } from "@pli/core/wire";
import { useId, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { describedBy, Field, FieldFrame } from "../../kit/Field.tsx";
import { again, link as linkIcon } from "../../kit/icons.ts";
import "../../kit/field.css";
import "../shell/choice.css";
import "./secrets.css";
import { LinkRow } from "../compose/LinkRow.tsx";
import { useAttempt } from "../form/attempt.ts";
import { ChoiceField } from "../form/choices.tsx";
import { Form } from "../form/Form.tsx";
import { fullDateTime } from "../format.ts";
import { proposalRules } from "../keys/proposal.ts";
import { SecretField } from "../keys/SecretField.tsx";
import { callWorker } from "../keys/worker.ts";
import { language, words } from "../language.ts";
import { sayProblem } from "../problem.tsx";

const LIVES_MINUTES: readonly number[] = [5, 60, 24 * 60, 3 * 24 * 60, 7 * 24 * 60, 30 * 24 * 60];
const DAY_MINUTES = 24 * 60;

interface Made {
  readonly link: string;
  readonly views: number;
  readonly expiresAt: string;
}

export function NewSecret({ onMade }: { onMade: () => void }) {
  const { secrets } = words();
  const [made, setMade] = useState<Made>();
  const title = useRef<HTMLHeadingElement>(null);
  return (
    <section class="card card__in stack" aria-labelledby="new-secret">
      <h2 class="title--s" id="new-secret" tabIndex={-1} ref={title}>
        {made ? secrets.madeTitle : secrets.newTitle}
      </h2>
      {made ? (
        <>
          <p>{secrets.madeLead}</p>
          <ul>
            <LinkRow link={made.link} name={secrets.linkName} open />
          </ul>
          <p class="meta">{secrets.madeUntil({ views: made.views, date: fullDateTime(made.expiresAt) })}</p>
          <p>
            <Button onClick={() => setMade(undefined)}>{secrets.another}</Button>
          </p>
        </>
      ) : (
        <SecretForm
          onMade={(one) => {
            setMade(one);
            onMade();
            queueMicrotask(() => title.current?.focus());
          }}
        />
      )}
    </section>
  );
}

function SecretForm({ onMade }: { onMade: (made: Made) => void }) {
  const { secrets, shell } = words();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  const [bits, setBits] = useState<number>();
  const [views, setViews] = useState<number>(LIMITS.secretViewsDefault);
  const [minutes, setMinutes] = useState(LIMITS.secretExpiryDefaultHours * 60);
  const [password, setPassword] = useState("");
  const [reference, setReference] = useState("");
  const [tried, setTried] = useState(false);
  const { busy, error, attempt } = useAttempt();
  const isLong = error instanceof PliError && error.code === "limit_reached" && error.details.field === "text";
  const textFault = isLong ? secrets.textLong : tried && text === "" ? secrets.textMissing : undefined;
  const viewsFit = views >= LIMITS.secretViewsMin && views <= LIMITS.secretViewsMax;

  // on its way: what is typed meanwhile stands, and what is sent meanwhile waits for it
  const coming = useRef<Promise<string | undefined> | undefined>(undefined);
  const propose = () => {
    // in the reader's language: somebody may read it out
    const proposed = callWorker("propose", { language: language.value, words: 5, ...proposalRules() });
    const mine = proposed.then((one) => {
      if (coming.current !== mine) return;
      coming.current = undefined;
      setText(one.text);
      setBits(one.entropyBits);
      return one.text;
    });
    coming.current = mine;
    mine.catch(sayProblem);
  };
  const make = () =>
    void attempt(async () => {
      const given = (await coming.current?.catch(() => undefined)) ?? text;
      setTried(true);
      if (given === "") area.current?.focus();
      if (given === "" || !viewsFit) return;
      const expiresAt = new Date(Date.now() + minutes * 60_000).toISOString();
      const { link, item } = await callWorker("makeSecret", {
        ...{ text: given, views, expiresAt },
        password: password === "" ? undefined : password,
        reference: reference.trim() === "" ? undefined : reference.trim(),
      });
      onMade({ link, views: item.viewsTotal, expiresAt: item.expiresAt });
    });
  return (
    <Form error={isLong ? undefined : error} onSubmit={make}>
      <FieldFrame id={id} label={secrets.text} hint={secrets.textHint} error={textFault}>
        <textarea
          class="input secret-area"
          id={id}
          ref={area}
          rows={3}
          autocomplete="off"
          spellcheck={false}
          value={text}
          aria-invalid={textFault ? "true" : undefined}
          aria-describedby={describedBy(id, secrets.textHint, textFault)}
          onInput={(event) => {
            coming.current = undefined;
            setText(event.currentTarget.value);
            setBits(undefined);
          }}
        />
      </FieldFrame>
      <div class="row">
        <Button kind="quiet" size="small" icon={again} onClick={propose}>
          {secrets.generate}
        </Button>
        <p class="meta" role="status">
          {bits !== undefined && secrets.entropy({ bits })}
        </p>
      </div>
      <div class="pair">
        <Field
          label={secrets.views}
          hint={secrets.viewsHint}
          error={tried && !viewsFit ? secrets.viewsBad({ max: LIMITS.secretViewsMax }) : undefined}
          type="number"
          inputmode="numeric"
          min={LIMITS.secretViewsMin}
          max={LIMITS.secretViewsMax}
          value={Number.isNaN(views) ? "" : views}
          onInput={(event) => setViews(Math.trunc(event.currentTarget.valueAsNumber))}
        />
        <ChoiceField
          label={secrets.expires}
          options={LIVES_MINUTES.map((value) => ({ value, text: lifeText(value) }))}
          value={minutes}
          onChoice={setMinutes}
        />
      </div>
      <div class="pair">
        <SecretField
          label={secrets.password}
          optional={shell.optional}
          hint={secrets.passwordHint}
          autocomplete="off"
          value={password}
          onValue={setPassword}
        />
        <Field
          label={secrets.reference}
          optional={shell.optional}
          hint={secrets.referenceHint}
          maxlength={LIMITS.referenceCharacters}
          value={reference}
          onInput={(event) => setReference(event.currentTarget.value)}
        />
      </div>
      <p>
        <Button kind="primary" type="submit" icon={linkIcon} busy={busy}>
          {secrets.make}
        </Button>
      </p>
    </Form>
  );
}

function lifeText(minutes: number): string {
  const { secrets } = words();
  if (minutes > DAY_MINUTES) return secrets.days({ days: minutes / DAY_MINUTES });
  return minutes >= 60 ? secrets.hours({ hours: minutes / 60 }) : secrets.minutes({ minutes });
}
