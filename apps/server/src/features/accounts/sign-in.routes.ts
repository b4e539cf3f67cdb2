/** Signing in over HTTP: a challenge, a link by mail, a session. Nothing changes on GET. */
import { createRoute } from "@hono/zod-openapi";
import { LIMITS } from "@pli/core/wire";
import type { Api } from "../../http/api.ts";
import { networkOf } from "../../http/network.ts";
import { answer, jsonAnswer, jsonBody, problems } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import { secondStep } from "../factors/index.ts";
import { account, robotChallenge, signInLinkAnswer, signInLinkRequest, signInRequest } from "./accounts.schemas.ts";
import { askSignInLink, SIGN_IN_COOKIE } from "./ask-sign-in-link.ts";
import { cookieValue } from "./caller.ts";
import { KNOWN_COOKIE } from "./known-browser.ts";
import { STEP_COOKIE } from "./make-second-step.ts";
import { createRobotChallenge } from "./robot-check.ts";
import { expireCookie, hostCookie } from "./session-cookies.ts";
import { signIn } from "./sign-in.ts";
import { answerSignedIn, signingBrowser } from "./signed-in-answer.ts";

const tags = ["Sign-in"];

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
  summary: "Sign in with the token of a link; where a second step is due, the answer says with what",
  request: { body: jsonBody(signInRequest) },
  responses: {
    201: jsonAnswer(account, "Signed in"),
    202: jsonAnswer(secondStep, "Not yet: the second step is due"),
    ...problems,
  },
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
    const entered = await signIn(services, {
      ...signingBrowser(c, services),
      token,
      check,
      browserSecret: cookieValue(c.env.incoming.headers.cookie, SIGN_IN_COOKIE),
    });
    c.header("Set-Cookie", expireCookie(SIGN_IN_COOKIE), { append: true });
    if ("step" in entered) {
      const cookie = hostCookie(STEP_COOKIE, entered.stepSecret, LIMITS.secondStepMinutes * 60);
      c.header("Set-Cookie", cookie, { append: true });
      return c.json(answer(entered.step), 202);
    }
    return c.json(answer(await answerSignedIn(c, services, entered)), 201);
  });
}
