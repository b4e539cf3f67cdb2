/** Public facts of the server, for its pages and programs before anybody has signed in. */
import { LANGUAGES, type ServerInfo } from "@pli/core/wire";
import { VERSION } from "../../platform/own-files.ts";
import type { Services } from "../../services.ts";
import { hasLocalMailbox, hasSms } from "../notifications/index.ts";
import { firstOrganisation } from "./members.queries.ts";

export async function readServerInfo(services: Services): Promise<ServerInfo> {
  const { smsCountries } = services.config;
  const organisation = await firstOrganisation(services.db.read);
  return {
    product: "pli",
    version: VERSION,
    protocol: 1,
    organisation: organisation?.name ?? services.config.organisation,
    origin: services.origin(),
    languages: LANGUAGES,
    devMailbox: hasLocalMailbox(services.config),
    sms: hasSms(services.config),
    ...(smsCountries === null ? {} : { smsCountries }),
  };
}
