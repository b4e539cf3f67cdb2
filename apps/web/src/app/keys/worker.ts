/** The page's line to the worker that holds the keys. One worker a tab, started when first needed. */

import { startWorker } from "../../kit/trusted.ts";
import type { AppProcedures } from "../../worker/app-worker.ts";
import workerUrl from "../../worker/app-worker.ts?worker&url";
import { connect, type Remote } from "../../worker/rpc.ts";
import { noticing } from "../api.ts";
import { confirming } from "../confirmation.ts";

let remote: Remote<AppProcedures> | undefined;

const line = (): Remote<AppProcedures> => {
  remote ??= connect<AppProcedures>(startWorker(workerUrl, "pli-keys"));
  return remote;
};

/** Calls a procedure of the worker; a lost session is noticed here too, and what asks for the second factor is called again after it. */
export const callWorker: Remote<AppProcedures>["call"] = (name, input, options) =>
  confirming(() => noticing(line().call(name, input, options)));
