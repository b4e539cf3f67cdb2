/**
 * A look at an attachment in the page: a picture, the pages of a PDF, the beginning of a text, a sound, a film. Loaded when asked for; reads
 * by what it is given. What is to look at only bears a watermark, and nothing here offers to take it along (M14, M15).
 */
import { type PreviewKind, TEXT_BYTES, viewedType } from "@pli/client/open";
import { formatSize } from "@pli/texts/format";
import type { Language } from "@pli/texts/languages";
import type { Files } from "@pli/texts/open/files";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { MarkedBox, MarkedImage } from "./Marked.tsx";
import { Media } from "./Media.tsx";
import type { PdfPagesProps } from "./PdfPages.tsx";
import "./preview.css";

export interface PreviewProps {
  words: Files["preview"];
  language: Language;
  /** The beginning of the file, up to `limitBytes`; a file that is not longer is whole and verified. */
  read: (
    limitBytes: number,
    options: { signal: AbortSignal; onEvent: (event: { doneBytes: number }) => void },
  ) => Promise<Blob>;
  name: string;
  kind: PreviewKind;
  sizeBytes: number;
  /** To look at only: what stands across it. */
  mark?: readonly string[] | undefined;
}

type Content =
  | { kind: "image" | "audio" | "video"; url: string }
  | { kind: "text"; text: string; cut: boolean }
  | { kind: "pdf"; bytes: Uint8Array; PdfPages: ComponentType<PdfPagesProps> };

/** From here on one waits long enough to be told how far it is. */
const LONG_BYTES = 4_000_000;

export function Preview({ words, language, read, name, kind, sizeBytes, mark }: PreviewProps) {
  const [content, setContent] = useState<Content | "failed">();
  const [doneBytes, setDoneBytes] = useState(0);

  useEffect(() => {
    const abort = new AbortController();
    let url = "";
    async function load(): Promise<Content> {
      const limitBytes = kind === "text" ? TEXT_BYTES : sizeBytes;
      const onEvent = (event: { doneBytes: number }) => setDoneBytes(event.doneBytes);
      const blob = await read(limitBytes, { signal: abort.signal, onEvent });
      if (kind === "image" || kind === "audio" || kind === "video") {
        url = URL.createObjectURL(blob.slice(0, blob.size, viewedType(name)));
        return { kind, url };
      }
      const bytes = new Uint8Array(await blob.arrayBuffer());
      if (kind === "text") return { kind, text: decode(bytes), cut: sizeBytes > limitBytes };
      const { PdfPages } = await import("./PdfPages.tsx");
      return { kind, bytes, PdfPages };
    }
    load().then(
      (loaded) => !abort.signal.aborted && setContent(loaded),
      () => !abort.signal.aborted && setContent("failed"),
    );
    return () => {
      abort.abort();
      if (url) URL.revokeObjectURL(url);
    };
  }, [kind, name, sizeBytes]);

  const onFailed = () => setContent("failed");
  if (content === "failed") return <p class="preview__word">{mark ? words.failedViewOnly : words.failed}</p>;
  if (!content) {
    return (
      <p class="preview__word">
        <span role="status">{words.loading}</span>
        {sizeBytes > LONG_BYTES && kind !== "text" && (
          <span class="num">
            {" "}
            {words.progress({ done: formatSize(language, doneBytes), total: formatSize(language, sizeBytes) })}
          </span>
        )}
      </p>
    );
  }
  if (content.kind === "pdf") {
    return <content.PdfPages words={words} bytes={content.bytes} mark={mark} onFailed={onFailed} />;
  }
  if ("url" in content) {
    const { kind, url } = content;
    if (kind === "image") {
      const alt = words.image({ name });
      if (mark) return <MarkedImage url={url} alt={alt} mark={mark} onFailed={onFailed} />;
      return <img class="preview__image" src={url} alt={alt} onError={onFailed} />;
    }
    const media = <Media kind={kind} url={url} name={name} viewOnly={mark !== undefined} onFailed={onFailed} />;
    return mark && kind === "video" ? <MarkedBox mark={mark}>{media}</MarkedBox> : media;
  }
  // a text area: keyboards can scroll it, and its text can be selected whole
  const text = (
    <textarea
      class="preview__text"
      readonly
      rows={Math.min(24, lines(content.text))}
      aria-label={name}
      value={content.text}
      onCopy={(event) => mark && event.preventDefault()}
    />
  );
  return (
    <>
      {mark ? <MarkedBox mark={mark}>{text}</MarkedBox> : text}
      {content.cut && <p class="preview__word">{words.truncated({ size: formatSize(language, TEXT_BYTES) })}</p>}
    </>
  );
}

/** UTF-8 or UTF-16 by its mark, else the old Western European one: what is not UTF-8 in an office usually is. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    // a text that was cut may end within a character: `stream` keeps that from being an error
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Lines as they are broken in the file, and a guess at those that are too long. */
function lines(text: string): number {
  let count = 1;
  for (const line of text.slice(0, 4000).split("\n")) count += Math.ceil((line.length + 1) / 72);
  return count;
}
