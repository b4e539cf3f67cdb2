/** The pages' own line to the server, for what needs no keys. What needs keys goes through the worker (keys/worker.ts). */
import { createTransport, type Transport } from "@pli/client";
import { PliError } from "@pli/core/errors";
import { sessionLost } from "./account-state.ts";
import { confirming } from "./confirmation.ts";

/** For the sign-in itself, where nobody being signed in is no news. */
export const anonymous: Transport = createTransport({
  origin: location.origin,
  fetch: (input, init) => fetch(input, init),
});

/** Marks the session as lost when the server says so: the page then asks to sign in again, in place. */
export async function noticing<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof PliError && error.code === "not_signed_in") sessionLost();
    throw error;
  }
}

export const server: Transport = {
  ...anonymous,
  json: (method, path, body, options) => confirming(() => noticing(anonymous.json(method, path, body, options))),
};
