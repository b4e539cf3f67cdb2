/** The members' pages in English, whole; one chunk. */
import * as problems from "../errors/en.ts";
import { compose } from "./compose/en.ts";
import { entry } from "./entry/en.ts";
import { follow } from "./follow/en.ts";
import { received } from "./received/en.ts";
import { secrets } from "./secrets/en.ts";
import { settings } from "./settings/en.ts";
import { shell } from "./shell/en.ts";

export const app = { shell, entry, compose, follow, received, secrets, settings, problems };
