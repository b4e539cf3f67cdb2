/** What may be looked at in the page, by name and declared type; both come from a stranger, so they choose the viewer and nothing else. */

export type PreviewKind = "image" | "pdf" | "text" | "audio" | "video";

/** Pictures that browsers draw and that cannot carry script; never SVG. Their type is fixed here, not taken from the manifest. */
const IMAGES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
};
/** Sounds and films: browsers decode them, and nothing in them can run. Their types are fixed here, too. */
const AUDIO: Readonly<Record<string, string>> = {
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  aac: "audio/aac",
  ogg: "audio/ogg",
  oga: "audio/ogg",
  opus: "audio/ogg",
  wav: "audio/wav",
  flac: "audio/flac",
  weba: "audio/webm",
};
const VIDEO: Readonly<Record<string, string>> = {
  mp4: "video/mp4",
  m4v: "video/mp4",
  mov: "video/mp4",
  webm: "video/webm",
  ogv: "video/ogg",
};
const TEXTS: ReadonlySet<string> = new Set("txt md csv tsv log json xml yaml yml ini ics vcf srt".split(" "));

const MOST_BYTES: Readonly<Record<PreviewKind, number>> = {
  image: 60_000_000,
  pdf: 150_000_000,
  text: Number.POSITIVE_INFINITY,
  // whole before they begin, so that every place in them can be sought: what a phone still bears
  audio: 250_000_000,
  video: 500_000_000,
};
/** How much of a text is shown. */
export const TEXT_BYTES = 262_144;

function ending(name: string): string {
  return /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
}

function kindOf(name: string, mediaType: string): PreviewKind | undefined {
  const end = ending(name);
  if (Object.hasOwn(AUDIO, end)) return "audio";
  if (Object.hasOwn(VIDEO, end)) return "video";
  return Object.hasOwn(IMAGES, end)
    ? "image"
    : end === "pdf" || (end === "" && mediaType === "application/pdf")
      ? "pdf"
      : TEXTS.has(end) || (end === "" && mediaType === "text/plain")
        ? "text"
        : undefined;
}

export function previewKind(name: string, mediaType: string, sizeBytes: number): PreviewKind | undefined {
  const kind = kindOf(name, mediaType);
  return kind && sizeBytes > 0 && sizeBytes <= MOST_BYTES[kind] ? kind : undefined;
}

/** It could be shown but for its size: say so, rather than nothing. */
export function isTooBigToShow(name: string, mediaType: string, sizeBytes: number): boolean {
  const kind = kindOf(name, mediaType);
  return kind !== undefined && sizeBytes > MOST_BYTES[kind];
}

/** The type that a viewer is given: of pictures, sounds and films, by the name's ending alone. */
export function viewedType(name: string): string {
  const end = ending(name);
  return IMAGES[end] ?? AUDIO[end] ?? VIDEO[end] ?? "image/png";
}
