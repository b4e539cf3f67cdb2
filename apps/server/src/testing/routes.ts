/** The routes of a running server: what its features add to the framework, and the routes on the raw request ahead of it. */
import { features } from "../features.ts";
import { createApi } from "../http/api.ts";
import type { World } from "./world.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/** The local mailbox: only there without a relay, only for this machine; tested beside itself. */
const LOCAL = /^\/dev\//;

/** Such as `GET /api/v1/grants/:id`. */
export function routesOf(world: World): ReadonlySet<string> {
  const { services } = world.server;
  const routes = new Set<string>(["GET /api/v1/openapi.json"]);
  const api = createApi();
  for (const feature of features) {
    feature.routes?.(api, services);
    for (const { method, path } of feature.raw?.(services) ?? []) routes.add(`${method} ${templateOf(path)}`);
  }
  for (const { method, path } of api.routes) {
    if (METHODS.includes(method) && !LOCAL.test(path))
      routes.add(`${method} ${path.replaceAll(/:\w+(\{[^}]+\})?/g, ":id")}`);
  }
  return routes;
}

/** The operations that the server's own document lists. */
export async function documentedRoutes(world: World): Promise<readonly string[]> {
  const answer = await world.visitor().call("GET", "/api/v1/openapi.json");
  const { paths } = answer.json<{ paths: Record<string, Record<string, unknown>> }>();
  return Object.entries(paths).flatMap(([path, operations]) =>
    METHODS.filter((method) => method.toLowerCase() in operations).map(
      (method) => `${method} ${path.replaceAll(/\{[^}]+\}/g, ":id")}`,
    ),
  );
}

/** A path pattern as a template: each group is `:id`. */
function templateOf(pattern: RegExp): string {
  return pattern.source
    .replaceAll("\\/", "/")
    .replaceAll(/^\^|\$$/g, "")
    .replaceAll(/\((?:[^()[\]]|\[[^\]]*\])*\)/g, ":id");
}
