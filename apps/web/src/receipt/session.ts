/** The way to the worker of receipts, from the page that reads them and from the reply that keeps one. */
import { startWorker } from "../kit/trusted.ts";
import type { ReceiptProcedures } from "../worker/receipt-worker.ts";
import workerUrl from "../worker/receipt-worker.ts?worker&url";
import { connect, type Remote } from "../worker/rpc.ts";

let remote: Remote<ReceiptProcedures> | undefined;

export function receiptWorker(): Remote<ReceiptProcedures> {
  remote ??= connect<ReceiptProcedures>(startWorker(workerUrl, "pli-receipt"));
  return remote;
}
