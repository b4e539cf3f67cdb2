/** Signing in over HTTP: a challenge, a link by mail, a session. Nothing changes on GET. */
import { createRoute } from "@hono/zod-openapi";
import type { Api } from "../../http/api.ts";
import { agentOf, networkOf } from "../../http/network.ts";
import { answer, jsonAnswer, jsonBody, problems } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import { account, robotChallenge, signInLinkAnswer, signInLinkRequest, signInRequest } from "./accounts.schemas.ts";
import { askSignInLink, SIGN_IN_COOKIE } from "./ask-sign-in-link.ts";
import { cookieValue } from "./caller.ts";
import { KNOWN_COOKIE, knownBrowser } from "./known-browser.ts";
import { readAccount } from "./read-account.ts";
import { createRobotChallenge } from "./robot-check.ts";
import { expireCookie, hostCookie, SESSION_COOKIE } from "./session-cookies.ts";
import { signIn } from "./sign-in.ts";

const tags = ["Sign-in"];
/** As long as browsers keep a cookie; the server ends a session after 30 days without use. */
const SESSION_COOKIE_SECONDS = 400 * 24 * 3600;

const challenge = createRoute({
  method: "get",
  path: "/api/v1/sign-in/challenge",
  tags,
  summary: "Proof of work to solve before asking for a link (altcha, version 1)",
  responses: { 200: jsonAnswer(robotChallenge, "The challenge"), ...problems },
});
const ask = createRoute({
  method: "post",
  path: "/api/v1/sign-in/links",
  tags,
  summary: "Ask for a sign-in link by mail; the answer is the same for every address",
  request: { body: jsonBody(signInLinkRequest) },
  responses: { 202: jsonAnswer(signInLinkAnswer, "Asked"), ...problems },
});
const start = createRoute({
  method: "post",
  path: "/api/v1/sign-in/sessions",
  tags,
  summary: "Sign in with the token of a link",
  request: { body: jsonBody(signInRequest) },
  responses: { 201: jsonAnswer(account, "Signed in"), ...problems },
});

export function signInRoutes(api: Api, services: Services): void {
  api.openapi(challenge, async (c) => c.json(await createRobotChallenge(services), 200));

  api.openapi(ask, async (c) => {
    const network = networkOf(c.env.incoming, services.config);
    const asked = await askSignInLink(services, {
      ...c.req.valid("json"),
      network,
      knownCookie: cookieValue(c.env.incoming.headers.cookie, KNOWN_COOKIE),
    });
    const seconds = Math.ceil((asked.expiresAtMs - services.clock.now()) / 1000);
    c.header("Set-Cookie", hostCookie(SIGN_IN_COOKIE, asked.browserSecret, seconds));
    return c.json({ check: asked.check, expiresAt: new Date(asked.expiresAtMs).toISOString() }, 202);
  });

  api.openapi(start, async (c) => {
    const { token, check } = c.req.valid("json");
    const { headers } = c.env.incoming;
    const { memberId, sessionSecret } = await signIn(services, {
      token,
      check,
      browserSecret: cookieValue(headers.cookie, SIGN_IN_COOKIE),
      sessionSecret: cookieValue(headers.cookie, SESSION_COOKIE),
      network: networkOf(c.env.incoming, services.config),
      agent: agentOf(headers),
    });
    c.header("Set-Cookie", hostCookie(SESSION_COOKIE, sessionSecret, SESSION_COOKIE_SECONDS), { append: true });
    c.header("Set-Cookie", expireCookie(SIGN_IN_COOKIE), { append: true });
    const signedIn = await readAccount(services, memberId);
    const known = hostCookie(KNOWN_COOKIE, knownBrowser(services, signedIn.address), SESSION_COOKIE_SECONDS);
    c.header("Set-Cookie", known, { append: true });
    return c.json(answer(signedIn), 201);
  });
}
