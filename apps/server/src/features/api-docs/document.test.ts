/** The published description of the API (C1), as generators and readers need it; and that the page beside it names no door that is not there. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { documentedRoutes } from "../../testing/routes.ts";
import { createWorld } from "../../testing/world.ts";

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required?: boolean;
}
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: object }>>;
}

/** Every `$ref` below a value. */
function refsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => (key === "$ref" ? [String(below)] : refsIn(below)));
}

function resolves(document: unknown, ref: string): boolean {
  const steps = ref.replace(/^#\//, "").split("/");
  return (
    steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document) !== undefined
  );
}

test("C1: the description can be generated from: every operation has a name of its own, a summary, its parameters and its refusals", async (t) => {
  const world = await createWorld(t);
  const answer = await world.visitor().call("GET", "/api/v1/openapi.json");
  const document = answer.json<{ openapi: string; paths: Record<string, Record<string, Operation>> }>();
  assert.equal(document.openapi, "3.1.0");
  assert.deepEqual(
    refsIn(document).filter((ref) => !resolves(document, ref)),
    [],
  );
  const names = new Set<string>();
  for (const [path, operations] of Object.entries(document.paths)) {
    const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted();
    for (const [method, { operationId = "", summary = "", parameters = [], responses }] of Object.entries(operations)) {
      const which = `${method} ${path}`;
      assert.match(operationId, /^[a-z]+(?:[A-Z][A-Za-z0-9]*)+$/, which);
      assert.ok(!names.has(operationId), `${which}: ${operationId} is another's`);
      names.add(operationId);
      assert.ok(summary !== "", `${which} has no summary`);
      const inPath = parameters.filter((one) => one.in === "path");
      assert.deepEqual(inPath.map(({ name }) => name).toSorted(), wanted, which);
      assert.ok(
        inPath.every(({ required }) => required === true),
        which,
      );
      assert.ok(
        Object.values(responses).every(({ description }) => description),
        `${which}: an answer without a word`,
      );
      if (!path.startsWith("/api/")) continue;
      assert.ok("application/problem+json" in (responses.default?.content ?? {}), `${which} tells no refusals`);
    }
  }
  assert.equal(names.size, (await documentedRoutes(world)).length);
});

test("C1: every door that the API page names is there", async (t) => {
  const routes = await documentedRoutes(await createWorld(t));
  const page = readFileSync(new URL("../../../../../docs/api.md", import.meta.url), "utf8");
  // `POST …/ID/answers`: what stands before is said just before; the end of a route must be it.
  const named = [...page.matchAll(/`(GET|POST|PUT|PATCH|DELETE) (\/api\/v1|…)(\/[\w/-]*)/g)];
  assert.ok(named.length > 30, `${named.length} doors`);
  const missing = named.filter(([, method, start, rest = ""]) => {
    const end = rest.replaceAll(/\/[A-Z]+(?=\/|$)/g, "/:id").replace(/\/$/, "");
    return !routes.some((route) =>
      start === "…" ? route.startsWith(`${method} `) && route.endsWith(end) : route === `${method} /api/v1${end}`,
    );
  });
  assert.deepEqual(
    missing.map(([door]) => door),
    [],
  );
});
