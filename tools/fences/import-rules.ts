/**
 * Who may import whom (docs/architecture.md): the table of fences, each with its reason. A rule looks at one import at a time, or
 * at everything that an entry point reaches. Tests are looser than the product: they act as every side at once.
 */
import { isBuiltin } from "node:module";
import { findChain, type Import, type ImportGraph, packageOf } from "./import-graph.ts";

export interface ImportRule {
  readonly name: string;
  readonly why: string;
  /** One line per violation. */
  check(graph: ImportGraph): readonly string[];
}

const TEST = /\.test\.tsx?$|\/(browser-tests|testing|test-\w+)\/|^e2e\/|^bench\/|^tools\//;
export const isTest = (path: string): boolean => TEST.test(path);

const FEATURE = /^apps\/server\/src\/features\/([^/]+)\//;
const featureOf = (path: string): string | undefined => FEATURE.exec(path)?.[1];

function perImport(name: string, why: string, isForbidden: (edge: Import) => boolean): ImportRule {
  return {
    name,
    why,
    check: (graph) =>
      graph.imports
        .filter((edge) => !isTest(edge.from) && isForbidden(edge))
        .map((edge) => `${edge.from} imports ${edge.specifier}`),
  };
}

function perReach(
  name: string,
  why: string,
  isStart: (path: string) => boolean,
  follow: (edge: Import) => boolean,
  isForbidden: (edge: Import) => boolean,
): ImportRule {
  return {
    name,
    why,
    check: (graph) => {
      const starts = [...new Set(graph.imports.map((edge) => edge.from))].filter(
        (path) => isStart(path) && !isTest(path),
      );
      const chain = findChain(graph, starts, follow, isForbidden);
      return chain === null ? [] : [chain.join(" → ")];
    },
  };
}

/** Lands in `folder`: by path where it resolves, by name of the workspace where it does not. */
const lands = (edge: Import, folder: string): boolean => edge.to?.startsWith(folder) === true;
const isPackage = (edge: Import, ...names: string[]): boolean =>
  !edge.specifier.startsWith(".") && names.includes(packageOf(edge.specifier));
const inServer = (path: string): boolean => path.startsWith("apps/server/src/");

/** A ring may import only the rings further in. */
const RINGS: Readonly<Record<string, readonly string[]>> = {
  "packages/core/": [],
  "packages/texts/": ["packages/core/"],
  "packages/client/": ["packages/core/"],
  "apps/server/": ["packages/core/", "packages/texts/"],
  "apps/web/": ["packages/core/", "packages/texts/", "packages/client/"],
  "apps/cli/": ["packages/core/", "packages/texts/", "packages/client/"],
};
const ringOf = (path: string): string | undefined => Object.keys(RINGS).find((ring) => path.startsWith(ring));

function declaredDependencies(): ImportRule {
  return {
    name: "declared-dependencies",
    why: "a workspace lists what it ships with, or an install of it alone is broken",
    check: (graph) =>
      graph.imports.flatMap((edge) => {
        const workspace = graph.workspaces.find(({ folder }) => edge.from.startsWith(`${folder}/`));
        if (workspace === undefined || isTest(edge.from) || edge.specifier.startsWith(".") || isBuiltin(edge.specifier))
          return [];
        const name = packageOf(edge.specifier);
        const isOwn = name === workspace.name || name.startsWith("virtual:");
        // Only src is shipped: a build file may use what the repository itself declares.
        const isShipped = edge.from.startsWith(`${workspace.folder}/src/`) && !edge.typeOnly;
        const isDeclared = workspace.dependencies.has(name) || (!isShipped && !isOwn);
        return isOwn || isDeclared
          ? []
          : [`${edge.from} imports ${edge.specifier}, which ${workspace.folder}/package.json does not list`];
      }),
  };
}

