/** The members' pages in French, whole; one chunk. */
import * as problems from "../errors/fr.ts";
import { compose } from "./compose/fr.ts";
import { entry } from "./entry/fr.ts";
import { follow } from "./follow/fr.ts";
import { received } from "./received/fr.ts";
import { secrets } from "./secrets/fr.ts";
import { settings } from "./settings/fr.ts";
import { shell } from "./shell/fr.ts";

export const app = { shell, entry, compose, follow, received, secrets, settings, problems };
