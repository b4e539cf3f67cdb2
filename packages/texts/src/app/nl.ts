/** The members' pages in Dutch, whole; one chunk. */
import * as problems from "../errors/nl.ts";
import { compose } from "./compose/nl.ts";
import { entry } from "./entry/nl.ts";
import { follow } from "./follow/nl.ts";
import { received } from "./received/nl.ts";
import { secrets } from "./secrets/nl.ts";
import { settings } from "./settings/nl.ts";
import { shell } from "./shell/nl.ts";

export const app = { shell, entry, compose, follow, received, secrets, settings, problems };
