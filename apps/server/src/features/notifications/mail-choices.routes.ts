/** Which mails I want (A3): those that a member can do without, as the link in them does it too (`stop/`). */
import { createRoute, z } from "@hono/zod-openapi";
import type { MailChoices } from "@pli/core/wire";
import { STOPPABLE } from "@pli/texts/mail";
import type { Api } from "../../http/api.ts";
import { requireMember } from "../../http/caller.ts";
import { answer, jsonAnswer, jsonBody, problems, wire } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import { take } from "../limits/index.ts";
import { chooseMails, readMailChoices } from "./choose-mail-kinds.ts";

const path = "/api/v1/me/mails";
const tags = ["Account"];
const flag = z.boolean();
const shape = z.strictObject({ opened: flag, unread: flag, news: flag, maintenance: flag });
const mailChoices = wire<MailChoices>()(shape.openapi("MailChoices"));
const change = shape.partial().openapi("MailChoicesChange");

export function mailChoiceRoutes(api: Api, services: Services): void {
  api.openapi(
    createRoute({
      method: "get",
      path,
      tags,
      summary: "Which mails I want, of those that I can do without",
      responses: { 200: jsonAnswer(mailChoices, "By kind"), ...problems },
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      return c.json(answer(await readMailChoices(services.db.read, memberId)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "patch",
      path,
      tags,
      summary: "Choose which mails I want; what is absent stays",
      request: { body: jsonBody(change) },
      responses: { 200: jsonAnswer(mailChoices, "By kind"), ...problems },
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      await take(services, { door: "mail-choice", key: memberId, limit: 60, windowSeconds: 3600 });
      const wanted = c.req.valid("json");
      const kinds = STOPPABLE.flatMap((kind) => (wanted[kind] === undefined ? [] : [{ kind, on: wanted[kind] }]));
      return c.json(answer(await chooseMails(services, memberId, kinds)), 200);
    },
  );
}
