/**
 * A GET as an ordinary browser sends it, for `pli verify-server`: a server must not be able to tell by the request that it is being checked, or it
 * could serve honest files to checkers alone. Follows no redirect, keeps no cookie, sends nothing of this program. What it cannot imitate is
 * a browser's TLS handshake (docs/threat-model.md).
 */
import http from "node:http";
import https from "node:https";
import { promisify } from "node:util";
import zlib from "node:zlib";
import type { ReleaseFile, ServedFile } from "@pli/client/verify-server";
import { PliError } from "@pli/core/errors";

/** Firefox's long-time release: many people look like this. */
const AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
const PAGE_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const TIMEOUT_MS = 30_000;
/** A little more than the file, so that one that is longer is seen to be another without being read to its end. */
const SPARE_BYTES = 1024;

const DECODERS: Readonly<
  Record<string, (body: Uint8Array, limit: { maxOutputLength: number }) => Promise<Uint8Array>>
> = {
  gzip: promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.gunzip),
  deflate: promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.inflate),
  br: promisify<Uint8Array, zlib.BrotliOptions, Uint8Array>(zlib.brotliDecompress),
  zstd: promisify<Uint8Array, zlib.ZstdOptions, Uint8Array>(zlib.zstdDecompress),
};

const NOTHING = new Uint8Array(0);

export interface OrdinaryClient {
  /** @throws PliError `network`, `cancelled` */
  get(url: string, file: ReleaseFile): Promise<ServedFile>;
  /** Closes what is kept open. */
  close(): void;
}

/** In the order and the spelling of the browser that is named. */
function headersFor(url: URL, file: ReleaseFile): Record<string, string> {
  const isPage = file.kind === "page";
  const isStyle = file.type === "text/css";
  return {
    Host: url.host,
    "User-Agent": AGENT,
    Accept: isPage ? PAGE_ACCEPT : isStyle ? "text/css,*/*;q=0.1" : "*/*",
    "Accept-Language": "en-US,en;q=0.5",
    "Accept-Encoding": url.protocol === "https:" ? "gzip, deflate, br, zstd" : "gzip, deflate",
    ...(!isPage && file.kind === "script" && { Origin: url.origin }),
    Connection: "keep-alive",
    ...(isPage && { "Upgrade-Insecure-Requests": "1" }),
    "Sec-Fetch-Dest": isPage ? "document" : isStyle ? "style" : file.kind === "script" ? "script" : "empty",
    "Sec-Fetch-Mode": isPage ? "navigate" : "cors",
    "Sec-Fetch-Site": isPage ? "none" : "same-origin",
    ...(isPage && { "Sec-Fetch-User": "?1" }),
  };
}

async function decode(body: Uint8Array, encoding: string, maxOutputLength: number): Promise<Uint8Array> {
  if (encoding === "" || encoding === "identity") return body;
  const decoder = DECODERS[encoding];
  // What a browser could not decode, or what swells beyond the file, is no file of the release.
  return decoder === undefined ? NOTHING : decoder(body, { maxOutputLength }).catch(() => NOTHING);
}

export function createOrdinaryClient(signal: AbortSignal): OrdinaryClient {
  const agents = {
    "http:": new http.Agent({ keepAlive: true }),
    "https:": new https.Agent({ keepAlive: true }),
  };
  const request = (url: URL, file: ReleaseFile): Promise<http.IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { protocol } = url;
      const start = protocol === "https:" ? https.request : http.request;
      const agent = protocol === "https:" ? agents["https:"] : agents["http:"];
      const sending = start(url, { agent, headers: headersFor(url, file), signal, timeout: TIMEOUT_MS });
      sending.on("timeout", () => sending.destroy(new Error("timeout")));
      sending.on("error", reject).on("response", resolve).end();
    });

  return {
    async get(address, file) {
      try {
        const limitBytes = file.sizeBytes + SPARE_BYTES;
        const answer = await request(new URL(address), file);
        const pieces: Buffer[] = [];
        let receivedBytes = 0;
        for await (const piece of answer as AsyncIterable<Buffer>) {
          pieces.push(piece);
          receivedBytes += piece.length;
          // Leaving the loop cuts the connection.
          if (receivedBytes > limitBytes) break;
        }
        const header = (name: string) => {
          const value = answer.headers[name];
          return Array.isArray(value) ? value.join(", ") : (value ?? null);
        };
        const encoding = (header("content-encoding") ?? "").trim().toLowerCase();
        const body = await decode(Buffer.concat(pieces), encoding, limitBytes);
        return { status: answer.statusCode ?? 0, header, body };
      } catch (error) {
        if (signal.aborted) throw new PliError("cancelled");
        throw new PliError("network", { cause: error });
      }
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}
