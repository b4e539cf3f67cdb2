/**
 * Puts bytes by Node's own HTTP client: unlike `fetch` it writes them from where they are, without a copy of every chunk. Connections are
 * kept for the next chunk.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { LONGEST_JSON_BYTES } from "../read-bounded.ts";
import type { PutBytes } from "../transport.ts";

/** Without a sign of life for so long, a connection is given up. The server may take a while to write a chunk down. */
const SILENCE_MS = 120_000;
/** Progress is told in such steps. */
const PIECE_BYTES = 512 * 1024;
/** Statuses that must not have a body, by the Response constructor. */
const EMPTY: readonly number[] = [204, 205, 304];

const plain = new HttpAgent({ keepAlive: true });
const encrypted = new HttpsAgent({ keepAlive: true });

async function readResponse(incoming: IncomingMessage): Promise<Response> {
  const pieces: Buffer[] = [];
  let heldBytes = 0;
  for await (const piece of incoming) {
    pieces.push(piece as Buffer);
    heldBytes += (piece as Buffer).length;
    // leaving the loop ends the connection
    if (heldBytes > LONGEST_JSON_BYTES) throw new Error("the answer does not end");
  }
  const headers = new Headers();
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i] as string, incoming.rawHeaders[i + 1] as string);
  }
  const status = incoming.statusCode ?? 502;
  return new Response(EMPTY.includes(status) ? null : Buffer.concat(pieces), { status, headers });
}

/** Redirects are not followed: they come back as what they are, which is no success. */
export const nodePutBytes: PutBytes = (url, bytes, { headers, signal, onProgress }) =>
  new Promise((resolve, reject) => {
    const isEncrypted = new URL(url).protocol === "https:";
    const sending = (isEncrypted ? httpsRequest : httpRequest)(url, {
      method: "PUT",
      agent: isEncrypted ? encrypted : plain,
      headers: { ...headers, "content-length": bytes.length },
      timeout: SILENCE_MS,
      ...(signal && { signal }),
    });
    let written = 0;
    function writeOn(): void {
      while (written < bytes.length) {
        const piece = bytes.subarray(written, written + PIECE_BYTES);
        const goesOn = sending.write(piece);
        written += piece.length;
        if (!goesOn) {
          sending.once("drain", () => {
            onProgress?.(written);
            writeOn();
          });
          return;
        }
      }
      sending.end();
    }
    sending.on("error", reject);
    sending.once("timeout", () => sending.destroy(new Error("timeout")));
    sending.once("response", (incoming) => {
      // Refused before all was sent: the rest must not go out, its memory may soon hold another chunk.
      const isWhole = sending.writableFinished;
      readResponse(incoming)
        .then(resolve, reject)
        .finally(() => isWhole || sending.destroy());
    });
    writeOn();
  });
