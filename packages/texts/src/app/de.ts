/** The members' pages in German, whole; one chunk. */
import * as problems from "../errors/de.ts";
import { compose } from "./compose/de.ts";
import { entry } from "./entry/de.ts";
import { follow } from "./follow/de.ts";
import { received } from "./received/de.ts";
import { secrets } from "./secrets/de.ts";
import { settings } from "./settings/de.ts";
import { shell } from "./shell/de.ts";

export const app = { shell, entry, compose, follow, received, secrets, settings, problems };
