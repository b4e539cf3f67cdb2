/**
 * Where the configuration comes from: environment variables, or the file that PLI_CONFIG names (lines NAME=value; the environment wins). Any of
 * them may be in a file of its own, which NAME_FILE names: so secrets of Docker, systemd and Kubernetes arrive. Never prints a value.
 */
import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { lineFaults } from "./config-lines.ts";

export interface ConfigFault {
  readonly name: string;
  readonly fault: string;
  readonly cure: string;
}

export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[];
  constructor(faults: readonly ConfigFault[]) {
    super(faults.map(({ name, fault, cure }) => `${name}: ${fault}. ${cure}`).join("\n"));
    this.name = "ConfigError";
    this.faults = faults;
  }
}

/** All values that are given, by name. What cannot be read is added to `faults`. */
export function readGivenValues(
  environment: Readonly<Record<string, string | undefined>>,
  faults: ConfigFault[],
): Readonly<Record<string, string | undefined>> {
  const given = { ...readConfigFile(environment.PLI_CONFIG, faults), ...withoutEmpty(environment) };
  return { ...given, ...readValueFiles(given, faults) };
}

function withoutEmpty(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment))
    if (value !== undefined && value !== "") values[name] = value;
  return values;
}

function readConfigFile(path: string | undefined, faults: ConfigFault[]): Record<string, string | undefined> {
  if (path === undefined || path === "") return {};
  try {
    const content = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
    faults.push(...lineFaults(content));
    return parseEnv(content);
  } catch {
    faults.push({
      name: "PLI_CONFIG",
      fault: "the file cannot be read",
      cure: "Name a readable file of lines NAME=value",
    });
    return {};
  }
}

/** PLI_KEY_FILE is a path by itself: what it names may be bytes. */
const VALUE_FILE = /^(?!PLI_KEY_FILE$)(PLI_[A-Z0-9_]+)_FILE$/;
/** A value is an address, a name or a number: what is longer is another file. */
const VALUE_LENGTH_MAX = 16 * 1024;

/** Values of the files that `PLI_…_FILE` names; a line break at the end is not part of the value. */
function readValueFiles(
  given: Readonly<Record<string, string | undefined>>,
  faults: ConfigFault[],
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [fileName, path] of Object.entries(given)) {
    const name = VALUE_FILE.exec(fileName)?.[1];
    if (name === undefined || path === undefined || path === "") continue;
    if (given[name] !== undefined) {
      faults.push({ name: fileName, fault: `${name} is set too`, cure: "Set one of the two" });
      continue;
    }
    const value = readValue(path);
    if (value === null) {
      const cure = "Name a readable file that holds the value alone";
      faults.push({ name: fileName, fault: "the file cannot be read, or holds no value", cure });
    } else values[name] = value;
  }
  return values;
}

function readValue(path: string): string | null {
  try {
    const value = readFileSync(path, "utf8").replace(/\r?\n$/, "");
    return value === "" || value.length > VALUE_LENGTH_MAX ? null : value;
  } catch {
    return null;
  }
}
