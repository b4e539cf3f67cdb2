/** Files of a reply: sealed and sent as they are added, each with its progress; taken out again when removed. */
import { PliError } from "@pli/core/errors";
import { useRef, useState } from "preact/hooks";
import type { ReplyEvent } from "../../worker/open-reply.ts";
import { worker } from "../session.ts";

export interface ReplyFile {
  readonly id: number;
  readonly file: File;
  readonly state: "sending" | "waiting" | "done" | "failed" | "changed";
  readonly doneBytes: number;
}

let lastId = 0;

export function useReplyFiles(onSettled: (file: ReplyFile) => void) {
  const [files, setFiles] = useState<readonly ReplyFile[]>([]);
  const aborts = useRef(new Map<number, AbortController>());

  function update(id: number, change: Partial<ReplyFile>) {
    setFiles((before) => before.map((one) => (one.id === id ? { ...one, ...change } : one)));
  }

  async function send(entry: ReplyFile) {
    const { id, file } = entry;
    const abort = new AbortController();
    aborts.current.set(id, abort);
    const onEvent = ({ doneBytes, state }: ReplyEvent) =>
      update(id, { doneBytes, state: state === "offline" ? "waiting" : "sending" });
    try {
      await worker().call("startReply", undefined);
      await worker().call("addReplyFile", { id, file }, { onEvent, signal: abort.signal });
      update(id, { state: "done", doneBytes: file.size });
      onSettled({ ...entry, state: "done" });
    } catch (error) {
      if (error instanceof PliError && error.code === "cancelled") return;
      const changed = error instanceof PliError && error.details.state === "file_changed";
      update(id, { state: changed ? "changed" : "failed" });
      onSettled({ ...entry, state: "failed" });
    }
  }

  return {
    files,
    add(chosen: Iterable<File>) {
      const entries = [...chosen].map((file): ReplyFile => ({ id: ++lastId, file, state: "sending", doneBytes: 0 }));
      setFiles((before) => [...before, ...entries]);
      for (const entry of entries) void send(entry);
    },
    remove(id: number) {
      aborts.current.get(id)?.abort();
      void worker().call("removeReplyFile", { id });
      setFiles((before) => before.filter((one) => one.id !== id));
    },
    retry(entry: ReplyFile) {
      update(entry.id, { state: "sending", doneBytes: 0 });
      void send(entry);
    },
    clear() {
      setFiles([]);
    },
  };
}
