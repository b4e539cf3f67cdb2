/** What may be looked at in the page, by name and declared type; both come from a stranger, so they choose the viewer and nothing else. */

export type PreviewKind = "image" | "pdf" | "text";

/** Pictures that browsers draw and that cannot carry script; never SVG. Their type is fixed here, not taken from the manifest. */
const IMAGES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
};
const TEXTS: ReadonlySet<string> = new Set("txt md csv tsv log json xml yaml yml ini ics vcf srt".split(" "));

const MOST_BYTES: Readonly<Record<PreviewKind, number>> = {
  image: 60_000_000,
  pdf: 150_000_000,
  text: Number.POSITIVE_INFINITY,
};
/** How much of a text is shown. */
export const TEXT_BYTES = 262_144;

function ending(name: string): string {
  return /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
}

export function previewKind(name: string, mediaType: string, sizeBytes: number): PreviewKind | undefined {
  const end = ending(name);
  const kind: PreviewKind | undefined =
    end in IMAGES
      ? "image"
      : end === "pdf" || (end === "" && mediaType === "application/pdf")
        ? "pdf"
        : TEXTS.has(end) || (end === "" && mediaType === "text/plain")
          ? "text"
          : undefined;
  return kind && sizeBytes > 0 && sizeBytes <= MOST_BYTES[kind] ? kind : undefined;
}

export function imageType(name: string): string {
  return IMAGES[ending(name)] ?? "image/png";
}
