/**
 * A PDF, page by page on a canvas, by pdf.js with its own worker and data from this site. Scripts, forms, links and attachments within the
 * PDF are not offered; its text is there for screen readers.
 */

import { pdfDataUrl } from "virtual:pdf-data";
import type { Files } from "@pli/texts/open/files";
import { useEffect, useRef, useState } from "preact/hooks";
import "./pdf-needs.ts";
// the build for browsers of some years: the other one asks for those of this year
import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import pdfWorkerUrl from "../../worker/pdf-worker.ts?worker&url";
import { IconButton } from "../Button.tsx";
import { back, next } from "../icons.ts";
import { startWorker } from "../trusted.ts";
import { MARK_PX } from "./Marked.tsx";
import { drawWatermark } from "./watermark.ts";

export interface PdfPagesProps {
  words: Files["preview"];
  bytes: Uint8Array;
  /** Drawn into every page. */
  mark?: readonly string[] | undefined;
  onFailed: () => void;
}

/** Wider canvases only cost memory. */
const MOST_PIXELS = 2400;

export function PdfPages({ words, bytes, mark, onFailed }: PdfPagesProps) {
  const [file, setFile] = useState<PDFDocumentProxy>();
  const [page, setPage] = useState(1);
  const [text, setText] = useState("");
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    GlobalWorkerOptions.workerPort ??= startWorker(pdfWorkerUrl, "pdf");
    const task = getDocument({
      // pdf.js takes the bytes over
      data: bytes.slice(),
      cMapUrl: `${pdfDataUrl}cmaps/`,
      standardFontDataUrl: `${pdfDataUrl}standard_fonts/`,
      wasmUrl: `${pdfDataUrl}wasm/`,
      iccUrl: `${pdfDataUrl}iccs/`,
      enableXfa: false,
      stopAtErrors: false,
    });
    task.promise.then(setFile, onFailed);
    return () => void task.destroy();
  }, [bytes]);

  useEffect(() => {
    const target = canvas.current;
    if (!file || !target) return;
    let stopped = false;
    let stop = () => {};
    async function draw(file: PDFDocumentProxy, target: HTMLCanvasElement) {
      const drawn = await file.getPage(page);
      if (stopped) return;
      const natural = drawn.getViewport({ scale: 1 });
      const width = Math.min(MOST_PIXELS, Math.max(320, target.parentElement?.clientWidth ?? 640) * devicePixelRatio);
      const viewport = drawn.getViewport({ scale: width / natural.width });
      target.width = Math.floor(viewport.width);
      target.height = Math.floor(viewport.height);
      const task = drawn.render({ canvas: target, viewport });
      stop = () => task.cancel();
      await task.promise;
      if (mark && !stopped) drawWatermark(target, mark, (MARK_PX * target.width) / Math.max(1, target.clientWidth));
      const { items } = await drawn.getTextContent();
      if (!stopped) setText(items.map((item) => ("str" in item ? item.str : "")).join(" "));
    }
    draw(file, target).catch(() => {
      if (!stopped) onFailed();
    });
    return () => {
      stopped = true;
      stop();
    };
  }, [file, page]);

  const pages = file?.numPages ?? 1;
  return (
    <div class="pdf">
      {pages > 1 && (
        <div class="pdf__bar">
          <IconButton small icon={back} label={words.previous} disabled={page <= 1} onClick={() => setPage(page - 1)} />
          <span class="num" role="status">
            {words.page({ page, pages })}
          </span>
          <IconButton small icon={next} label={words.next} disabled={page >= pages} onClick={() => setPage(page + 1)} />
        </div>
      )}
      <canvas ref={canvas} role="img" aria-label={words.pageImage({ page })} />
      <p class="vh">{text}</p>
    </div>
  );
}
