/** Names of routes for metrics and traces: the paths of the API's own description, so that no id is ever in one. */
import type { Api } from "./api.ts";
import type { RawRoute } from "./feature.ts";

/** `/api/v1/grants/{grantId}` of every raw route. One that the description does not know has empty braces. */
export function templatesOf(raw: readonly RawRoute[], api: Api): ReadonlyMap<RawRoute, string> {
  const described = new Map<string, string>();
  for (const definition of api.openAPIRegistry.definitions) {
    if (definition.type === "route") described.set(withoutNames(definition.route.path), definition.route.path);
  }
  return new Map(
    raw.map((route) => {
      const shape = route.path.source
        .replaceAll("\\/", "/")
        .replaceAll(/\([^)]*\)/g, "{}")
        .replaceAll(/^\^|\$$/g, "");
      return [route, described.get(shape) ?? shape];
    }),
  );
}

/** The same of a path that the framework matched, `/api/v1/grants/:grantId`; null for a pattern that takes anything. */
export function templateOfPattern(pattern: string): string | null {
  if (pattern === "" || pattern.includes("*")) return null;
  return pattern.replaceAll(/:(\w+)(\{[^}]*\})?/g, "{$1}");
}

function withoutNames(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, "{}");
}
