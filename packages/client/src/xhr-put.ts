/** Puts bytes by XMLHttpRequest: in browsers the only way to see progress inside one request. For pages and workers. */
import { LONGEST_JSON_BYTES } from "./read-bounded.ts";
import type { PutBytes } from "./transport.ts";

function headersOf(raw: string): Headers {
  const headers = new Headers();
  for (const line of raw.split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
}

/** Statuses that must not have a body, by the Response constructor. */
const EMPTY: readonly number[] = [204, 205, 304];

/** Without progress or answer for so long, a connection is given up: one that vanished tells nobody. */
const SILENCE_MS = 120_000;

export const xhrPutBytes: PutBytes = (url, bytes, { headers, signal, onProgress }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let silence: ReturnType<typeof setTimeout> | undefined;
    const stop = () => request.abort();
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(stop, SILENCE_MS);
    };
    const fail = () => reject(new TypeError("network"));
    request.open("PUT", url);
    request.responseType = "arraybuffer";
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      listen();
      onProgress?.(event.loaded);
    };
    request.onprogress = ({ loaded }) => {
      listen();
      if (loaded > LONGEST_JSON_BYTES) stop();
    };
    request.onerror = fail;
    request.onabort = fail;
    request.ontimeout = fail;
    request.onloadend = () => {
      clearTimeout(silence);
      signal?.removeEventListener("abort", stop);
    };
    request.onload = () => {
      const body = EMPTY.includes(request.status) ? null : (request.response as ArrayBuffer);
      resolve(new Response(body, { status: request.status, headers: headersOf(request.getAllResponseHeaders()) }));
    };
    if (signal?.aborted) return fail();
    signal?.addEventListener("abort", stop, { once: true });
    listen();
    request.send(bytes);
  });
