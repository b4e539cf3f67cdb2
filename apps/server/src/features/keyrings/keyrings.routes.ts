/** Keyring over HTTP: read, made once, slots added, named, removed. Only ever the caller's own. */
import { createRoute, z } from "@hono/zod-openapi";
import type { KeyringCreation, KeySlot } from "@pli/core/wire";
import type { Api } from "../../http/api.ts";
import { requireMember } from "../../http/caller.ts";
import { answer, asWire, done, jsonAnswer, jsonBody, problems } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import { requireConfirmed } from "../factors/index.ts";
import { take } from "../limits/index.ts";
import { addSlot, createKeyring, nameSlot, readKeyring, removeSlot } from "./change-keyring.ts";
import { keyring, keyringCreation, keySlot, slotId, slotRename } from "./keyrings.schemas.ts";

const tags = ["Keyring"];
const slotPath = z.object({ slotId });

const read = createRoute({
  method: "get",
  path: "/api/v1/me/keyring",
  tags,
  summary: "My keyring: public keys and the ways to unlock it",
  responses: { 200: jsonAnswer(keyring, "The keyring"), ...problems },
});
const create = createRoute({
  method: "put",
  path: "/api/v1/me/keyring",
  tags,
  summary: "Create my keyring, once",
  request: { body: jsonBody(keyringCreation) },
  responses: { 201: { description: "Created" }, ...problems },
});
const add = createRoute({
  method: "post",
  path: "/api/v1/me/keyring/slots",
  tags,
  summary: "Add a way to unlock",
  request: { body: jsonBody(keySlot) },
  responses: { 201: { description: "Added" }, ...problems },
});
const rename = createRoute({
  method: "patch",
  path: "/api/v1/me/keyring/slots/{slotId}",
  tags,
  summary: "Rename a way to unlock",
  request: { params: slotPath, body: jsonBody(slotRename) },
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
    return c.json(answer(await readKeyring(services.db.read, caller.memberId)), 200);
  });
  api.openapi(create, async (c) => {
    const caller = await requireMember(c);
    await changes(caller.memberId);
    await createKeyring(services, caller, asWire<KeyringCreation>(c.req.valid("json")));
    return c.body(null, 201);
  });
  api.openapi(add, async (c) => {
    const caller = await requireMember(c);
    await changes(caller.memberId);
    await requireConfirmed(services, caller);
    await addSlot(services, caller, asWire<KeySlot>(c.req.valid("json")));
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
