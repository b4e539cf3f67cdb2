/** The files of a recipient's message, or of an entry of its conversation: the list, and the recipient's worker that does its work. */
import { useMemo } from "preact/hooks";
import { worker } from "../session.ts";
import { Attachments, type AttachmentsProps } from "./Attachments.tsx";
import type { FileDoors } from "./downloads.ts";

export interface OwnAttachmentsProps extends Omit<AttachmentsProps, "doors" | "level"> {
  /** Not of the message, but of this entry of its conversation. */
  said?: string;
}

function doorsOf(said: string | undefined): FileDoors {
  return {
    download: (input, options) => worker().call("download", { ...input, said }, options),
    downloadAll: (input, options) => worker().call("downloadAll", { ...input, said }, options),
    preview: (input, options) => worker().call("preview", { ...input, said }, options),
    steer: (input) => worker().call("steer", input),
  };
}

export function OwnAttachments({ said, ...props }: OwnAttachmentsProps) {
  const doors = useMemo(() => doorsOf(said), [said]);
  return <Attachments {...props} doors={doors} />;
}
