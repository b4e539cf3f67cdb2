/** A file in a list: kind, whole name, what is known of it, actions, progress. Names wrap, they are not cut. */
import type { ComponentChildren } from "preact";
import { Progress } from "./Progress.tsx";
import "./badge.css";
import "./file-row.css";

export interface FileRowProps {
  name: string;
  /** Spans, joined by middle dots. */
  meta?: ComponentChildren;
  actions?: ComponentChildren;
  progress?: { share: number; label: string; paused?: boolean } | undefined;
}

/** The list around the rows. */
export function Files({ children }: { children: ComponentChildren }) {
  return <ul class="files">{children}</ul>;
}

export function FileRow({ name, meta, actions, progress }: FileRowProps) {
  return (
    <li class="file">
      <span class="file__kind" aria-hidden="true">
        {fileKind(name)}
      </span>
      <div>
        <p class="file__name">
          <bdi>{name}</bdi>
        </p>
        <p class="file__meta">{meta}</p>
      </div>
      <div class="file__acts">{actions}</div>
      {progress && <Progress class="file__bar" {...progress} />}
    </li>
  );
}

/** The ending of a name, as a stamp of at most four letters. */
export function fileKind(name: string): string {
  const ending = /\.([a-z0-9]{1,4})$/i.exec(name)?.[1];
  return (ending ?? "").toUpperCase();
}
