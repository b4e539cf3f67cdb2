/** A manifest's text and attachments onto the disk: all of it under provisional names first, its own names only when everything is verified. */
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import type { ContentSource, Transport } from "@pli/client";
import { htmlToText } from "@pli/client";
import { giveName, type NamesTaken, openPartial, saveAttachment } from "@pli/client/node";
import { utf8 } from "@pli/core/bytes";
import { nodeCrypto } from "@pli/core/crypto-node";
import type { ContentKey, Manifest } from "@pli/core/sealing";
import type { PartSummary } from "@pli/core/wire";
import { formatSize } from "@pli/texts/format";
import { type Context, UsageError } from "./command.ts";
import { printable } from "./printable.ts";
import { createProgress } from "./progress.ts";

export interface Written {
  /** Path of the text. */
  readonly body: string;
  /** Paths of the attachments that were written, in their order. */
  readonly files: readonly string[];
  /** One for each attachment: null for what the sender gave to look at only (M15). */
  readonly paths: readonly (string | null)[];
}

export async function writeContent(
  context: Context,
  t: Transport,
  options: {
    readonly folder: string;
    readonly envelopeId: string;
    readonly source: ContentSource;
    readonly contentKey: ContentKey;
    readonly manifest: Manifest;
    readonly parts: readonly PartSummary[];
  },
): Promise<Written> {
  const { envelopeId: identity, source, contentKey, manifest, parts } = options;
  const { texts, language, signal } = context;
  const folder = resolve(options.folder);
  try {
    await mkdir(folder, { recursive: true });
    const saved: string[] = [];
    // the sender asked that these be looked at on the page and kept by nobody: this program keeps to it
    const kept = manifest.attachments.filter(({ restriction }) => restriction === undefined);
    for (const { name, restriction } of manifest.attachments)
      if (restriction !== undefined) context.say(texts.viewOnly({ name: printable(name) }));
    for (const attachment of kept) {
      const progress = createProgress(context, texts.opening({ name: attachment.name }), attachment.sizeBytes);
      const onProgress = (doneBytes: number) => progress.update(doneBytes);
      const onResume = (sizeBytes: number) => context.say(texts.resumed({ size: formatSize(language, sizeBytes) }));
      try {
        saved.push(
          await saveAttachment(t, nodeCrypto, {
            ...{ folder, identity, source, contentKey, attachment, parts, signal },
            onProgress,
            onResume,
          }),
        );
      } finally {
        progress.end();
      }
    }
    const text = await openPartial(folder, `${identity}/text`, 0);
    await text.write(utf8(manifest.body.text || htmlToText(manifest.body.html)));
    await text.finish();
    const taken: NamesTaken = new Map();
    const body = await giveName(text.path, folder, "message.txt", taken);
    const files: string[] = [];
    for (const [index, path] of saved.entries()) {
      files.push(await giveName(path, folder, kept[index]?.name ?? "", taken));
    }
    const paths = manifest.attachments.map((one) => files[kept.indexOf(one)] ?? null);
    return { body, files, paths };
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException;
    if (syscall === undefined || code === undefined) throw error;
    throw new UsageError(texts.cannotWrite({ path: folder, reason: code }));
  }
}
