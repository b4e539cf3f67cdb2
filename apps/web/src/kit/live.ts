/**
 * Listens whether something was said in a conversation (M24). The browser comes back by itself when the line breaks; where it gives up, as when
 * the server is full, we look now and then and try again.
 */
import { LIVE_EVENT } from "@pli/core/wire";

const AGAIN_MS = 15_000;

/** @param onLine whether it listens just now. @returns ends it */
export function listenLive(path: string, onChange: () => void, onLine: (listens: boolean) => void): () => void {
  let stream: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = () => {
    stream = new EventSource(path);
    stream.addEventListener("open", () => onLine(true));
    stream.addEventListener(LIVE_EVENT, onChange);
    stream.addEventListener("error", () => {
      onLine(false);
      if (stream?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(() => {
        onChange();
        begin();
      }, AGAIN_MS);
    });
  };
  begin();
  return () => {
    clearTimeout(timer);
    stream?.close();
  };
}
