/** Keyring over HTTP: read, made once, slots added, named, removed. Only ever the caller's own. */
import { createRoute, z } from "@hono/zod-openapi";
import type { Api } from "../../http/api.ts";
import { requireMember } from "../../http/caller.ts";
import type { Services } from "../../services.ts";
import { take } from "../limits/index.ts";
import { addSlot, createKeyring, nameSlot, readKeyring, removeSlot } from "./change-keyring.ts";
import { keyring, keyringCreation, keySlot, slotId, slotRename } from "./keyrings.schemas.ts";

const tags = ["Keyring"];
const done = { 204: { description: "Done" } };
const slotPath = z.object({ slotId });

const read = createRoute({
  method: "get",
  path: "/api/v1/me/keyring",
  tags,
  summary: "My keyring: public keys and the ways to unlock it",
  responses: { 200: { description: "The keyring", content: { "application/json": { schema: keyring } } } },
});
const create = createRoute({
  method: "put",
  path: "/api/v1/me/keyring",
  tags,
  summary: "Create my keyring, once",
  request: { body: { required: true, content: { "application/json": { schema: keyringCreation } } } },
  responses: { 201: { description: "Created" } },
});
const add = createRoute({
  method: "post",
  path: "/api/v1/me/keyring/slots",
  tags,
  summary: "Add a way to unlock",
  request: { body: { required: true, content: { "application/json": { schema: keySlot } } } },
  responses: { 201: { description: "Added" } },
});
const rename = createRoute({
  method: "patch",
  path: "/api/v1/me/keyring/slots/{slotId}",
  tags,
  summary: "Rename a way to unlock",
  request: { params: slotPath, body: { required: true, content: { "application/json": { schema: slotRename } } } },
  responses: done,
});
const remove = createRoute({
  method: "delete",
  path: "/api/v1/me/keyring/slots/{slotId}",
  tags,
  summary: "Remove a way to unlock; the last one stays",
  request: { params: slotPath },
  responses: done,
});

export function keyringRoutes(api: Api, services: Services): void {
  const changes = (memberId: string) =>
    take(services, { door: "keyring", key: memberId, limit: 120, windowSeconds: 3600 });

  api.openapi(read, async (c) => {
    const caller = await requireMember(c);
    return c.json(await readKeyring(services.db.read, caller.memberId), 200);
  });
  api.openapi(create, async (c) => {
    const caller = await requireMember(c);
    await changes(caller.memberId);
    await createKeyring(services, caller, c.req.valid("json"));
    return c.body(null, 201);
  });
  api.openapi(add, async (c) => {
    const caller = await requireMember(c);
    await changes(caller.memberId);
    await addSlot(services, caller, c.req.valid("json"));
    return c.body(null, 201);
  });
  api.openapi(rename, async (c) => {
    const caller = await requireMember(c);
    await changes(caller.memberId);
    await nameSlot(services, caller, c.req.valid("param").slotId, c.req.valid("json").name);
    return c.body(null, 204);
  });
  api.openapi(remove, async (c) => {
    const caller = await requireMember(c);
    await changes(caller.memberId);
    await removeSlot(services, caller, c.req.valid("param").slotId);
    return c.body(null, 204);
  });
}
