/** The SDK: seals, sends, opens, follows. Runs in pages, workers and Node; `fetch` and the primitives are given to it. See README.md. */
export * from "./account.ts";
export * from "./contacts.ts";
export * from "./factors.ts";
export * from "./follow.ts";
export * from "./message-text.ts";
export * from "./open.ts";
export { type Own, openSelf } from "./own.ts";
export * from "./policies.ts";
export * from "./reply.ts";
export * from "./robot-check.ts";
export * from "./secrets.ts";
export * from "./send.ts";
export * from "./summary.ts";
export * from "./thread.ts";
export * from "./thread-doors.ts";
export { createUpload } from "./upload.ts";
export type * from "./upload-types.ts";
export { xhrPutBytes } from "./xhr-put.ts";
