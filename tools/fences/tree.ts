/** What the tree itself promises: a README in each top folder, no path of somebody's machine, no unfinished business. */
import { homedir } from "node:os";

const README_LINES = 10;
/** Folders whose README is a page of its own for other readers. */
const LONG_README = new Set(["vectors", "docs"]);

/** One line per top folder, package, app or server feature folder without a README, or with one longer than ten lines. */
export function checkReadmes(files: readonly string[], read: (file: string) => string): string[] {
  const folders = new Set(
    files.flatMap((file) => {
      const [first, second, ...rest] = file.split("/");
      if (first === undefined || second === undefined || first.startsWith(".")) return [];
      const isContainer = first === "packages" || first === "apps";
      return isContainer ? (rest.length > 0 ? [`${first}/${second}`] : []) : [first];
    }),
  );
  return [...folders].flatMap((folder) => {
    const readme = `${folder}/README.md`;
    if (!files.includes(readme)) return [`${readme} is missing`];
    const lines = read(readme).trim().split("\n").length;
    return lines > README_LINES && !LONG_README.has(folder)
      ? [`${readme} has ${lines} lines, at most ${README_LINES}`]
      : [];
  });
}

/** Absolute paths that mean nothing on another machine: the tree itself, unless it lies as high as `/app`, and the home folder. */
export function machinePaths(root: string, home: string = homedir()): string[] {
  return [...(root.split("/").length > 2 ? [root] : []), ...(home.length > 1 ? [home] : [])];
}

/** One line per file and path of a machine in it. */
export function checkTraces(file: string, content: string, paths: readonly string[]): string[] {
  const found = paths.some((path) => new RegExp(`(?<![\\w./-])${RegExp.escape(path)}(?![\\w-])`).test(content));
  return found ? [`${file} holds a path of this machine`] : [];
}

// Put together, or this file would find itself.
const UNFINISHED = new RegExp(
  [
    `\\b(${["TO", "FIX"].map((half) => half + (half === "TO" ? "DO" : "ME")).join("|")})\\b`,
    "biome-" + "ignore",
    "@ts-" + "(ignore|expect-error|nocheck)",
  ].join("|"),
);

/** Of a page's own doors (DOM), which the types know as one whole, those that came after the oldest browsers that Pli serves. */
const TOO_NEW = /\b(URL\.(parse|canParse)|AbortSignal\.any|ReadableStream\.from|Promise\.(try|withResolvers))\(/;
const IN_BROWSERS = /^(packages\/(core|client|texts)|apps\/web)\/src\/(?!node\/)/;

/** One line per use of what an old browser has not. @param file as the repository names it */
export function checkTooNew(file: string, content: string): string[] {
  if (!IN_BROWSERS.test(file) || /\.test\.ts$|-node\.ts$/.test(file)) return [];
  return content
    .split("\n")
    .flatMap((line, index) => (TOO_NEW.test(line) ? [`${file}:${index + 1} ${line.trim().slice(0, 80)}`] : []));
}

/** One line per place that says it is unfinished, or that switches a check off. */
export function checkUnfinished(file: string, content: string): string[] {
  return content
    .split("\n")
    .flatMap((line, index) => (UNFINISHED.test(line) ? [`${file}:${index + 1} ${line.trim().slice(0, 80)}`] : []));
}
