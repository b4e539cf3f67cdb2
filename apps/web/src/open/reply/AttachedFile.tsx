/** A file of the reply: how far it is, and what one can do with it. */

import { shownName } from "@pli/client/shown-name";
import { formatSize } from "@pli/texts/format";
import type { Language } from "@pli/texts/languages";
import type { Reply as Words } from "@pli/texts/open/reply";
import { IconButton } from "../../kit/Button.tsx";
import { FileRow } from "../../kit/FileRow.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { again, alert, check, wifi, x } from "../../kit/icons.ts";
import type { ReplyFile } from "./reply-files.ts";

interface AttachedFileProps {
  t: Words;
  language: Language;
  one: ReplyFile;
  onRemove: (id: number) => void;
  onRetry: (file: ReplyFile) => void;
}

export function AttachedFile({ t, language, one, onRemove, onRetry }: AttachedFileProps) {
  const { id, file, state, doneBytes } = one;
  const name = shownName(file.name);
  const going = state === "sending" || state === "waiting";
  return (
    <FileRow
      name={name}
      meta={
        <>
          <span class="num">{formatSize(language, file.size)}</span>
          {state === "done" && (
            <span class="done-line">
              <Icon of={check} small />
              {t.ready}
            </span>
          )}
          {state === "waiting" && (
            <span class="wait-line">
              <Icon of={wifi} small />
              {t.waiting}
            </span>
          )}
          {(state === "failed" || state === "changed") && (
            <span class="bad-line">
              <Icon of={alert} small />
              {state === "changed" ? t.fileChanged : t.failed}
            </span>
          )}
        </>
      }
      actions={
        <>
          {state === "failed" && (
            <IconButton small icon={again} label={`${t.send} ${name}`} onClick={() => onRetry(one)} />
          )}
          <IconButton small icon={x} label={t.remove({ name })} onClick={() => onRemove(id)} />
        </>
      }
      progress={
        going
          ? {
              share: file.size > 0 ? doneBytes / file.size : 0,
              label: t.sending({ name }),
              paused: state === "waiting",
            }
          : undefined
      }
    />
  );
}
