/** The files of a message: look at one, download one, or all as a ZIP; pause, go on; "complete and verified" only when it is (M14). */
import { isTooBigToShow, previewKind } from "@pli/client/open";
import { shownName } from "@pli/client/shown-name";
import type { ManifestAttachment } from "@pli/core/sealing";
import { formatDuration, formatShortDateTime, formatSize } from "@pli/texts/format";
import type { Language } from "@pli/texts/languages";
import { loadFiles, type Files as Words } from "@pli/texts/open/files";
import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { FileRow, Files } from "../../kit/FileRow.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { again, alert, check, down, pause, play, wifi, x } from "../../kit/icons.ts";
import type { PreviewProps } from "../../kit/preview/Preview.tsx";
import { useTexts } from "../language.ts";
import { type Download, type FileDoors, useDownloads, type What } from "./downloads.ts";

export interface AttachmentsProps {
  language: Language;
  attachments: readonly ManifestAttachment[];
  doors: FileDoors;
  /** Whose eyes what is to look at only is for: it stands over it, with the time (M15). Absent: nothing is held back, it is one's own. */
  readerAddress?: string | undefined;
  level?: "h2" | "h3";
}

export function Attachments(props: AttachmentsProps) {
  const words = useTexts(loadFiles, props.language);
  return words ? <FileList {...props} words={words} /> : null;
}

function FileList(props: AttachmentsProps & { words: Words }) {
  const { words, language, doors, readerAddress, level: Heading = "h2" } = props;
  const [id] = useState(() => `files-${crypto.randomUUID()}`);
  const attachments: readonly ManifestAttachment[] =
    readerAddress === undefined ? props.attachments.map(({ restriction: _own, ...free }) => free) : props.attachments;
  const [said, setSaid] = useState("");
  const [shown, setShown] = useState<{
    index: number;
    mark?: string[] | undefined;
    Preview: ComponentType<PreviewProps>;
  }>();
  const [risky, setRisky] = useState<What>();
  const t = words.files;
  const nameOf = (what: What) => (what === "all" ? `${t.allName}.zip` : shownName(attachments[what]?.name ?? ""));
  const files = useDownloads(doors, attachments, t.allName, (what, state) => {
    const name = nameOf(what);
    setSaid(state === "done" ? t.announceDone({ name }) : t.announceFailed({ name }));
  });
  const total = attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const all = files.downloads.get("all");
  const start = (what: What) => (files.isRisky(what) ? setRisky(what) : files.start(what));

  async function look(index: number) {
    if (shown?.index === index) return setShown(undefined);
    const { Preview } = await import("../../kit/preview/Preview.tsx");
    const isMarked = attachments[index]?.restriction && readerAddress !== undefined;
    const mark = isMarked ? [readerAddress, formatShortDateTime(language, Date.now())] : undefined;
    setShown({ index, mark, Preview });
  }

  return (
    <section class="stack stack--s" aria-labelledby={id}>
      <div class="row row--between">
        <Heading class="title--s" id={id}>
          {t.title({ count: attachments.length })} <span class="muted small num">{formatSize(language, total)}</span>
        </Heading>
        {!all && attachments.filter(({ restriction }) => !restriction).length > 1 && (
          <Button kind="quiet" size="small" icon={down} onClick={() => start("all")}>
            {t.all}
          </Button>
        )}
      </div>
      <Files>
        {all && (
          <FileRow
            name={nameOf("all")}
            meta={<Meta words={words} language={language} sizeBytes={files.bytesOf("all")} download={all} />}
            actions={
              <Controls words={words} name={nameOf("all")} what="all" files={files} start={start} download={all} />
            }
            progress={progressOf(words, nameOf("all"), all)}
          />
        )}
        {attachments.map(({ name: given, sizeBytes, mediaType, restriction }, index) => {
          const name = shownName(given);
          const download = files.downloads.get(index);
          const kind = previewKind(given, mediaType, sizeBytes);
          const isShown = shown?.index === index;
          return (
            <>
              <FileRow
                key={index}
                name={name}
                meta={
                  <>
                    <Meta words={words} language={language} sizeBytes={sizeBytes} download={download} />
                    {restriction && <span>{kind ? t.viewOnly : t.viewOnlyNot}</span>}
                    {!restriction && isTooBigToShow(given, mediaType, sizeBytes) && <span>{t.tooBig}</span>}
                  </>
                }
                actions={
                  <>
                    {kind && (
                      <Button kind="quiet" size="small" aria-expanded={isShown} onClick={() => void look(index)}>
                        {isShown ? t.hidePreview : restriction ? t.show : t.preview}
                        <span class="vh"> {name}</span>
                      </Button>
                    )}
                    {!restriction && (
                      <Controls
                        words={words}
                        name={name}
                        what={index}
                        files={files}
                        start={start}
                        download={download}
                      />
                    )}
                  </>
                }
                progress={progressOf(words, name, download)}
              />
              {isShown && kind && (
                <li class="file__preview">
                  <shown.Preview
                    words={words.preview}
                    language={language}
                    key={index}
                    read={async (limitBytes, options) => {
                      const blob = await doors.preview({ attachment: index, limitBytes }, options);
                      return blob ?? new Blob();
                    }}
                    mark={shown.mark}
                    name={name}
                    kind={kind}
                    sizeBytes={sizeBytes}
                  />
                </li>
              )}
            </>
          );
        })}
      </Files>
      <p class="vh" role="status">
        {said}
      </p>
      {risky !== undefined && (
        <Dialog
          title={t.bigTitle}
          lead={<p>{t.bigText({ size: formatSize(language, files.bytesOf(risky)) })}</p>}
          onClose={() => setRisky(undefined)}
          actions={
            <>
              <Button kind="quiet" onClick={() => setRisky(undefined)}>
                {t.bigBack}
              </Button>
              <Button
                kind="primary"
                onClick={() => {
                  files.start(risky);
                  setRisky(undefined);
                }}
              >
                {t.bigGo}
              </Button>
            </>
          }
        />
      )}
    </section>
  );
}

