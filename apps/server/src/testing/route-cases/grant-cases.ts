/** The doors of a grant: what a recipient does with a link. */
import { randomInt } from "node:crypto";
import { newId } from "../../platform/database/index.ts";
import { askCode, askSmsCode, type BlindGrant, sendBlindly } from "../blind-sender.ts";
import type { Person } from "../http.ts";
import type { World } from "../world.ts";
import { opened, type RouteCases, sent } from "./route-case.ts";

async function doorPath(world: World): Promise<string> {
  return `/api/v1/grants/${(await sent(world)).grants[0]?.grantId}`;
}

/** A grant whose mail goes to an address of its own: a mailbox is not written to again within seconds. */
async function mailed(world: World): Promise<BlindGrant> {
  const message = await sendBlindly(world, world.owner, { to: [`r${newId(world.now())}@courriel.example`] });
  const [grant] = message.grants;
  if (grant === undefined) throw new Error("no grant");
  return grant;
}

/** A grant of a number alone, one of its own. */
async function texted(world: World): Promise<BlindGrant> {
  const number = `+33612${String(randomInt(100_000, 999_999))}`;
  const [grant] = (await sendBlindly(world, world.owner, { to: [number], delivery: "sms" })).grants;
  if (grant === undefined) throw new Error("no grant");
  return grant;
}

/** Such a grant, and a device that has asked for its code, which has arrived. */
async function askedCode(world: World): Promise<{ device: Person; grant: BlindGrant; code: string }> {
  const grant = await mailed(world);
  const device = world.visitor();
  return { device, grant, code: await askCode(world, device, grant) };
}

export const GRANT_CASES: RouteCases = {
  "GET /api/v1/grants/:id": {
    open: "everybody",
    prepare: async (world) => ({ by: world.visitor(), path: await doorPath(world) }),
  },
  "POST /api/v1/grants/:id/codes": {
    open: "everybody",
    prepare: async (world) => {
      const { grantId } = await mailed(world);
      return { by: world.visitor(), path: `/api/v1/grants/${grantId}/codes`, json: {} };
    },
  },
  // Who has the code has the mailbox: the code is what is asked, not who brings it.
  "POST /api/v1/grants/:id/proofs": {
    open: "everybody",
    prepare: async (world) => {
      const { device, grant, code } = await askedCode(world);
      return { by: device, path: `/api/v1/grants/${grant.grantId}/proofs`, json: { code } };
    },
  },
  "POST /api/v1/grants/:id/sms-codes": {
    open: "everybody",
    prepare: async (world) => {
      const { grantId } = await texted(world);
      return { by: world.visitor(), path: `/api/v1/grants/${grantId}/sms-codes`, json: {} };
    },
  },
  "POST /api/v1/grants/:id/sms-proofs": {
    open: "everybody",
    prepare: async (world) => {
      const { grantId, address } = await texted(world);
      const device = world.visitor();
      const code = await askSmsCode(world, device, grantId, address);
      return { by: device, path: `/api/v1/grants/${grantId}/sms-proofs`, json: { code } };
    },
  },
  "POST /api/v1/grants/:id/openings": {
    open: "nobody",
    prepare: async (world) => {
      const { device, grant, code } = await askedCode(world);
      await device.call("POST", `/api/v1/grants/${grant.grantId}/proofs`, { json: { code } });
      return { by: device, path: `/api/v1/grants/${grant.grantId}/openings`, json: { verifier: grant.verifier } };
    },
  },
  "GET /api/v1/grants/:id/parts/:id/content": {
    open: "nobody",
    prepare: async (world) => {
      const { device, grantId } = await opened(world);
      return { by: device, path: `/api/v1/grants/${grantId}/parts/1/content` };
    },
  },
  "GET /api/v1/grants/:id/parts/:id/chunks/:id/address": {
    open: "nobody",
    direct: true,
    prepare: async (world) => {
      const { device, grantId } = await opened(world);
      return { by: device, path: `/api/v1/grants/${grantId}/parts/1/chunks/0/address` };
    },
  },
  "POST /api/v1/grants/:id/replies": {
    open: "nobody",
    prepare: async (world) => {
      const { device, grantId } = await opened(world);
      return { by: device, path: `/api/v1/grants/${grantId}/replies`, json: {} };
    },
  },
  "POST /api/v1/grants/:id/requests": {
    open: "everybody",
    prepare: async (world) => ({
      by: world.visitor(),
      path: `${await doorPath(world)}/requests`,
      json: { reason: "new_copy" },
    }),
  },
};
