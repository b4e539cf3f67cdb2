/** The page to write (M1 to M10): people, subject, text, files beside the protection; saved as one writes; review, then send. */
import { PliError } from "@pli/core/errors";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Banner } from "../../kit/Banner.tsx";
import { Button } from "../../kit/Button.tsx";
import { confirm } from "../dialogs.tsx";
import { time } from "../format.ts";
import { lookAtKeys, requireKeys } from "../keys/keys.ts";
import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { lazy } from "../lazy.tsx";
import { Skeleton } from "../loading.tsx";
import { online } from "../online.ts";
import { Problem, sayProblem } from "../problem.tsx";
import { guardLeaving, navigate, rename } from "../router.ts";
import { loadSmsFacts } from "../sms/facts.ts";
import { say } from "../toasts.tsx";
import { Attachments } from "./Attachments.tsx";
import { findFaults, listFaults } from "./checks.ts";
import "../../kit/letter.css";
import "./compose.css";
import "./line.css";
import { createDraft, type Draft } from "./draft.ts";
import { EditorPane } from "./EditorPane.tsx";
import type { Picked } from "./files.ts";
import { ProtectionPanel } from "./ProtectionPanel.tsx";
import { loadPeople } from "./people.ts";
import { fromList, pickFiles } from "./picking.ts";
import { useDrop, useReviewKey } from "./place.ts";
import { RecipientField } from "./RecipientField.tsx";
import { reviewWords } from "./review-words.ts";
import { SendBar } from "./SendBar.tsx";
import { loadSuspicion } from "./suspicion.ts";
import { endUndo } from "./undo.ts";

const loadSummary = () => Promise.all([import("./Summary.tsx"), reviewWords.load()]);
const Summary = lazy(() => loadSummary().then(([chunk]) => chunk.Summary));

/** @param draftId of a kept draft; empty for a new one, which gets its address when there is something to keep */
export function Compose({ draftId }: { draftId: string }) {
  const [draft] = useState(() => createDraft(draftId || crypto.randomUUID()));
  const [ready, setReady] = useState(false);
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let gone = false;
    // the worker must know whose drafts it keeps
    const opened = lookAtKeys().then(() => draft.open());
    // what the server offers shapes the page: known before it stands, nothing moves when the answer comes
    Promise.all([opened, loadSmsFacts()]).then(() => !gone && setReady(true), setError);
    return () => {
      gone = true;
      endUndo();
      void draft.close().catch(() => undefined);
    };
  }, []);
  const { compose, shell } = words();
  useEffect(() => {
    document.title = `${draftId ? compose.draftTitle : compose.title} · Pli`;
  });
  if (error instanceof PliError && error.details.state === "open_elsewhere")
    return (
      <Banner kind="warn" title={compose.elsewhereTitle}>
        <p>{compose.elsewhereText}</p>
        <p>
          <Button size="small" onClick={() => location.reload()}>
            {shell.retry}
          </Button>
        </p>
      </Banner>
    );
  if (error !== undefined) return <Problem error={error} retry={() => location.reload()} />;
  if (!ready) return <Skeleton lines={10} />;
  return <Writing draft={draft} isNew={draftId === ""} />;
}

