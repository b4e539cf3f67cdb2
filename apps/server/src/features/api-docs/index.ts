/**
 * The API's description (C1): OpenAPI 3.1 made from the routes themselves at `/api/v1/openapi.json`, and a page to read and try it at `/api`, no
 * third party, under the same policy as every page.
 */
import { z } from "@hono/zod-openapi";
import type { Api } from "../../http/api.ts";
import type { Feature } from "../../http/feature.ts";
import { PUBLIC_FILE_HEADERS } from "../../http/headers.ts";
import { problems } from "../../http/schema.ts";
import { readOwnFile } from "../../platform/own-files.ts";
import type { Services } from "../../services.ts";

const FILES = [
  ["/api", "explorer.html", "text/html; charset=utf-8"],
  ["/api/explorer.css", "explorer.css", "text/css; charset=utf-8"],
  ["/api/page.css", "page.css", "text/css; charset=utf-8"],
  ["/api/words.js", "words.js", "text/javascript; charset=utf-8"],
  ["/api/explorer.js", "explorer.js", "text/javascript; charset=utf-8"],
] as const;

const ABOUT = [
  "Everything that the pages and the command line client do goes through this API.",
  "Errors are problem+json (RFC 9457) with a stable `code`.",
  "`Idempotency-Key` on a POST: the same key and content within 24 hours gives the same answer.",
  "Lists are read page by page: pass `next` as `cursor`.",
  "Refusals for coming too often are 429 with `Retry-After`.",
].join("\n\n");

function describe(api: Api, services: Services): string {
  const document = api.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Pli", version: "1", description: ABOUT },
    servers: [{ url: services.origin() }],
    security: [{ token: [] }, { session: [] }, {}],
  });
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(operations)) {
      if (typeof operation === "object") Object.assign(operation, { operationId: operationIdOf(method, path) });
    }
  }
  return JSON.stringify(document);
}

/** What generators call the operation, from what never changes: `postEnvelopesIdSend`. */
function operationIdOf(method: string, path: string): string {
  const words = path.replace(/^\/api\/v1\//, "").match(/[A-Za-z0-9]+/g) ?? [];
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** The operations on the raw request, which no schema guards. */
function registerStreams(api: Api): void {
  const registry = api.openAPIRegistry;
  registry.registerComponent("securitySchemes", "token", { type: "http", scheme: "bearer" });
  registry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: "__Host-pli-session",
  });
  const bytes = { content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } } };
  const number = z.string().regex(/^(0|[1-9]\d{0,4})$/);
  const ranged = {
    200: { description: "Ciphertext of the part", ...bytes },
    206: { description: "The asked range of it", ...bytes },
    ...problems,
  };
  registry.registerPath({
    method: "put",
    path: "/api/v1/envelopes/{id}/parts/{part}/chunks/{chunk}",
    summary: "Store a chunk of a draft; the first one stays",
    request: { params: z.object({ id: z.string(), part: number, chunk: number }), body: { ...bytes, required: true } },
    responses: { 204: { description: "Durable" }, ...problems },
  });
  registry.registerPath({
    method: "get",
    path: "/api/v1/envelopes/{id}/parts/{part}/content",
    summary: "Ciphertext of one's own message or of a reply in the inbox; `Range` honoured",
    request: { params: z.object({ id: z.string(), part: number }) },
    responses: ranged,
  });
  registry.registerPath({
    method: "get",
    path: "/api/v1/grants/{grantId}/parts/{part}/content",
    summary: "Ciphertext for a recipient whose opening runs; `Range` honoured",
    request: { params: z.object({ grantId: z.string(), part: number }) },
    responses: ranged,
  });
  registry.registerPath({
    method: "get",
    path: "/api/v1/grants/{grantId}/thread/{id}/parts/{part}/content",
    summary: "Ciphertext of an answer in the conversation, while an opening runs; `Range` honoured",
    request: { params: z.object({ grantId: z.string(), id: z.string(), part: number }) },
    responses: ranged,
  });
  const stream = {
    200: {
      description: "`event: changed` at the beginning, and whenever something may have been said or ended",
      content: { "text/event-stream": { schema: z.string() } },
    },
    ...problems,
  };
  registry.registerPath({
    method: "get",
    path: "/api/v1/envelopes/{id}/live",
    summary: "Server-sent events of one's own conversation",
    request: { params: z.object({ id: z.string() }) },
    responses: stream,
  });
  registry.registerPath({
    method: "get",
    path: "/api/v1/grants/{grantId}/live",
    summary: "Server-sent events of a conversation for its recipient, while an opening runs",
    request: { params: z.object({ grantId: z.string() }) },
    responses: stream,
  });
}

export const apiDocs: Feature = {
  name: "api-docs",
  routes: (api, services) => {
    registerStreams(api);
    let document: string | undefined;
    api.get("/api/v1/openapi.json", (c) => {
      document ??= describe(api, services);
      return c.body(document, 200, { "Content-Type": "application/json" });
    });
    for (const [path, name, type] of FILES) {
      const content = readOwnFile(new URL(`./explorer/${name}`, import.meta.url));
      api.get(path, (c) => c.body(content, 200, { ...PUBLIC_FILE_HEADERS, "Content-Type": type }));
    }
  },
};
