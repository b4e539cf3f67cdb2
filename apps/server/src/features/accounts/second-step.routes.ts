/** The other ways in over HTTP: a passkey instead of the link, and the second step after it. */
import { createRoute } from "@hono/zod-openapi";
import type { FactorCode, NewPasskey, PasskeyAnswer } from "@pli/core/wire";
import type { Context } from "hono";
import type { Api, ApiEnv } from "../../http/api.ts";
import { networkOf } from "../../http/network.ts";
import { answer, asWire, jsonAnswer, jsonBody, problems } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import {
  factorCode,
  factorCodeSent,
  newPasskey,
  passkeyAnswer,
  passkeyCreation,
  passkeyRequest,
  secondStep,
  smsFactorConfirmation,
  smsFactorOffer,
  totpOffer,
} from "../factors/index.ts";
import { account } from "./accounts.schemas.ts";
import { cookieValue } from "./caller.ts";
import {
  offerStepNumber,
  offerStepPasskey,
  offerStepTotp,
  stepByNewNumber,
  stepByNewPasskey,
} from "./enrol-at-step.ts";
import {
  readStep,
  requestStepPasskey,
  STEP_COOKIE,
  sendStepSms,
  stepByCode,
  stepByPasskey,
} from "./make-second-step.ts";
import type { SignedIn } from "./open-session.ts";
import { expireCookie } from "./session-cookies.ts";
import { requestSignInPasskey, signInByPasskey } from "./sign-in-by-passkey.ts";
import { answerSignedIn, signingBrowser } from "./signed-in-answer.ts";

const tags = ["Sign-in"];
const STEP = "/api/v1/sign-in/step";
const asking = { 200: jsonAnswer(passkeyRequest, "For `navigator.credentials.get`"), ...problems };
const entering = { 201: jsonAnswer(account, "Signed in"), ...problems };

const askKey = createRoute({
  method: "post",
  path: "/api/v1/sign-in/passkey-requests",
  tags,
  summary: "What the browser needs to ask for any passkey of this server; the challenge works once, for 5 minutes",
  responses: asking,
});
const enterByKey = createRoute({
  method: "post",
  path: "/api/v1/sign-in/passkeys",
  tags,
  summary: "Sign in with a passkey: two factors in one gesture",
  request: { body: jsonBody(passkeyAnswer) },
  responses: entering,
});
const read = createRoute({
  method: "get",
  path: STEP,
  tags,
  summary: "The second step that this browser's sign-in waits for",
  responses: { 200: jsonAnswer(secondStep, "What it may be made with"), ...problems },
});
const askStepKey = createRoute({
  method: "post",
  path: `${STEP}/passkey-requests`,
  tags,
  summary: "What the browser needs to make the second step with a passkey",
  responses: asking,
});
const stepKey = createRoute({
  method: "post",
  path: `${STEP}/passkeys`,
  tags,
  summary: "Make the second step with a passkey",
  request: { body: jsonBody(passkeyAnswer) },
  responses: entering,
});
const stepCode = createRoute({
  method: "post",
  path: `${STEP}/codes`,
  tags,
  summary: "Make the second step with a code; 5 tries",
  request: { body: jsonBody(factorCode) },
  responses: entering,
});
const sendSms = createRoute({
  method: "post",
  path: `${STEP}/sms-codes`,
  tags,
  summary: "Send an SMS with a code for the second step; it works once, for 10 minutes, in this browser",
  responses: { 202: jsonAnswer(factorCodeSent, "On its way"), ...problems },
});
const offerApp = createRoute({
  method: "post",
  path: `${STEP}/totp`,
  tags,
  summary: "A secret for an app, where the organisation wants a second step and there is none yet",
  responses: { 201: jsonAnswer(totpOffer, "The secret, shown once"), ...problems },
});
const offerKey = createRoute({
  method: "post",
  path: `${STEP}/passkey-creations`,
  tags,
  summary: "What the browser needs to make a passkey, where the organisation wants a second step and there is none yet",
  responses: { 200: jsonAnswer(passkeyCreation, "For `navigator.credentials.create`"), ...problems },
});
const addKey = createRoute({
  method: "post",
  path: `${STEP}/new-passkeys`,
  tags,
  summary: "Add that passkey, which makes the second step",
  request: { body: jsonBody(newPasskey) },
  responses: entering,
});
const offerNumber = createRoute({
  method: "post",
  path: `${STEP}/sms`,
  tags,
  summary: "Send a code to a mobile number, where the organisation wants a second step and there is none yet",
  request: { body: jsonBody(smsFactorOffer) },
  responses: { 202: jsonAnswer(factorCodeSent, "On its way"), ...problems },
});
const addNumber = createRoute({
  method: "put",
  path: `${STEP}/sms`,
  tags,
  summary: "The code that went to the number: it is added, which makes the second step",
  request: { body: jsonBody(smsFactorConfirmation) },
  responses: entering,
});

export function secondStepRoutes(api: Api, services: Services): void {
  const secret = (c: Context<ApiEnv>) => cookieValue(c.env.incoming.headers.cookie, STEP_COOKIE);
  const stepMade = async (c: Context<ApiEnv>, signedIn: SignedIn) => {
    c.header("Set-Cookie", expireCookie(STEP_COOKIE), { append: true });
    return answer(await answerSignedIn(c, services, signedIn));
  };

  api.openapi(askKey, async (c) => c.json(answer(await requestSignInPasskey(services)), 200));
  api.openapi(enterByKey, async (c) => {
    const given = asWire<PasskeyAnswer>(c.req.valid("json"));
    const signedIn = await signInByPasskey(services, given, signingBrowser(c, services));
    return c.json(answer(await answerSignedIn(c, services, signedIn)), 201);
  });
  api.openapi(read, async (c) => c.json(answer(await readStep(services, secret(c))), 200));
  api.openapi(askStepKey, async (c) => c.json(answer(await requestStepPasskey(services, secret(c))), 200));
  api.openapi(stepKey, async (c) => {
    const given = asWire<PasskeyAnswer>(c.req.valid("json"));
    return c.json(await stepMade(c, await stepByPasskey(services, secret(c), given, signingBrowser(c, services))), 201);
  });
  api.openapi(stepCode, async (c) => {
    const given = asWire<FactorCode>(c.req.valid("json"));
    return c.json(await stepMade(c, await stepByCode(services, secret(c), given, signingBrowser(c, services))), 201);
  });
  api.openapi(sendSms, async (c) => {
    const network = networkOf(c.env.incoming, services.config);
    return c.json(await sendStepSms(services, secret(c), network), 202);
  });
  api.openapi(offerApp, async (c) => c.json(await offerStepTotp(services, secret(c)), 201));
  api.openapi(offerKey, async (c) => c.json(answer(await offerStepPasskey(services, secret(c))), 200));
  api.openapi(addKey, async (c) => {
    const made = asWire<NewPasskey>(c.req.valid("json"));
    return c.json(
      await stepMade(c, await stepByNewPasskey(services, secret(c), made, signingBrowser(c, services))),
      201,
    );
  });
  api.openapi(offerNumber, async (c) => {
    const network = networkOf(c.env.incoming, services.config);
    const { number } = c.req.valid("json");
    return c.json(await offerStepNumber(services, secret(c), { number, network }), 202);
  });
  api.openapi(addNumber, async (c) => {
    const proof = c.req.valid("json");
    return c.json(
      await stepMade(c, await stepByNewNumber(services, secret(c), proof, signingBrowser(c, services))),
      201,
    );
  });
}