function Writing({ draft, isNew }: { draft: Draft; isNew: boolean }) {
  const { compose, shell } = words();
  const [tried, setTried] = useState(false);
  const [reviewing, setReviewing] = useState(false);
  const [showCc, setShowCc] = useState(draft.cc.peek().length > 0);
  const [showBcc, setShowBcc] = useState(draft.bcc.peek().length > 0);
  const fileInput = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const faults = findFaults(draft);
  const shown = tried ? faults : { panel: {} };

  useEffect(() => {
    // what is needed later comes when the page stands, and is asked for again then
    void loadPeople().then(() => Promise.all([loadSuspicion(), loadSummary()]).catch(() => undefined));
    form.current?.querySelector<HTMLElement>("#to")?.focus({ preventScroll: true });
    const hidden = () => {
      if (document.visibilityState === "hidden") void draft.saveNow();
    };
    document.addEventListener("visibilitychange", hidden);
    return () => document.removeEventListener("visibilitychange", hidden);
  }, []);

  const saveState = draft.saveState.value;
  useLayoutEffect(() => {
    // a new draft gets its own address with the first thing written, so that Back and a reload find it again, however soon one leaves
    if (isNew && saveState !== "empty") rename(`/app/write/${draft.draftId}`);
  }, [saveState]);

  const underway = draft.files.underway() > 0;
  const unsaved = saveState === "failed";
  useEffect(() => {
    if (!underway && !unsaved) return undefined;
    return guardLeaving(async () => {
      if (unsaved) await draft.saveNow();
      if (draft.files.underway() === 0 && draft.saveState.peek() !== "failed") return true;
      return confirm({
        title: compose.leaveTitle,
        text: draft.saveState.peek() === "failed" ? compose.saveFailed : compose.leaveText,
        back: compose.leaveStay,
        action: compose.leaveGo,
      });
    });
  }, [underway, unsaved]);

  const add = (picked: readonly Picked[]) => {
    if (picked.length === 0) return;
    const [twin] = draft.files.add(picked);
    if (twin) say(compose.sameFile({ name: twin }));
    draft.touch();
  };
  const pick = () => void pickFiles(fileInput.current).then(add, sayProblem);
  const review = async () => {
    setTried(true);
    if (listFaults(findFaults(draft)).length > 0) {
      queueMicrotask(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    if (await requireKeys()) setReviewing(true);
  };
  const remove = async () => {
    const hasFiles = draft.files.list.peek().length > 0;
    const sure =
      draft.isEmpty() ||
      (await confirm({
        title: compose.deleteTitle,
        text: hasFiles ? compose.deleteText : compose.deleteEmptyText,
        back: compose.keepDraft,
        action: compose.deleteDraft,
        danger: true,
      }));
    if (!sure) return;
    draft.end();
    await callWorker("deleteDraft", { draftId: draft.draftId }).catch(sayProblem);
    await navigate("/app/sent/drafts");
  };
  const changed = () => draft.touch();
  const place = useRef<HTMLDivElement>(null);
  const dragging = useDrop(place, add);
  useReviewKey(place, () => void review());

  return (
    <div ref={place} class={dragging ? "dropping" : ""} data-drop={compose.dropNow}>
      <div class="row row--between compose__head">
        <h1 class="title">{isNew ? compose.title : compose.draftTitle}</h1>
        {/* seen, not spoken at every pause; a failure is */}
        <p class="meta">
          {(saveState === "saving" || saveState === "pending") && compose.saving}
          {saveState === "saved" && compose.savedAt({ time: time(draft.savedAtMs.value) })}
          <span role="status">
            {saveState === "failed" && compose.saveFailed}
            {!online.value && ` · ${shell.offlineTitle}`}
          </span>
        </p>
      </div>
      <form
        ref={form}
        class="compose"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void review();
        }}
      >
        <section class="sheet compose__letter" aria-label={compose.message}>
          <div class="lines">
            <RecipientField
              id="to"
              label={compose.to}
              people={draft.to}
              all={draft.people}
              error={shown.to}
              onChange={changed}
            />
            {showCc && (
              <RecipientField id="cc" label={compose.cc} people={draft.cc} all={draft.people} onChange={changed} />
            )}
            {showBcc && (
              <RecipientField
                id="bcc"
                label={compose.bcc}
                people={draft.bcc}
                all={draft.people}
                note={compose.bccNote}
                onChange={changed}
              />
            )}
            {(!showCc || !showBcc) && (
              <div class="line line--more">
                <span />
                <div class="row row--tight">
                  {!showCc && (
                    <Button kind="quiet" size="small" onClick={() => openLine(setShowCc, "cc")}>
                      {compose.addCc}
                    </Button>
                  )}
                  {!showBcc && (
                    <Button kind="quiet" size="small" onClick={() => openLine(setShowBcc, "bcc")}>
                      {compose.addBcc}
                    </Button>
                  )}
                </div>
              </div>
            )}
            <div class="line">
              <label class="line__label" for="subject">
                {compose.subject}
              </label>
              <div class="line__in">
                <input
                  class="bare bare--subject"
                  id="subject"
                  type="text"
                  autocomplete="off"
                  maxlength={500}
                  placeholder={compose.subjectPlaceholder}
                  value={draft.subject.value}
                  aria-invalid={shown.subject ? "true" : undefined}
                  aria-describedby="subject-error"
                  onInput={(event) => {
                    draft.subject.value = event.currentTarget.value;
                    changed();
                  }}
                />
                <div class="line__note" id="subject-error" role="alert">
                  {shown.subject && <p class="field__error">{shown.subject}</p>}
                </div>
              </div>
            </div>
          </div>
          <EditorPane
            html={draft.html.peek()}
            error={shown.text}
            onHtml={(html) => {
              draft.html.value = html;
              changed();
            }}
            onAttach={pick}
            onFiles={(files) => add(fromList(files))}
          />
          <Attachments
            files={draft.files}
            inputRef={fileInput}
            onPick={pick}
            onAdd={(files) => add(fromList(files))}
            onChange={changed}
          />
        </section>
        <ProtectionPanel draft={draft} errors={shown.panel} />
        <SendBar draft={draft} faults={tried ? listFaults(faults) : []} onDelete={() => void remove()} />
      </form>
      {reviewing && (
        <Summary
          draft={draft}
          onClose={() => setReviewing(false)}
          onSent={({ envelopeId }) => {
            setReviewing(false);
            const byLink = draft.protection.peek().delivery === "link";
            void navigate(byLink ? `/app/sent/${envelopeId}` : "/app/sent");
          }}
        />
      )}
    </div>
  );
}

function openLine(show: (shown: boolean) => void, id: string): void {
  show(true);
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}
