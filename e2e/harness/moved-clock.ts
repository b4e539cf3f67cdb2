/** A real server in this process, on a real socket with the built pages, whose clock a journey moves: for what ends after minutes and days. */
import { createServer, readConfig } from "@pli/server";
import { endOverdue } from "../../apps/server/src/features/jobs/index.ts";
import { type Scope, temporaryFolder } from "./scope.ts";
import type { RunningServer } from "./server.ts";

export interface MovedServer extends Pick<RunningServer, "origin" | "dataFolder" | "ownerAddress" | "ownerLink"> {
  /** Moves the server's clock, and does what its jobs would have done by then. */
  advance(ms: number): Promise<void>;
}

export async function startMovedServer(
  scope: Scope,
  environment: Readonly<Record<string, string>> = {},
): Promise<MovedServer> {
  const dataFolder = await temporaryFolder(scope, "pli-moved");
  const ownerAddress = "owner@example.org";
  let movedMs = 0;
  const config = readConfig({ PLI_PORT: "0", PLI_DATA: dataFolder, PLI_LOG: "silent", ...environment });
  const server = await createServer(config, { clock: { now: () => Date.now() + movedMs } });
  scope.after(() => server.close());
  const origin = await server.listen();
  return {
    origin,
    dataFolder,
    ownerAddress,
    ownerLink: () => {
      const link = /https?:\/\/\S+\/app\/sign-in#[\w-]+/.exec(server.announcements.join("\n"))?.[0];
      if (link === undefined) throw new Error("no sign-in link was announced");
      return link;
    },
    advance: async (ms) => {
      movedMs += ms;
      await endOverdue(server.services);
    },
  };
}
