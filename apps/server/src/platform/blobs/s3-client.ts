/**
 * HTTP to one bucket: signs, sends (s3-sending.ts), judges the answer, tries again what may pass. A body that is a stream is tried again only as
 * long as nothing of it is gone. Never follows a redirect, never logs a URL or a header.
 */
import { createHash } from "node:crypto";
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { PliError } from "@pli/core/errors";
import { type S3Address, urlOf } from "./s3-address.ts";
import { elementText, errorCode } from "./s3-answers.ts";
import { type ChunkBody, framedLength } from "./s3-body.ts";
import { failureOf, readText, type S3Patience, sendOnce, TryFailure } from "./s3-sending.ts";
import { EMPTY_SHA256, type S3Credentials, SIGNED_PIECES, signRequest } from "./s3-signing.ts";

export const PATIENCE: S3Patience = { connectMs: 3000, answerMs: 15_000, silenceMs: 20_000, allMs: 6000 };

export interface S3Options {
  readonly address: S3Address;
  readonly credentials: () => S3Credentials;
  readonly patience?: S3Patience;
  /** Time of this machine in ms since 1970: signatures hold for minutes of real time, whatever the server's own clock says. */
  readonly now?: () => number;
  /** Told each failure that goes up to a caller, for the operator's log. Holds no address and no secret. */
  readonly onFault?: (fault: { readonly code: string; readonly status: number; readonly method: string }) => void;
}

export interface S3Request {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ChunkBody;
  /** Statuses beside 2xx that are an answer, not a failure. */
  readonly expected?: readonly number[];
}

export interface S3Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  /** To be read to its end, or destroyed. */
  readonly body: IncomingMessage;
  /** How many tries it took. */
  readonly tries: number;
}

export interface S3Client {
  readonly address: S3Address;
  /** @throws PliError `unavailable`, `storage_full`, `not_found` no such object; what the body's source throws */
  send(request: S3Request): Promise<S3Answer>;
  /** As `send`, with the text of the answer. */
  ask(request: S3Request): Promise<{ readonly status: number; readonly text: string; readonly tries: number }>;
  /** Time of the store in ms since 1970, as far as its answers told it. */
  nowMs(): number;
  close(): void;
}

const TRIES = 4;
const FIRST_DELAY_MS = 80;
/** After a refusal for want of the store: when it is worth asking again. */
const RETRY_AFTER_SECONDS = 5;
/** Connections at once: transfers of slow people hold theirs for long. */
const SOCKETS_MAX = 512;

/** Refusals that are not the request's fault: too slow, too many, changed on the way. */
const PASSING: readonly string[] = ["RequestTimeout", "SlowDown", "XAmzContentSHA256Mismatch", "BadDigest"];

export function createS3Client(options: S3Options): S3Client {
  const { address, credentials, onFault } = options;
  const patience = options.patience ?? PATIENCE;
  const now = options.now ?? Date.now;
  const isEncrypted = address.endpoint.startsWith("https:");
  const pool = { keepAlive: true, maxSockets: SOCKETS_MAX, maxFreeSockets: 64, scheduling: "lifo" as const };
  const agent = isEncrypted ? new HttpsAgent(pool) : new HttpAgent(pool);
  let skewMs = 0;

  async function attempt(request: S3Request, touched: () => void): Promise<IncomingMessage> {
    const { method, key, body } = request;
    const url = urlOf(address, key, request.query);
    const headers: Record<string, string> = { ...request.headers };
    let payloadSha256 = EMPTY_SHA256;
    if (body?.kind === "bytes") {
      payloadSha256 = createHash("sha256").update(body.bytes).digest("hex");
      headers["content-length"] = String(body.bytes.length);
    } else if (body?.kind === "stream") {
      payloadSha256 = SIGNED_PIECES;
      headers["content-encoding"] = "aws-chunked";
      headers["content-length"] = String(framedLength(body.sizeBytes));
      headers["x-amz-decoded-content-length"] = String(body.sizeBytes);
    } else if (method === "PUT" || method === "POST") {
      headers["content-length"] = "0";
    }
    const { region } = address;
    const toSign = { method, url, headers, payloadSha256, region, atMs: now() + skewMs };
    const signed = signRequest(credentials(), toSign);
    const send = isEncrypted ? httpsRequest : httpRequest;
    const expect = body?.kind === "stream" ? { expect: "100-continue" } : {};
    const sending = send(url, { method, agent, headers: { ...signed.headers, ...expect } });
    return await sendOnce(sending, body, signed.seed, patience, touched);
  }

  async function judged(request: S3Request, response: IncomingMessage): Promise<IncomingMessage> {
    const status = response.statusCode ?? 0;
    if ((status >= 200 && status < 300) || request.expected?.includes(status) === true) return response;
    const text = await readText(response).catch(() => "");
    const code = errorCode(text) ?? (status === 404 && request.key !== "" ? "NoSuchKey" : `http_${status}`);
    if (code === "RequestTimeTooSkewed") {
      const theirMs = Date.parse(elementText(text, "ServerTime") ?? response.headers.date ?? "");
      if (Number.isFinite(theirMs)) skewMs = theirMs - now();
      throw new TryFailure(code, status, true);
    }
    const mayPass = status >= 500 || status === 429 || status === 408 || PASSING.includes(code);
    throw new TryFailure(code, status, mayPass && code !== "NotImplemented");
  }

  async function send(request: S3Request): Promise<S3Answer> {
    const sinceMs = performance.now();
    for (let tries = 1; ; tries++) {
      let isTouched = false;
      try {
        const response = await judged(
          request,
          await attempt(request, () => {
            isTouched = true;
          }),
        );
        return { status: response.statusCode ?? 0, headers: response.headers, body: response, tries };
      } catch (error) {
        if (error instanceof PliError) throw error;
        const failure = failureOf(error);
        const delayMs = FIRST_DELAY_MS * 2 ** (tries - 1) * (0.5 + Math.random());
        const isOver = tries >= TRIES || performance.now() - sinceMs + delayMs > patience.allMs;
        if (!failure.mayPass || isOver || isTouched) throw refusal(failure, request);
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
    }
  }

  function refusal({ code, status }: TryFailure, { method }: S3Request): PliError {
    if (code === "NoSuchKey") return new PliError("not_found");
    onFault?.({ code, status, method });
    // Only the store's word: a cause of the network may hold addresses.
    const cause = { code, status };
    if (/Quota|StorageFull|InsufficientStorage/i.test(code) || status === 507) {
      return new PliError("storage_full", { cause });
    }
    return new PliError("unavailable", { details: { retryAfterSeconds: RETRY_AFTER_SECONDS }, cause });
  }

  return {
    address,
    send,
    ask: async (request) => {
      const { status, body, tries } = await send(request);
      const text = await readText(body).catch((error: unknown) => {
        throw refusal(failureOf(error), request);
      });
      return { status, text, tries };
    },
    nowMs: () => now() + skewMs,
    close: () => agent.destroy(),
  };
}
