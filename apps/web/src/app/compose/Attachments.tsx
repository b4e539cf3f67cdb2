/** Files of the message: sealed and sent while one writes, each with size, progress, speed, time left, pause, going on, removing (M1). */
import { previewKind } from "@pli/client";
import type { Ref } from "preact";
import { useRef } from "preact/hooks";
import { Button, IconButton } from "../../kit/Button.tsx";
import { FileRow, Files } from "../../kit/FileRow.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { alert, check, clip, eye, pause, play, x } from "../../kit/icons.ts";
import "../../kit/drop.css";
import "./attach.css";
import { duration, size } from "../format.ts";
import { words } from "../language.ts";
import { problemText, sayProblem } from "../problem.tsx";
import type { DraftFile, DraftFiles } from "./files.ts";
import { fromList } from "./picking.ts";
import { offerUndo } from "./undo.ts";

export interface AttachmentsProps {
  files: DraftFiles;
  onPick: () => void;
  onAdd: (list: FileList) => void;
  inputRef: Ref<HTMLInputElement>;
  onChange: () => void;
}

export function Attachments({ files, onPick, onAdd, onChange, inputRef }: AttachmentsProps) {
  const { compose } = words();
  const folder = useRef<HTMLInputElement>(null);
  const section = useRef<HTMLElement>(null);
  const remove = ({ attachmentId, name }: DraftFile, at: number) => {
    files.setAside(attachmentId);
    onChange();
    offerUndo(
      compose.removed({ name }),
      () => {
        files.bringBack(attachmentId);
        onChange();
      },
      () => void files.remove(attachmentId).catch(sayProblem),
    );
    // on what took its place, else on what adds another
    requestAnimationFrame(() => {
      const others = [...(section.current?.querySelectorAll<HTMLElement>("[data-remove]") ?? [])];
      const next =
        others[Math.min(at, others.length - 1)] ?? section.current?.querySelector<HTMLElement>(".drop button");
      next?.focus({ preventScroll: true });
    });
  };
  const present = files.list.value;
  const speed = present.reduce((sum, one) => sum + one.bytesPerSecond, 0);
  const left = present.reduce((sum, one) => sum + (one.state === "done" ? 0 : one.sizeBytes - one.doneBytes), 0);
  const done = present.reduce((sum, one) => sum + one.doneBytes, 0);
  return (
    <section class="attach" ref={section} aria-labelledby="attachments-title">
      {present.length > 0 && (
        <>
          <div class="row row--between">
            <h2 class="title--s" id="attachments-title">
              {compose.attachments}{" "}
              <span class="muted small num">
                {compose.attachmentsSize({ count: present.length, size: size(files.totalBytes()) })}
              </span>
            </h2>
            {/* a line of its own from the first to the last: what ends by itself moves nothing */}
            {present.length > 1 && (
              <p class="meta num attach__total">
                {present.every(({ state }) => state === "done") ? (
                  <Sealed />
                ) : left > 0 && speed > 0 ? (
                  compose.totalLeft({ done: size(done), left: duration(left / speed) })
                ) : (
                  "\u00a0"
                )}
              </p>
            )}
          </div>
          <Files>
            {present.map((file, at) => (
              <OneFile key={file.attachmentId} file={file} files={files} onRemove={() => remove(file, at)} />
            ))}
          </Files>
          {present.some(({ viewOnly }) => viewOnly) && <p class="meta">{compose.viewOnlyNote}</p>}
        </>
      )}
      {present.length === 0 && (
        <h2 class="vh" id="attachments-title">
          {compose.attachments}
        </h2>
      )}
      <div class="drop">
        <Icon of={clip} />
        <span>{compose.drop}</span>
        <Button size="small" onClick={onPick}>
          {compose.chooseFiles}
        </Button>
        <Button size="small" kind="quiet" onClick={() => folder.current?.click()}>
          {compose.chooseFolder}
        </Button>
        <input
          ref={inputRef}
          class="vh"
          type="file"
          multiple
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => {
            if (event.currentTarget.files) onAdd(event.currentTarget.files);
            event.currentTarget.value = "";
          }}
        />
        <input
          ref={(input) => {
            folder.current = input;
            input?.setAttribute("webkitdirectory", "");
          }}
          class="vh"
          type="file"
          multiple
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => {
            if (event.currentTarget.files) onAdd(event.currentTarget.files);
            event.currentTarget.value = "";
          }}
        />
      </div>
    </section>
  );
}

