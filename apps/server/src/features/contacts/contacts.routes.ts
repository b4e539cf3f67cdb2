/** Contacts over HTTP: `/api/v1/contacts`. A member's own and the organisation's; what others own does not exist. */
import { createRoute } from "@hono/zod-openapi";
import type { ContactChange, ContactCreation } from "@pli/core/wire";
import type { Api } from "../../http/api.ts";
import { requireMember } from "../../http/caller.ts";
import { idempotent } from "../../http/idempotency.ts";
import { answer, asWire, done, jsonAnswer, jsonBody, problems } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import { take } from "../limits/index.ts";
import { changeContact, createContact, deleteContact, showContact } from "./change-contacts.ts";
import * as schemas from "./contacts.schemas.ts";
import { importContacts } from "./import-contacts.ts";
import { type ContactFilter, listContacts } from "./list-contacts.ts";

const tags = ["Contacts"];
/** Changes of one member in an hour: more is a program gone wild. */
const CHANGES_PER_HOUR = 2000;
/** Requests to import: a full book and some tries of it. */
const IMPORTS_PER_HOUR = 600;

const list = createRoute({
  method: "get",
  path: "/api/v1/contacts",
  tags,
  summary: "My contacts and the organisation's, by name; or those found",
  request: { query: schemas.listQuery },
  responses: { 200: jsonAnswer(schemas.pageSchema, "A page of them"), ...problems },
});
const create = createRoute({
  method: "post",
  path: "/api/v1/contacts",
  tags,
  summary: "Add a contact",
  request: { body: jsonBody(schemas.creationSchema) },
  responses: { 201: jsonAnswer(schemas.contactSchema, "Added"), ...problems },
});
const bringIn = createRoute({
  method: "post",
  path: "/api/v1/contacts/import",
  tags,
  summary: "Import rows, or say what would become of them",
  request: { body: jsonBody(schemas.importSchema) },
  responses: { 200: jsonAnswer(schemas.importAnswerSchema, "What became of each row"), ...problems },
});
const show = createRoute({
  method: "get",
  path: "/api/v1/contacts/{contactId}",
  tags,
  summary: "One contact",
  request: { params: schemas.contactPath },
  responses: { 200: jsonAnswer(schemas.contactSchema, "The contact"), ...problems },
});
const change = createRoute({
  method: "put",
  path: "/api/v1/contacts/{contactId}",
  tags,
  summary: "Write a contact anew, made from the version named",
  request: { params: schemas.contactPath, body: jsonBody(schemas.changeSchema) },
  responses: { 200: jsonAnswer(schemas.contactSchema, "As it is now"), ...problems },
});
const remove = createRoute({
  method: "delete",
  path: "/api/v1/contacts/{contactId}",
  tags,
  summary: "Delete a contact",
  request: { params: schemas.contactPath },
  responses: done,
});

export function contactRoutes(api: Api, services: Services): void {
  const counted = (key: string) =>
    take(services, { door: "contacts", key, limit: CHANGES_PER_HOUR, windowSeconds: 3600 });
  api.use("/api/v1/contacts", idempotent);
  api.openapi(list, async (c) => {
    const caller = await requireMember(c);
    const { limit, ...filter } = c.req.valid("query");
    const wanted = asWire<ContactFilter>({ ...filter, limit: Number(limit ?? 50) });
    return c.json(answer(await listContacts(services, caller, wanted)), 200);
  });
  api.openapi(create, async (c) => {
    const caller = await requireMember(c);
    await counted(caller.memberId);
    return c.json(answer(await createContact(services, caller, asWire<ContactCreation>(c.req.valid("json")))), 201);
  });
  api.openapi(bringIn, async (c) => {
    const caller = await requireMember(c);
    await take(services, {
      door: "contact-imports",
      key: caller.memberId,
      limit: IMPORTS_PER_HOUR,
      windowSeconds: 3600,
    });
    const { contacts, shared = false, dryRun = false } = c.req.valid("json");
    const order = { rows: contacts.map(schemas.readRow), shared, dryRun };
    return c.json(answer(await importContacts(services, caller, order)), 200);
  });
  api.openapi(show, async (c) => {
    const caller = await requireMember(c);
    return c.json(answer(await showContact(services, caller, c.req.valid("param").contactId)), 200);
  });
  api.openapi(change, async (c) => {
    const caller = await requireMember(c);
    await counted(caller.memberId);
    const wanted = asWire<ContactChange>(c.req.valid("json"));
    return c.json(answer(await changeContact(services, caller, c.req.valid("param").contactId, wanted)), 200);
  });
  api.openapi(remove, async (c) => {
    const caller = await requireMember(c);
    await counted(caller.memberId);
    await deleteContact(services, caller, c.req.valid("param").contactId);
    return c.body(null, 204);
  });
}
