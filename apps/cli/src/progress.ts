/** Progress on stderr, only when it is a terminal: one line with bar, speed and time left, redrawn a few times a second. */
import { formatDuration, formatSize } from "@pli/texts/format";
import type { Context } from "./command.ts";
import { printable } from "./printable.ts";

const BAR_CELLS = 24;
const REDRAW_MS = 200;
/** Speed is taken over so long, so that it neither jumps nor lies about a stall. */
const WINDOW_MS = 8000;

export interface Progress {
  update(doneBytes: number): void;
  /** Shown instead of the speed until the next update. */
  note(text: string): void;
  /** Removes the line. */
  end(): void;
}

const NONE: Progress = { update: () => undefined, note: () => undefined, end: () => undefined };

export function createProgress(context: Context, label: string, sizeBytes: number): Progress {
  const { stderr, language, texts } = context;
  if (!stderr.isTTY) return NONE;
  const samples: { atMs: number; bytes: number }[] = [];
  let drawnAtMs = Number.NEGATIVE_INFINITY;
  let done = 0;

  function speed(nowMs: number): number {
    while (samples.length > 2 && nowMs - (samples[0]?.atMs ?? 0) > WINDOW_MS) samples.shift();
    const first = samples[0];
    if (first === undefined || nowMs - first.atMs < 500) return 0;
    return Math.max(0, ((done - first.bytes) * 1000) / (nowMs - first.atMs));
  }

  function draw(facts: string): void {
    const share = sizeBytes === 0 ? 1 : Math.min(1, done / sizeBytes);
    const full = Math.round(share * BAR_CELLS);
    const bar = "█".repeat(full) + "░".repeat(BAR_CELLS - full);
    const line = `${printable(label)}  ${bar}  ${Math.floor(share * 100)} %  ${facts}`;
    stderr.write(`\r\u001b[K${[...line].slice(0, Math.max(20, (stderr.columns || 80) - 1)).join("")}`);
  }

  return {
    update(doneBytes) {
      const nowMs = performance.now();
      done = doneBytes;
      if (nowMs - drawnAtMs < REDRAW_MS && done < sizeBytes) return;
      samples.push({ atMs: nowMs, bytes: done });
      drawnAtMs = nowMs;
      const bytesPerSecond = speed(nowMs);
      const left = bytesPerSecond > 0 ? (sizeBytes - done) / bytesPerSecond : 0;
      const facts = [`${formatSize(language, done)} / ${formatSize(language, sizeBytes)}`];
      if (bytesPerSecond > 0) facts.push(texts.perSecond({ size: formatSize(language, bytesPerSecond) }));
      if (left >= 1) facts.push(texts.timeLeft({ time: formatDuration(language, left) }));
      draw(facts.join("  "));
    },
    note: draw,
    end() {
      stderr.write("\r\u001b[K");
    },
  };
}
