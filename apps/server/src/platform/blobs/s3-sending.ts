/**
 * One request to a store, once: sent, its body poured, its answer awaited, each step within its time. Never tries
 * again, and never says where it sent to.
 */
import type { ClientRequest, IncomingMessage } from "node:http";
import { type ChunkBody, signedFrames } from "./s3-body.ts";
import type { Seed } from "./s3-signing.ts";

/** So long each step may take, in milliseconds. */
export interface S3Patience {
  /** Until connected, TLS included. */
  readonly connectMs: number;
  /** From the last byte sent to the first of the answer. */
  readonly answerMs: number;
  /** Without a byte in either direction. */
  readonly silenceMs: number;
  /** From the first try: afterwards no other one begins. */
  readonly allMs: number;
}

const ANSWER_TEXT_BYTES = 4 * 1024 * 1024;

/** A failure of one try. */
export class TryFailure extends Error {
  readonly code: string;
  readonly status: number;
  readonly mayPass: boolean;
  constructor(code: string, status: number, mayPass: boolean, cause?: unknown) {
    super(code, { cause });
    this.name = "TryFailure";
    this.code = code;
    this.status = status;
    this.mayPass = mayPass;
  }
}

/** What an error of the network is among failures: it may pass. */
export function failureOf(error: unknown): TryFailure {
  if (error instanceof TryFailure) return error;
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "network";
  return new TryFailure(code, 0, true);
}

/**
 * Sends the body and gives the answer, whatever its status.
 * @param seed of the signature of the first frame, when the body is a stream
 * @param touched called before the first byte of a stream goes: from then on it cannot be sent again
 * @throws TryFailure, or what the body's source throws; the request is gone then
 */
export async function sendOnce(
  sending: ClientRequest,
  body: ChunkBody | undefined,
  seed: Seed,
  patience: S3Patience,
  touched: () => void,
): Promise<IncomingMessage> {
  const answer = answered(sending, patience, body?.kind === "stream");
  try {
    if (body?.kind === "stream") {
      // Refusals come before the body is touched, so that they can be tried again.
      if (await goAhead(sending, answer)) {
        touched();
        await pour(sending, signedFrames(body.frames(), seed), patience.silenceMs);
      } else {
        // The connection still waits for a body that never comes.
        (await answer).once("close", () => sending.destroy());
      }
    } else {
      sending.end(body?.bytes);
    }
    return await answer;
  } catch (error) {
    sending.destroy();
    answer.then(
      (response) => response.destroy(),
      () => undefined,
    );
    throw error;
  }
}

/** The answer to `sending`, or a failure when a step takes too long. */
function answered(sending: ClientRequest, patience: S3Patience, streams: boolean): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const late = (code: string) => () => sending.destroy(new TryFailure(code, 0, true));
    let timer = setTimeout(late("ConnectTimeout"), patience.connectMs);
    const next = (code: string, delayMs: number) => {
      clearTimeout(timer);
      timer = setTimeout(late(code), delayMs);
    };
    sending.on("socket", (socket) => {
      // A stream has a timer for each of its frames, and then one for the answer.
      const connected = () => (streams ? clearTimeout(timer) : next("AnswerTimeout", patience.answerMs));
      if (socket.connecting) socket.once("encrypted" in socket ? "secureConnect" : "connect", connected);
      else connected();
    });
    if (streams) sending.on("finish", () => next("AnswerTimeout", patience.answerMs));
    sending.on("response", (response) => {
      clearTimeout(timer);
      response.setTimeout(patience.silenceMs, () => response.destroy(new TryFailure("ReadTimeout", 0, true)));
      resolve(response);
    });
    sending.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sending.on("close", () => {
      clearTimeout(timer);
      reject(new TryFailure("ConnectionLost", 0, true));
    });
  });
}

/** Some stores do not say that they are ready: then the body goes after a moment. */
const CONTINUE_MS = 1500;

/** Resolves to whether the body is to be sent now; false: there is an answer already. */
function goAhead(sending: ClientRequest, answer: Promise<IncomingMessage>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    sending.once("continue", () => resolve(true));
    sending.once("socket", (socket) => {
      const wait = () => {
        timer = setTimeout(() => resolve(true), CONTINUE_MS);
      };
      if (socket.connecting) socket.once("connect", wait);
      else wait();
    });
    sending.flushHeaders();
    answer.then(() => resolve(false), reject).finally(() => clearTimeout(timer));
  });
}

/** Writes all frames and ends the request. A frame's memory is used again only when it is with the kernel. */
async function pour(sending: ClientRequest, frames: AsyncIterable<string | Buffer>, silenceMs: number): Promise<void> {
  for await (const frame of frames) {
    if (sending.destroyed) throw new TryFailure("ConnectionLost", 0, true);
    if (typeof frame === "string") sending.write(frame);
    else await written(sending, frame, silenceMs);
  }
  sending.end();
}

function written(sending: ClientRequest, frame: Buffer, silenceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => sending.destroy(new TryFailure("WriteTimeout", 0, true)), silenceMs);
    const lost = () => done(new TryFailure("ConnectionLost", 0, true));
    const done = (error?: Error | null) => {
      clearTimeout(timer);
      sending.off("close", lost);
      if (error) reject(error);
      else resolve();
    };
    sending.once("close", lost);
    sending.write(frame, done);
  });
}

/** The whole text of an answer. @throws TryFailure when it is longer than any answer of a store */
export async function readText(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response) {
    pieces.push(piece as Buffer);
    bytes += (piece as Buffer).length;
    if (bytes > ANSWER_TEXT_BYTES) throw new TryFailure("AnswerTooLarge", response.statusCode ?? 0, false);
  }
  return Buffer.concat(pieces).toString("utf8");
}