/** What stands under a file's name. */
function FileMeta({ file }: { file: DraftFile }) {
  const { compose } = words();
  return (
    <>
      <FileState file={file} />
      {file.viewOnly && <span>{compose.viewOnlyMark}</span>}
    </>
  );
}

function Sealed() {
  return (
    <span class="done-line">
      <Icon of={check} small />
      {words().compose.sealed}
    </span>
  );
}

function FileState({ file }: { file: DraftFile }) {
  const { compose } = words();
  const whole = <span class="num">{size(file.sizeBytes)}</span>;
  const bad = (text: string) => (
    <span class="bad-line">
      <Icon of={alert} small />
      {text}
    </span>
  );
  switch (file.state) {
    case "done":
      return (
        <>
          {whole}
          <Sealed />
        </>
      );
    case "queued":
      return (
        <>
          <span>{compose.waitingFile}</span>
          {whole}
        </>
      );
    case "again":
      return (
        <>
          {whole}
          {bad(file.mismatch ? compose.fileOther : file.handle ? compose.filePermission : compose.fileAgain)}
        </>
      );
    case "failed": {
      const changed = file.error?.code === "conflict" && file.error.details.state === "file_changed";
      return (
        <>
          {whole}
          {bad(changed ? compose.fileChanged : compose.failed({ why: problemText(file.error).title }))}
        </>
      );
    }
    default: {
      const remaining = file.bytesPerSecond > 0 ? (file.sizeBytes - file.doneBytes) / file.bytesPerSecond : 0;
      const notes = { paused: compose.paused, offline: compose.noNetwork, signed_out: compose.signedOut, running: "" };
      const note = notes[file.state];
      return (
        <>
          <span class="num">{compose.sizeOf({ done: size(file.doneBytes), size: size(file.sizeBytes) })}</span>
          {note && <span>{note}</span>}
          {!note && file.bytesPerSecond > 0 && (
            <>
              <span class="num attach__speed">{compose.speed({ size: size(file.bytesPerSecond) })}</span>
              <span class="num">{compose.left({ time: duration(remaining) })}</span>
            </>
          )}
        </>
      );
    }
  }
}

function OneFile({ file, files, onRemove }: { file: DraftFile; files: DraftFiles; onRemove: () => void }) {
  const { compose } = words();
  const input = useRef<HTMLInputElement>(null);
  const { name, attachmentId: id, state } = file;
  const moving = state === "running" || state === "offline" || state === "signed_out" || state === "queued";
  const choosable = state === "again" || state === "failed";
  return (
    <FileRow
      name={name}
      meta={<FileMeta file={file} />}
      progress={
        moving || state === "paused"
          ? {
              share: file.sizeBytes > 0 ? file.doneBytes / file.sizeBytes : 0,
              label: compose.sending({ name }),
              paused: state !== "running" && state !== "queued",
            }
          : undefined
      }
      actions={
        <>
          {moving && <IconButton small icon={pause} label={compose.pause({ name })} onClick={() => files.pause(id)} />}
          {state === "paused" && (
            <IconButton small icon={play} label={compose.resume({ name })} onClick={() => files.resume(id)} />
          )}
          {choosable && (
            <>
              {file.handle && state === "again" ? (
                <Button size="small" onClick={() => void files.readAgain(file)}>
                  {compose.allow}
                </Button>
              ) : (
                <Button size="small" onClick={() => input.current?.click()}>
                  {compose.chooseAgain}
                </Button>
              )}
              <input
                ref={input}
                class="vh"
                type="file"
                tabIndex={-1}
                aria-hidden="true"
                onChange={(event) => {
                  const [picked] = fromList(event.currentTarget.files ?? []);
                  if (picked) files.chooseAgain(id, picked);
                  event.currentTarget.value = "";
                }}
              />
            </>
          )}
          {(file.viewOnly || previewKind(name, "", file.sizeBytes)) && (
            <IconButton
              small
              icon={eye}
              label={compose.viewOnly({ name })}
              aria-pressed={file.viewOnly === true}
              onClick={() => {
                files.restrict(id, !file.viewOnly).catch(sayProblem);
              }}
            />
          )}
          <IconButton small icon={x} label={compose.removeFile({ name })} data-remove="" onClick={onRemove} />
        </>
      }
    />
  );
}
