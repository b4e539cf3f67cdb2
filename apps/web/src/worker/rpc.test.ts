import assert from "node:assert/strict";
import { test } from "node:test";
import { PliError } from "@pli/core/errors";
import { type Call, connect, type Procedures, serve } from "./rpc.ts";

/** A worker and its page in one thread: messages are copied and arrive later, as between real ones. */
function pair<P extends Procedures>(procedures: P) {
  const worker = { onmessage: null, onerror: null, terminate() {} } as unknown as Worker;
  const scope = globalThis as unknown as {
    onmessage: ((event: { data: unknown }) => void) | null;
    postMessage: (message: unknown) => void;
  };
  scope.postMessage = (message) => {
    const data = structuredClone(message);
    queueMicrotask(() => worker.onmessage?.({ data } as MessageEvent));
  };
  serve(procedures);
  const listen = scope.onmessage;
  scope.onmessage = null;
  worker.postMessage = (message: unknown) => {
    const data = structuredClone(message);
    queueMicrotask(() => listen?.({ data }));
  };
  return { remote: connect<P>(worker), worker };
}

test("M14: calls to the worker: an answer, and what was told on the way, in order", async () => {
  const { remote } = pair({
    count(to: number, call: Call<number>) {
      for (let n = 1; n <= to; n++) call.emit(n);
      return `${to} told`;
    },
  });
  const told: number[] = [];
  assert.equal(await remote.call("count", 3, { onEvent: (n) => told.push(n) }), "3 told");
  assert.deepEqual(told, [1, 2, 3]);
});

test("M14: calls to the worker: a PliError comes over with its code and details; anything else as internal, without its words", async () => {
  const { remote } = pair({
    refuse(): never {
      throw new PliError("wrong_password", { details: { triesLeft: 2 } });
    },
    fail(): never {
      throw new Error("secret of the worker");
    },
  });
  await assert.rejects(remote.call("refuse", undefined as never), (error: PliError) => {
    assert.ok(error instanceof PliError);
    return error.code === "wrong_password" && error.details.triesLeft === 2;
  });
  await assert.rejects(
    remote.call("fail", undefined as never),
    (error: PliError) => error.code === "internal" && !String(error.stack).includes("secret of"),
  );
});

test("M14: calls to the worker: cancelling reaches the procedure, and a name from the prototype is no procedure", async () => {
  const { remote } = pair({
    wait: (_: undefined, { signal }: Call) =>
      new Promise<string>((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("stopped")))),
  });
  const abort = new AbortController();
  const waiting = remote.call("wait", undefined, { signal: abort.signal });
  abort.abort();
  await assert.rejects(waiting, { code: "cancelled" });
  await assert.rejects(remote.call("wait", undefined, { signal: AbortSignal.abort() }), { code: "cancelled" });
  await assert.rejects(remote.call("constructor" as "wait", undefined), { code: "internal" });
});

test("M14: calls to the worker: a worker that falls over leaves nobody waiting", async () => {
  const { remote, worker } = pair({ never: () => new Promise<void>(() => {}) });
  const waiting = remote.call("never", undefined as never);
  worker.onerror?.(new Event("error") as ErrorEvent);
  await assert.rejects(waiting, { code: "internal" });
});
