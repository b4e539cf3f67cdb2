/**
 * Who imports whom, read from the sources by a real parser (oxc, through vite). Pure: it is given the files, so a test can plant
 * a forbidden import without touching the disk.
 */
import { dirname, join } from "node:path/posix";
import { parseSync } from "vite";

/** Paths relative to the repository → contents. */
export type Sources = ReadonlyMap<string, string>;

export interface Import {
  /** Importing file. */
  readonly from: string;
  /** As written. */
  readonly specifier: string;
  /** File of the repository it resolves to, or null: a package, a Node builtin, or nothing. */
  readonly to: string | null;
  /** `static` is loaded at once; `dynamic` by `import()`; `worker` by `new URL(…, import.meta.url)`. */
  readonly kind: "static" | "dynamic" | "worker";
  /** Erased before it runs. */
  readonly typeOnly: boolean;
}

/** A workspace: its folder, its name, what it exports and what it declares. */
export interface Workspace {
  readonly folder: string;
  readonly name: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly dependencies: ReadonlySet<string>;
  readonly devDependencies: ReadonlySet<string>;
}

export interface ImportGraph {
  readonly imports: readonly Import[];
  readonly workspaces: readonly Workspace[];
  importsOf(file: string): readonly Import[];
}

const CODE = /\.(ts|tsx|js|mjs)$/;
const WORKER_URL = /new URL\(\s*["'](\.[^"']+)["']\s*,\s*import\.meta\.url\s*\)/g;

interface PackageJson {
  readonly name?: string;
  readonly exports?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function readWorkspaces(sources: Sources): Workspace[] {
  return [...sources].flatMap(([path, content]) => {
    if (!/^(packages|apps)\/[^/]+\/package\.json$/.test(path)) return [];
    const declared = JSON.parse(content) as PackageJson;
    return [
      {
        folder: dirname(path),
        name: declared.name ?? "",
        exports: declared.exports ?? {},
        dependencies: new Set(Object.keys(declared.dependencies ?? {})),
        devDependencies: new Set(Object.keys(declared.devDependencies ?? {})),
      },
    ];
  });
}

/** Package part of a bare specifier: `@a/b/c` → `@a/b`. */
export function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function resolveImport(
  from: string,
  specifier: string,
  sources: Sources,
  workspaces: readonly Workspace[],
): string | null {
  if (specifier.startsWith(".")) {
    const path = join(dirname(from), specifier.replace(/[?#].*$/, ""));
    return sources.has(path) ? path : null;
  }
  const workspace = workspaces.find(({ name }) => name === packageOf(specifier));
  const target = workspace?.exports[`.${specifier.slice(workspace.name.length)}`];
  return workspace === undefined || target === undefined ? null : join(workspace.folder, target);
}

type Found = Omit<Import, "from" | "to">;

function readImports(path: string, source: string): Found[] {
  const { module: record, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  const found: Found[] = [];
  for (const { moduleRequest, entries } of record.staticImports) {
    const typeOnly = entries.length > 0 && entries.every((entry) => entry.isType);
    found.push({ specifier: moduleRequest.value, kind: "static", typeOnly });
  }
  for (const { entries } of record.staticExports) {
    const requests = new Map<string, boolean>();
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest !== null && moduleRequest !== undefined) {
        requests.set(moduleRequest.value, (requests.get(moduleRequest.value) ?? true) && isType);
      }
    }
    for (const [specifier, typeOnly] of requests) found.push({ specifier, kind: "static", typeOnly });
  }
  for (const { moduleRequest } of record.dynamicImports) {
    const written = source.slice(moduleRequest.start, moduleRequest.end);
    const literal = /^["'`]([^"'`$]+)["'`]$/.exec(written)?.[1];
    if (literal !== undefined) found.push({ specifier: literal, kind: "dynamic", typeOnly: false });
  }
  for (const [, specifier] of source.matchAll(WORKER_URL)) {
    if (specifier !== undefined) found.push({ specifier, kind: "worker", typeOnly: false });
  }
  return found;
}

/** @throws Error when a source does not parse. */
export function buildImportGraph(sources: Sources): ImportGraph {
  const workspaces = readWorkspaces(sources);
  const byFile = new Map<string, Import[]>();
  for (const [from, source] of sources) {
    if (!CODE.test(from)) continue;
    const imports = readImports(from, source).map((found) => ({
      ...found,
      from,
      to: resolveImport(from, found.specifier, sources, workspaces),
    }));
    byFile.set(from, imports);
  }
  return {
    imports: [...byFile.values()].flat(),
    workspaces,
    importsOf: (file) => byFile.get(file) ?? [],
  };
}

/**
 * Walks from `starts` along the imports that `follow` accepts, and gives the shortest chain of files to the first import that
 * `isForbidden`; null when none is reached.
 */
export function findChain(
  graph: ImportGraph,
  starts: readonly string[],
  follow: (edge: Import) => boolean,
  isForbidden: (edge: Import) => boolean,
): readonly string[] | null {
  const cameFrom = new Map<string, string | null>(starts.map((start) => [start, null]));
  for (const file of cameFrom.keys()) {
    for (const edge of graph.importsOf(file)) {
      if (!follow(edge)) continue;
      if (isForbidden(edge)) {
        const chain = [edge.to ?? edge.specifier];
        for (let at: string | null = file; at !== null; at = cameFrom.get(at) ?? null) chain.unshift(at);
        return chain;
      }
      // A Map's iteration sees what is added while it runs: this is the queue of a breadth-first walk.
      if (edge.to !== null && !cameFrom.has(edge.to)) cameFrom.set(edge.to, file);
    }
  }
  return null;
}
