/**
 * What a suite of core needs to run anywhere: the primitives under test and a way to register a test. Suites (suites/*.suite.ts) run
 * unchanged in Node (core.test.ts) and in a Chromium worker (core-in-chromium.test.ts).
 */
import { equalBytes, toHex } from "../src/bytes.ts";
import { type ErrorCode, PliError } from "../src/errors.ts";
import type { CryptoProvider } from "../src/sealing/provider.ts";

export interface Harness {
  readonly crypto: CryptoProvider;
  test(title: string, body: () => void | Promise<void>): void;
}
export type Suite = (harness: Harness) => void;

export function ok(fact: boolean, what: string): void {
  if (!fact) throw new Error(`not so: ${what}`);
}

export function same(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: ${a?.slice(0, 300)} instead of ${b?.slice(0, 300)}`);
}

/** Compares without printing: what is compared may be a secret. */
export function sameBytes(actual: Uint8Array, expected: Uint8Array, what: string): void {
  if (!equalBytes(actual, expected)) throw new Error(`${what}: other bytes (${actual.length}, ${expected.length})`);
}

/** `act` must throw a PliError with this code. */
export async function refused(code: ErrorCode, act: () => unknown, what: string): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof PliError && error.code === code) return;
    throw new Error(`${what}: refused with ${String(error)} instead of ${code}`, { cause: error });
  }
  throw new Error(`${what}: not refused`);
}

/** The provider with randomness given beforehand, taken in order; asking for another length or for more fails. */
export function withRandomness(crypto: CryptoProvider, ...values: readonly Uint8Array[]): CryptoProvider {
  const queue = [...values];
  return {
    ...crypto,
    randomBytes(lengthBytes) {
      const value = queue.shift();
      if (value?.length !== lengthBytes) throw new Error(`no ${lengthBytes} bytes of randomness were given`);
      return value.slice();
    },
  };
}

/** A copy with one bit flipped. */
export function flipped(bytes: Uint8Array, index: number, bit = 0): Uint8Array {
  const copy = bytes.slice();
  copy[index] = (copy[index] as number) ^ (1 << bit);
  return copy;
}

export async function sha256Hex(crypto: CryptoProvider, bytes: Uint8Array): Promise<string> {
  return toHex(await crypto.sha256(bytes));
}

/** Whether two hex digests meet, as the vectors write them. */
export async function digestIs(crypto: CryptoProvider, bytes: Uint8Array, hex: string, what: string): Promise<void> {
  same(await sha256Hex(crypto, bytes), hex, what);
}

export async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array[]> {
  const reader = stream.getReader();
  const pieces: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return pieces;
    pieces.push(value);
  }
}

/** `bytes` cut into pieces of `sizeBytes`, as a stream would bring them. */
export function* cut(bytes: Uint8Array, sizeBytes: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += sizeBytes) yield bytes.subarray(at, at + sizeBytes);
}

export function streamOf(pieces: Iterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.iterator]();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}
