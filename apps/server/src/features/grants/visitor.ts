/** Who stands at a grant's door, as far as the register may say: device, shortened network, short name of the program. */
import type { Context } from "hono";
import type { ApiEnv } from "../../http/api.ts";
import { ensureDevice } from "../../http/device.ts";
import { agentOf, networkOf } from "../../http/network.ts";
import type { Services } from "../../services.ts";

export interface Visitor {
  readonly deviceSha256: string;
  readonly network: string;
  readonly agent: string;
}

/** The visitor of a POST; a browser without a device cookie is given one. */
export function visitorOf(services: Services, c: Context<ApiEnv>): Visitor {
  const { incoming } = c.env;
  return {
    deviceSha256: ensureDevice(c),
    network: networkOf(incoming, services.config),
    agent: agentOf(incoming.headers),
  };
}
