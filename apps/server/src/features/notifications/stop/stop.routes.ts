/**
 * The door that ends mails of one kind: GET shows a page with one button, POST does it, as mail programs do by themselves (RFC 8058:
 * `List-Unsubscribe=One-Click`). No sign-in: the link is the right, and it can be undone at the same place.
 */
import { PliError } from "@pli/core/errors";
import { stopTexts } from "@pli/texts/mail";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Api, ApiEnv } from "../../../http/api.ts";
import { readOwnFile } from "../../../platform/own-files.ts";
import type { Services } from "../../../services.ts";
import { type Choice, changeChoice, readChoice } from "./choose-mails.ts";
import { stopPage } from "./page.ts";

const BODY_BYTES_MAX = 4096;
const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data)\s*(;|$)/i;

export function stopRoutes(api: Api, services: Services): void {
  const style = readOwnFile(new URL("./stop.css", import.meta.url));
  api.get("/stop/stop.css", (c) => c.body(style, 200, { "Content-Type": "text/css; charset=utf-8" }));

  api.get("/stop/:token", async (c) => show(c, await readChoice(services, c.req.param("token"))));

  const limit = bodyLimit({
    maxSize: BODY_BYTES_MAX,
    onError: () => {
      throw new PliError("payload_too_large", { details: { limit: BODY_BYTES_MAX } });
    },
  });
  api.post("/stop/:token", limit, async (c) => {
    const off = await wishOf(c);
    return show(c, await changeChoice(services, c.req.param("token"), off));
  });
}

/** @throws PliError `unsupported_media_type`, `bad_input` */
async function wishOf(c: Context<ApiEnv>): Promise<boolean> {
  if (!FORM.test(c.req.header("content-type") ?? "")) throw new PliError("unsupported_media_type");
  const form = await c.req.parseBody().catch(() => {
    throw new PliError("bad_input");
  });
  if (form["List-Unsubscribe"] === "One-Click" || form.want === "off") return true;
  if (form.want === "on") return false;
  throw new PliError("bad_input");
}

function show(c: Context<ApiEnv>, { kind, language, off }: Choice) {
  // With "no-referrer", browsers would send a form with the origin "null", which is refused as another site's.
  c.env.outgoing.setHeader("Referrer-Policy", "same-origin");
  return c.html(stopPage(language, stopTexts(language), { kind, off }));
}
