/** The page's way to its worker: started once, after the first paint. */
import { startWorker } from "../kit/trusted.ts";
import { connect, type Remote } from "../worker/rpc.ts";
import type { SecretProcedures } from "../worker/secret-worker.ts";
import workerUrl from "../worker/secret-worker.ts?worker&url";

let remote: Remote<SecretProcedures> | undefined;

export function worker(): Remote<SecretProcedures> {
  remote ??= connect<SecretProcedures>(startWorker(workerUrl, "pli-secret"));
  return remote;
}
