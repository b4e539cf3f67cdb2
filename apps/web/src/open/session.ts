/** The page's way to its worker: started once, when first asked for. Everything but what link.ts asks goes through it. */
import { startWorker } from "../kit/trusted.ts";
import type { OpenProcedures } from "../worker/open-worker.ts";
import workerUrl from "../worker/open-worker.ts?worker&url";
import { connect, type Remote } from "../worker/rpc.ts";

let remote: Remote<OpenProcedures> | undefined;

export function worker(): Remote<OpenProcedures> {
  remote ??= connect<OpenProcedures>(startWorker(workerUrl, "pli"));
  return remote;
}
