/** A look at an attachment in the page: a picture, the pages of a PDF, the beginning of a text. Loaded when asked for; reads by what it is given. */
import { formatSize } from "@pli/texts/format";
import type { Language } from "@pli/texts/languages";
import type { Files } from "@pli/texts/open/files";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { PdfPagesProps } from "./PdfPages.tsx";
import { imageType, type PreviewKind, TEXT_BYTES } from "./preview-kind.ts";
import "./preview.css";

export interface PreviewProps {
  words: Files["preview"];
  language: Language;
  /** The beginning of the file, up to `limitBytes`; a file that is not longer is whole and verified. */
  read: (limitBytes: number, signal: AbortSignal) => Promise<Blob>;
  name: string;
  kind: PreviewKind;
  sizeBytes: number;
}

type Content =
  | { kind: "image"; url: string }
  | { kind: "text"; text: string; cut: boolean }
  | { kind: "pdf"; bytes: Uint8Array; PdfPages: ComponentType<PdfPagesProps> };

export function Preview({ words, language, read, name, kind, sizeBytes }: PreviewProps) {
  const [content, setContent] = useState<Content | "failed">();

  useEffect(() => {
    const abort = new AbortController();
    let url = "";
    async function load(): Promise<Content> {
      const limitBytes = kind === "text" ? TEXT_BYTES : sizeBytes;
      const blob = await read(limitBytes, abort.signal);
      if (kind === "image") {
        url = URL.createObjectURL(new Blob([blob], { type: imageType(name) }));
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

  if (content === "failed") return <p class="preview__word">{words.failed}</p>;
  if (!content) {
    return (
      <p class="preview__word" role="status">
        {words.loading}
      </p>
    );
  }
  if (content.kind === "image") {
    return (
      <img class="preview__image" src={content.url} alt={words.image({ name })} onError={() => setContent("failed")} />
    );
  }
  if (content.kind === "pdf") {
    return <content.PdfPages words={words} bytes={content.bytes} onFailed={() => setContent("failed")} />;
  }
  return (
    <>
      {/* a text area: keyboards can scroll it, and its text can be selected whole */}
      <textarea
        class="preview__text"
        readonly
        rows={Math.min(24, lines(content.text))}
        aria-label={name}
        value={content.text}
      />
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
