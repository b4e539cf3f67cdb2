/** Installations for tests: by their settings, opened from the inside while a server runs or after it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openInstallation } from "../../../installation.ts";
import { createServer, type PliServer, readConfig } from "../../../server.ts";
import type { Scope } from "../../../testing/world.ts";
import type { Disagreement, Installation } from "../index.ts";
import { verify } from "../index.ts";

export type Settings = Readonly<Record<string, string>>;

export async function newFolder(scope: Scope): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pli-place-"));
  scope.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Settings of an installation that is not there yet. */
export async function newPlace(scope: Scope, environment: Settings): Promise<Settings> {
  const data = await newFolder(scope);
  return { PLI_PORT: "0", PLI_LOG: "silent", PLI_TRUST_PROXY: "1", PLI_DATA: data, ...environment };
}

/** Does `act` on an installation, as a command does: opened, and closed after it. */
export async function on<T>(settings: Settings, act: (installation: Installation) => Promise<T>): Promise<T> {
  const installation = await openInstallation(readConfig(settings));
  try {
    return await act(installation);
  } finally {
    await installation.close();
  }
}

/** A server on an installation. */
export async function serve(scope: Scope, settings: Settings): Promise<PliServer & { readonly origin: string }> {
  const server = await createServer(readConfig(settings));
  scope.after(() => server.close());
  const origin = await server.listen();
  return Object.assign(server, { origin });
}

/** What the verification says, as `check: words`, each with `mended` behind it where it was. */
export async function verdicts(
  { services }: Pick<Installation, "services">,
  options: { readonly mend?: boolean; readonly deep?: boolean } = {},
): Promise<string[]> {
  const said: string[] = [];
  const report = ({ check, envelope, words }: Disagreement, isMended: boolean) =>
    void said.push(`${check}: ${envelope ?? ""} ${words}${isMended ? " (mended)" : ""}`);
  await verify(services, { mend: false, deep: false, ...options, progress: () => undefined, report });
  return said;
}
