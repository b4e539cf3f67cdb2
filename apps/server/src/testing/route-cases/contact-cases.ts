/** Contacts: a member's own; and who is known to them. */
import { randomBytes } from "node:crypto";
import type { Contact } from "@pli/core/wire";
import type { Person } from "../http.ts";
import { mine, type RouteCases } from "./route-case.ts";

/** A contact that nobody has yet. */
export function someContact(name = "Élise Dubois") {
  return {
    name,
    addresses: [`elise.${randomBytes(5).toString("hex")}@courriel.example`],
    mobile: "+32470123456",
    language: "fr",
    company: "Notaires Dubois",
    note: "Only\nin the morning",
  };
}

export async function addContact(by: Person, wishes: object = {}): Promise<Contact> {
  const made = await by.call("POST", "/api/v1/contacts", { json: { ...someContact(), ...wishes } });
  if (made.status !== 201) throw new Error(`no contact: ${made.status} ${made.code}`);
  return made.json<Contact>();
}

export const CONTACT_CASES: RouteCases = {
  "GET /api/v1/contacts": mine("/api/v1/contacts"),
  "POST /api/v1/contacts": {
    open: "members",
    prepare: async ({ owner }) => ({ by: owner, path: "/api/v1/contacts", json: someContact() }),
  },
  "POST /api/v1/contacts/import": {
    open: "members",
    prepare: async ({ owner }) => {
      const known = someContact();
      await addContact(owner, known);
      const contacts = [{ ...known, company: "Another" }, someContact("Joaquim Prats")];
      return { by: owner, path: "/api/v1/contacts/import", json: { contacts } };
    },
  },
  "GET /api/v1/contacts/:id": {
    open: "nobody",
    prepare: async ({ owner }) => ({ by: owner, path: `/api/v1/contacts/${(await addContact(owner)).contactId}` }),
  },
  "PUT /api/v1/contacts/:id": {
    open: "nobody",
    prepare: async ({ owner }) => {
      const { contactId, version } = await addContact(owner);
      return { by: owner, path: `/api/v1/contacts/${contactId}`, json: { ...someContact("Anew"), version } };
    },
  },
  "DELETE /api/v1/contacts/:id": {
    open: "nobody",
    prepare: async ({ owner }) => ({ by: owner, path: `/api/v1/contacts/${(await addContact(owner)).contactId}` }),
  },
  "GET /api/v1/recipients": mine("/api/v1/recipients?q=eli"),
  "GET /api/v1/recipients/circle": mine("/api/v1/recipients/circle"),
  "POST /api/v1/recipients/look-up": {
    open: "members",
    prepare: async ({ owner }) => {
      const { addresses } = await addContact(owner);
      return { by: owner, path: "/api/v1/recipients/look-up", json: { addresses } };
    },
  },
  "POST /api/v1/recipients/forget": {
    open: "members",
    prepare: async ({ owner }) => ({
      by: owner,
      path: "/api/v1/recipients/forget",
      json: { address: "jeanne@courriel.example" },
    }),
  },
};
