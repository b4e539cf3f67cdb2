/** The files of an opened message: look at one in the page, download one; each verified to its end (M14). */
import type { Manifest } from "@pli/core/sealing";
import { type Files as FileWords, loadFiles } from "@pli/texts/open/files";
import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import { Button, IconButton } from "../../kit/Button.tsx";
import { FileRow, Files } from "../../kit/FileRow.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { alert, check, down, x } from "../../kit/icons.ts";
import type { PreviewProps } from "../../kit/preview/Preview.tsx";
import { previewKind } from "../../kit/preview/preview-kind.ts";
import { shownName } from "../../open/reading/file-names.ts";
import { size } from "../format.ts";
import { callWorker } from "../keys/worker.ts";
import { language, words } from "../language.ts";
import { problemText, sayProblem } from "../problem.tsx";
import { type Download, useDownloads } from "./downloads.ts";

interface AttachedProps {
  envelopeId: string;
  manifest: Manifest;
  level: "h2" | "h3";
}

interface Shown {
  at: number;
  Preview: ComponentType<PreviewProps>;
  words: FileWords["preview"];
}

export function Attached({ envelopeId, manifest, level: Heading }: AttachedProps) {
  const { received } = words();
  const { attachments } = manifest;
  const { downloads, start, stop } = useDownloads(envelopeId, attachments);
  const [shown, setShown] = useState<Shown>();
  const total = attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

  async function look(at: number) {
    if (shown?.at === at) return setShown(undefined);
    const [{ Preview }, { preview }] = await Promise.all([
      import("../../kit/preview/Preview.tsx"),
      loadFiles[language.value](),
    ]);
    setShown({ at, Preview, words: preview });
  }

  return (
    <section class="stack stack--s" aria-labelledby={`files-${envelopeId}`}>
      <Heading class="title--s" id={`files-${envelopeId}`}>
        {received.attachments({ count: attachments.length })} <span class="muted small num">{size(total)}</span>
      </Heading>
      <Files>
        {attachments.map((attachment, at) => {
          const { name: given, mediaType, sizeBytes } = attachment;
          const name = shownName(given);
          const download = downloads.get(at);
          const running = download?.state === "running";
          const kind = previewKind(given, mediaType, sizeBytes);
          const isShown = shown?.at === at;
          return (
            <>
              <FileRow
                key={attachment.parts.join()}
                name={name}
                meta={<Meta sizeBytes={sizeBytes} download={download} />}
                progress={
                  running
                    ? {
                        share: sizeBytes > 0 ? download.doneBytes / sizeBytes : 0,
                        label: received.downloading({ name }),
                      }
                    : undefined
                }
                actions={
                  <>
                    {kind && (
                      <Button
                        kind="quiet"
                        size="small"
                        aria-expanded={isShown}
                        onClick={() => void look(at).catch(sayProblem)}
                      >
                        {isShown ? received.hidePreview : received.preview}
                        <span class="vh"> {name}</span>
                      </Button>
                    )}
                    {running ? (
                      <IconButton small icon={x} label={received.stop({ name })} onClick={() => stop(at)} />
                    ) : (
                      <IconButton small icon={down} label={received.download({ name })} onClick={() => start(at)} />
                    )}
                  </>
                }
              />
              {isShown && kind && (
                <li class="file__preview" key={`preview ${at}`}>
                  <shown.Preview
                    words={shown.words}
                    language={language.value}
                    read={(limitBytes, signal) =>
                      callWorker("preview", { envelopeId, attachment: at, limitBytes }, { signal })
                    }
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
    </section>
  );
}

function Meta({ sizeBytes, download }: { sizeBytes: number; download: Download | undefined }) {
  const { received } = words();
  return (
    <>
      <span class="num">
        {download?.state === "running"
          ? received.sizeOf({ done: size(download.doneBytes), size: size(sizeBytes) })
          : size(sizeBytes)}
      </span>
      {download?.state === "done" && (
        <span class="done-line">
          <Icon of={check} small />
          {received.verified}
        </span>
      )}
      {download?.state === "failed" && (
        <span class="bad-line">
          <Icon of={alert} small />
          {download.error?.code === "integrity" ? received.broken : problemText(download.error).title}
        </span>
      )}
    </>
  );
}
