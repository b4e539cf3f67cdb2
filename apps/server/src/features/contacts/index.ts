/** Contacts (M23) and completion (M1): see contacts.policy.ts for who may what. */
import type { Feature } from "../../http/feature.ts";
import { contactRoutes } from "./contacts.routes.ts";
import { recipientRoutes } from "./recipients.routes.ts";

export const contacts: Feature = {
  name: "contacts",
  routes: (api, services) => {
    contactRoutes(api, services);
    recipientRoutes(api, services);
  },
};