function progressOf(words: Words, name: string, download: Download | undefined) {
  if (!download || download.state === "done" || download.state === "failed") return undefined;
  const share = download.totalBytes > 0 ? download.doneBytes / download.totalBytes : 0;
  return { share, label: words.files.downloading({ name }), paused: download.state !== "running" };
}

interface MetaProps {
  words: Words;
  language: Language;
  sizeBytes: number;
  download: Download | undefined;
}

function Meta({ words, language, sizeBytes, download }: MetaProps) {
  const t = words.files;
  const size = (bytes: number) => formatSize(language, bytes);
  if (!download || download.state === "done" || download.state === "failed") {
    return (
      <>
        <span class="num">{size(sizeBytes)}</span>
        {download?.state === "done" && (
          <span class="done-line">
            <Icon of={check} small />
            {t.done}
          </span>
        )}
        {download?.state === "failed" && (
          <span class="bad-line">
            <Icon of={alert} small />
            {failureOf(words, download.code)}
          </span>
        )}
      </>
    );
  }
  const { doneBytes, totalBytes, bytesPerSecond, state } = download;
  return (
    <>
      <span class="num">{t.progress({ done: size(doneBytes), total: size(totalBytes) })}</span>
      {state === "paused" && <span>{t.paused}</span>}
      {state === "waiting" && (
        <span class="wait-line">
          <Icon of={wifi} small />
          {t.waiting}
        </span>
      )}
      {state === "running" && doneBytes >= totalBytes && <span>{t.verifying}</span>}
      {state === "running" && doneBytes < totalBytes && bytesPerSecond > 0 && (
        <>
          <span class="num">{t.speed({ size: size(bytesPerSecond) })}</span>
          <span class="num">
            {t.left({ wait: formatDuration(language, (totalBytes - doneBytes) / bytesPerSecond) })}
          </span>
        </>
      )}
    </>
  );
}

function failureOf(words: Words, code: string | undefined): string {
  const t = words.files;
  if (code === "integrity") return t.changed;
  if (code === "storage_full") return t.noRoom;
  if (code === "opening_required") return t.ended;
  return t.failed;
}

interface ControlsProps {
  words: Words;
  name: string;
  what: What;
  files: ReturnType<typeof useDownloads>;
  start: (what: What) => void;
  download: Download | undefined;
}

function Controls({ words, name, what, files, start, download }: ControlsProps) {
  const t = words.files;
  switch (download?.state) {
    case undefined:
      return <IconButton small icon={down} label={t.download({ name })} onClick={() => start(what)} />;
    case "done":
      return <IconButton small icon={down} label={t.downloadAgain({ name })} onClick={() => start(what)} />;
    case "failed":
      return (
        <Button kind="quiet" size="small" icon={again} onClick={() => start(what)}>
          {t.again}
          <span class="vh"> {name}</span>
        </Button>
      );
    default:
      return (
        <>
          {download?.state === "paused" ? (
            <IconButton small icon={play} label={t.resume({ name })} onClick={() => files.resume(what)} />
          ) : (
            <IconButton small icon={pause} label={t.pause({ name })} onClick={() => files.pause(what)} />
          )}
          <IconButton small icon={x} label={t.cancel({ name })} onClick={() => files.stop(what)} />
        </>
      );
  }
}
