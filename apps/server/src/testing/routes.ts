/** The routes of a running server: what its OpenAPI document lists, and the routes on the raw request, which it may not. */
import { features } from "../features.ts";
import type { World } from "./world.ts";

const METHODS = ["get", "post", "put", "patch", "delete"];

/** Such as `GET /api/v1/grants/:id`. */
export async function routesOf(world: World): Promise<ReadonlySet<string>> {
  const document = (await world.visitor().call("GET", "/api/v1/openapi.json")).json<{
    paths: Record<string, Record<string, unknown>>;
  }>();
  const routes = new Set<string>(["GET /api/v1/openapi.json"]);
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      if (method in operations) routes.add(`${method.toUpperCase()} ${path.replaceAll(/\{[^}]+\}/g, ":id")}`);
    }
  }
  for (const feature of features) {
    for (const { method, path } of feature.raw?.(world.server.services) ?? []) {
      routes.add(`${method} ${templateOf(path)}`);
    }
  }
  return routes;
}

/** A path pattern as a template: each group is `:id`. */
function templateOf(pattern: RegExp): string {
  return pattern.source
    .replaceAll("\\/", "/")
    .replaceAll(/^\^|\$$/g, "")
    .replaceAll(/\((?:[^()[\]]|\[[^\]]*\])*\)/g, ":id");
}
