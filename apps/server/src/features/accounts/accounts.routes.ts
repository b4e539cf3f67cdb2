/** My account over HTTP: profile, defaults, sessions; and the public facts of the server. */
import { createRoute, z } from "@hono/zod-openapi";
import type { AccountChange } from "@pli/core/wire";
import type { Api } from "../../http/api.ts";
import { requireMember } from "../../http/caller.ts";
import { answer, asWire, jsonAnswer, jsonBody, problems } from "../../http/schema.ts";
import { ID_PATTERN } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { take } from "../limits/index.ts";
import { account, accountChange, serverInfo, sessions, usage } from "./accounts.schemas.ts";
import { revokeSession } from "./caller.ts";
import { changeAccount } from "./change-account.ts";
import { readAccount, readSessions } from "./read-account.ts";
import { readServerInfo } from "./read-server-info.ts";
import { readUsage } from "./read-usage.ts";
import { expireCookie, SESSION_COOKIE } from "./session-cookies.ts";

const tags = ["Account"];

const server = createRoute({
  method: "get",
  path: "/api/v1/server",
  tags: ["Server"],
  summary: "Public facts of this server",
  responses: { 200: jsonAnswer(serverInfo, "Facts"), ...problems },
});
const readMe = createRoute({
  method: "get",
  path: "/api/v1/me",
  tags,
  summary: "My account",
  responses: { 200: jsonAnswer(account, "The account"), ...problems },
});
const changeMe = createRoute({
  method: "patch",
  path: "/api/v1/me",
  tags,
  summary: "Change my account; what is absent stays",
  request: { body: jsonBody(accountChange) },
  responses: { 200: jsonAnswer(account, "The account"), ...problems },
});
const figures = createRoute({
  method: "get",
  path: "/api/v1/me/usage",
  tags,
  summary: "My figures of this month and the last",
  responses: { 200: jsonAnswer(usage, "By month"), ...problems },
});
const listSessions = createRoute({
  method: "get",
  path: "/api/v1/me/sessions",
  tags,
  summary: "My sessions and API tokens, last seen first",
  responses: { 200: jsonAnswer(sessions, "Sessions"), ...problems },
});
const endSession = createRoute({
  method: "delete",
  path: "/api/v1/me/sessions/{sessionId}",
  tags,
  summary: "End a session or token of mine; `current` signs out",
  request: { params: z.object({ sessionId: z.union([z.literal("current"), z.string().regex(ID_PATTERN)]) }) },
  responses: { 204: { description: "Ended" }, ...problems },
});

export function accountRoutes(api: Api, services: Services): void {
  api.openapi(server, async (c) => c.json(answer(await readServerInfo(services)), 200));
  api.openapi(readMe, async (c) => {
    const caller = await requireMember(c);
    return c.json(answer(await readAccount(services, caller.memberId)), 200);
  });
  api.openapi(changeMe, async (c) => {
    const caller = await requireMember(c);
    await take(services, { door: "account", key: caller.memberId, limit: 240, windowSeconds: 3600 });
    await changeAccount(services, caller.memberId, asWire<AccountChange>(c.req.valid("json")));
    return c.json(answer(await readAccount(services, caller.memberId)), 200);
  });
  api.openapi(figures, async (c) => {
    const { memberId } = await requireMember(c);
    return c.json(answer(await readUsage(services, memberId)), 200);
  });
  api.openapi(listSessions, async (c) => c.json(answer(await readSessions(services, await requireMember(c))), 200));
  api.openapi(endSession, async (c) => {
    const caller = await requireMember(c);
    const asked = c.req.valid("param").sessionId;
    const sessionId = asked === "current" ? caller.sessionId : asked;
    await revokeSession(services, caller.memberId, sessionId);
    if (sessionId === caller.sessionId) c.header("Set-Cookie", expireCookie(SESSION_COOKIE));
    return c.body(null, 204);
  });
}
