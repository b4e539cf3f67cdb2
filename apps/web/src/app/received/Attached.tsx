/** The files of an opened message in the member's app: the recipient's list, its work done by the member's worker (M14). */
import type { Manifest } from "@pli/core/sealing";
import { useMemo } from "preact/hooks";
import { Attachments } from "../../open/reading/Attachments.tsx";
import type { FileDoors } from "../../open/reading/downloads.ts";
import { callWorker } from "../keys/worker.ts";
import { language } from "../language.ts";

interface AttachedProps {
  envelopeId: string;
  manifest: Manifest;
  level: "h2" | "h3";
  /** As in Attachments. */
  readerAddress?: string | undefined;
}

function doorsOf(envelopeId: string): FileDoors {
  return {
    download: (input, options) => callWorker("download", { envelopeId, ...input }, options),
    downloadAll: (input, options) => callWorker("downloadAll", { envelopeId, ...input }, options),
    preview: (input, options) => callWorker("preview", { envelopeId, ...input }, options),
    steer: (input) => callWorker("steer", input),
  };
}

export function Attached({ envelopeId, manifest, level, readerAddress }: AttachedProps) {
  const doors = useMemo(() => doorsOf(envelopeId), [envelopeId]);
  return (
    <Attachments
      language={language.value}
      attachments={manifest.attachments}
      doors={doors}
      level={level}
      readerAddress={readerAddress}
    />
  );
}