export const IMPORT_RULES: readonly ImportRule[] = [
  perImport("rings", "arrows point inward only: core, then client and texts, then the applications", (edge) => {
    const from = ringOf(edge.from);
    const to = edge.to === null ? undefined : ringOf(edge.to);
    return from !== undefined && to !== undefined && from !== to && !RINGS[from]?.includes(to);
  }),
  perImport(
    "exports",
    "a package is entered by its exports only: a deep path is nobody's promise",
    (edge) => edge.to === null && packageOf(edge.specifier).startsWith("@pli/") && !edge.specifier.endsWith(".css"),
  ),
  perImport("crossing", "another workspace is imported by its name, not by a path", (edge) => {
    const from = ringOf(edge.from);
    return edge.specifier.startsWith(".") && edge.to !== null && from !== undefined && !edge.to.startsWith(from);
  }),
  perImport("tests-stay-out", "the product must not carry its tests", (edge) => edge.to !== null && isTest(edge.to)),
  declaredDependencies(),
  perImport(
    "core-is-pure",
    "core runs unchanged in Node and in browsers: no builtin but in the adapter made for Node",
    (edge) =>
      edge.from.startsWith("packages/core/src/") &&
      edge.from !== "packages/core/src/crypto-node.ts" &&
      isBuiltin(edge.specifier),
  ),
  perImport(
    "client-is-isomorphic",
    "the SDK runs in pages and workers: Node's builtins only under src/node",
    (edge) =>
      edge.from.startsWith("packages/client/src/") &&
      !edge.from.startsWith("packages/client/src/node/") &&
      (isBuiltin(edge.specifier) ||
        lands(edge, "packages/client/src/node/") ||
        lands(edge, "packages/core/src/crypto-node.ts")),
  ),
  perImport(
    "texts-are-plain",
    "texts are data: nothing to run, nothing to load",
    (edge) =>
      edge.from.startsWith("packages/texts/src/") &&
      (isBuiltin(edge.specifier) || (edge.to === null && !edge.specifier.startsWith("."))),
  ),
  perReach(
    "server-is-blind",
    "the server must not be able to open content: no chain of imports leads it to what seals and opens",
    (path) => inServer(path),
    (edge) => !isTest(edge.from),
    (edge) =>
      lands(edge, "packages/core/src/sealing/") ||
      lands(edge, "packages/core/src/crypto-") ||
      lands(edge, "packages/client/") ||
      isPackage(edge, "@hpke/core", "@hpke/hybridkem-x-wing", "hash-wasm"),
  ),
  perImport(
    "sql-in-queries",
    "the only SQL is in *.queries.ts, tables and the database platform",
    (edge) =>
      inServer(edge.from) &&
      isPackage(edge, "kysely") &&
      !/\.(queries|table)\.ts$/.test(edge.from) &&
      !edge.from.startsWith("apps/server/src/platform/database/"),
  ),
  perImport(
    "one-engine-door",
    "the database engine is known to its dialect only, so that another can take its place",
    (edge) => edge.specifier === "node:sqlite" && !edge.from.startsWith("apps/server/src/platform/database/"),
  ),
  perImport(
    "migrations-stand-alone",
    "a migration must do tomorrow what it does today: it imports kysely and its neighbours only",
    (edge) =>
      /\/platform\/database\/migrations\/\d/.test(edge.from) &&
      !isPackage(edge, "kysely") &&
      !lands(edge, "apps/server/src/platform/database/"),
  ),
  perImport(
    "routes-without-sql",
    "a route speaks HTTP and calls a use case",
    (edge) =>
      edge.from.endsWith(".routes.ts") && (edge.to?.endsWith(".queries.ts") === true || isPackage(edge, "kysely")),
  ),
  perImport(
    "no-http-below",
    "use cases, policies and queries know nothing of HTTP",
    (edge) =>
      (/\.(queries|policy|table)\.ts$/.test(edge.from) || edge.from.startsWith("apps/server/src/platform/")) &&
      isPackage(edge, "hono", "@hono/node-server", "@hono/zod-openapi"),
  ),
  perImport("features-by-index", "what a feature shows to others is in its index.ts", (edge) => {
    const to = edge.to === null ? undefined : featureOf(edge.to);
    // Row types are erased: naming another feature's rows in a query is not calling it.
    const isRowType = edge.typeOnly && edge.to?.endsWith(".table.ts") === true;
    const isIndex = /\/features\/[^/]+\/index\.ts$/.test(edge.to ?? "");
    return to !== undefined && featureOf(edge.from) !== to && !isIndex && !isRowType;
  }),
  perImport(
    "platform-is-below",
    "the platform serves the features and knows none",
    (edge) => edge.from.startsWith("apps/server/src/platform/") && lands(edge, "apps/server/src/features/"),
  ),
  perImport(
    "disk-in-platform",
    "features reach disk and network through the platform",
    (edge) =>
      featureOf(edge.from) !== undefined &&
      /^node:(fs|tls|dgram|child_process|http|https|sqlite)(\/|$)/.test(edge.specifier) &&
      !edge.typeOnly,
  ),
  perImport(
    "recipients-and-members-apart",
    "the recipient's page is the smallest possible: it shares the kit with the member's, nothing else",
    (edge) =>
      (edge.from.startsWith("apps/web/src/open/") && lands(edge, "apps/web/src/app/")) ||
      (edge.from.startsWith("apps/web/src/kit/") &&
        (lands(edge, "apps/web/src/app/") || lands(edge, "apps/web/src/open/"))),
  ),
  perReach(
    "small-recipient-page",
    "what a recipient needs to read loads no public-key sealing, editor, previewer or archiver: those come when asked for",
    (path) => path.startsWith("apps/web/src/open/main.") || path === "apps/web/src/worker/open-worker.ts",
    (edge) => edge.kind === "static" && !edge.typeOnly,
    (edge) =>
      edge.kind === "static" &&
      !edge.typeOnly &&
      isPackage(
        edge,
        "@hpke/core",
        "@hpke/hybridkem-x-wing",
        "@noble/curves",
        "@noble/post-quantum",
        "squire-rte",
        "pdfjs-dist",
        "client-zip",
        "@zxcvbn-ts/core",
        "altcha-lib",
      ),
  ),
  perImport(
    "web-has-no-node",
    "pages and workers run in browsers",
    (edge) =>
      edge.from.startsWith("apps/web/src/") &&
      (isBuiltin(edge.specifier) ||
        lands(edge, "packages/client/src/node/") ||
        lands(edge, "packages/core/src/crypto-node.ts")),
  ),
];
