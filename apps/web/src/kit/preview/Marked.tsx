/** What may only be looked at (M15): a picture drawn on a canvas with its watermark, and a watermark laid over a text or a film. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { drawWatermark } from "./watermark.ts";

/** Wider canvases only cost memory. */
const MOST_PIXELS = 2400;
/** Height of a watermark's letters on the screen, in CSS pixels. */
export const MARK_PX = 15;

interface MarkedImageProps {
  url: string;
  alt: string;
  mark: readonly string[];
  onFailed: () => void;
}

export function MarkedImage({ url, alt, mark, onFailed }: MarkedImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current;
    if (!target) return;
    const image = new Image();
    image.src = url;
    image.decode().then(() => {
      const scale = Math.min(1, MOST_PIXELS / Math.max(image.naturalWidth, image.naturalHeight));
      target.width = Math.max(1, Math.round(image.naturalWidth * scale));
      target.height = Math.max(1, Math.round(image.naturalHeight * scale));
      target.getContext("2d")?.drawImage(image, 0, 0, target.width, target.height);
      drawWatermark(target, mark, (MARK_PX * target.width) / Math.max(1, target.clientWidth));
    }, onFailed);
  }, [url]);
  return <canvas class="preview__image" ref={canvas} role="img" aria-label={alt} />;
}

/** Over whatever it holds; clicks and keys go through. */
export function MarkedBox({ mark, children }: { mark: readonly string[]; children: ComponentChildren }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current;
    const box = target?.parentElement;
    if (!target || !box) return;
    const draw = () => {
      target.width = Math.round(box.clientWidth * devicePixelRatio);
      target.height = Math.round(box.clientHeight * devicePixelRatio);
      drawWatermark(target, mark, MARK_PX * devicePixelRatio);
    };
    const watch = new ResizeObserver(draw);
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  return (
    <div class="preview__marked">
      {children}
      <canvas ref={canvas} role="img" aria-label={mark.join(", ")} />
    </div>
  );
}
