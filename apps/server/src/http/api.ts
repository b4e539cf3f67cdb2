/**
 * The API's frame: hono with OpenAPI. A feature adds operations with `api.openapi(createRoute({...}), handler)`; what does
 * not fit its schema is refused here as `bad_input` with the field's name, before any handler runs.
 */
import type { HttpBindings } from "@hono/node-server";
import { OpenAPIHono } from "@hono/zod-openapi";
import { PliError } from "@pli/core/errors";
import type { Services } from "../services.ts";
import type { Caller } from "./caller.ts";

export interface ApiEnv {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    services: Services;
    caller?: Promise<Caller>;
  };
}

export type Api = OpenAPIHono<ApiEnv>;

export function createApi(): Api {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      const field = result.error.issues[0]?.path.join(".");
      throw new PliError("bad_input", field === undefined || field === "" ? {} : { details: { field } });
    },
  });
}
