/**
 * My passkeys and second factors over HTTP. For browsers only: a token that was lost must not change how its member signs in. Changes ask for a
 * fresh proof: a session alone may be a stolen one.
 */
import { createRoute, z } from "@hono/zod-openapi";
import { PliError } from "@pli/core/errors";
import type { NewPasskey, PasskeyAnswer } from "@pli/core/wire";
import type { Context } from "hono";
import type { Api, ApiEnv } from "../../http/api.ts";
import { type MemberCaller, requireMember } from "../../http/caller.ts";
import { networkOf } from "../../http/network.ts";
import { answer, asWire, done, jsonAnswer, jsonBody, problems } from "../../http/schema.ts";
import { ID_PATTERN } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { take } from "../limits/index.ts";
import {
  addPasskey,
  addTotp,
  makeRecoveryCodes,
  namePasskey,
  offerNewPasskey,
  offerTotp,
  readSecurity,
  removePasskey,
  removeTotp,
  switchReplies,
  switchSecondStep,
} from "./change-factors.ts";
import { confirmByCode, confirmByPasskey, confirmingPurpose, sendConfirmationCode } from "./confirm-session.ts";
import {
  confirmationCodeRequest,
  confirmationCode as confirmationCodeSchema,
  factorCodeSent,
  newPasskey,
  passkeyAnswer,
  passkeyCreation,
  passkeyRename,
  passkeyRequest,
  passkeyView,
  recoveryCodes,
  repliesChange,
  secondStepChange,
  security,
  smsFactorConfirmation,
  smsFactorOffer,
  totpConfirmation,
  totpOffer,
} from "./factors.schemas.ts";
import { requestPasskey } from "./passkeys.ts";
import { requireFreshProof } from "./second-step.ts";
import { addSmsFactor, offerSmsFactor, removeSmsFactor } from "./sms-factor.ts";

const tags = ["Security"];
const HOME = "/api/v1/me/security";
const passkeyPath = z.object({ passkeyId: z.string().regex(ID_PATTERN) });

const sent = { 202: jsonAnswer(factorCodeSent, "On its way"), ...problems };

const read = createRoute({
  method: "get",
  path: HOME,
  tags,
  summary: "My passkeys and second factors",
  responses: { 200: jsonAnswer(security, "What there is"), ...problems },
});
const switchStep = createRoute({
  method: "put",
  path: `${HOME}/second-step`,
  tags,
  summary: "Whether a link by mail asks for a second step",
  request: { body: jsonBody(secondStepChange) },
  responses: done,
});
const offerKey = createRoute({
  method: "post",
  path: `${HOME}/passkey-creations`,
  tags,
  summary: "What the browser needs to make a passkey; the challenge works once, for 5 minutes",
  responses: { 200: jsonAnswer(passkeyCreation, "For `navigator.credentials.create`"), ...problems },
});
const addKey = createRoute({
  method: "post",
  path: `${HOME}/passkeys`,
  tags,
  summary: "Add a passkey",
  request: { body: jsonBody(newPasskey) },
  responses: { 201: jsonAnswer(passkeyView, "Added"), ...problems },
});
const renameKey = createRoute({
  method: "patch",
  path: `${HOME}/passkeys/{passkeyId}`,
  tags,
  summary: "Rename a passkey",
  request: { params: passkeyPath, body: jsonBody(passkeyRename) },
  responses: done,
});
const removeKey = createRoute({
  method: "delete",
  path: `${HOME}/passkeys/{passkeyId}`,
  tags,
  summary: "Remove a passkey; with the last factor the second step goes too",
  request: { params: passkeyPath },
  responses: done,
});
const offerApp = createRoute({
  method: "post",
  path: `${HOME}/totp`,
  tags,
  summary: "A secret for an app that makes codes (RFC 6238); counts after its first code",
  responses: { 201: jsonAnswer(totpOffer, "The secret, shown once"), ...problems },
});
const addApp = createRoute({
  method: "put",
  path: `${HOME}/totp`,
  tags,
  summary: "The app's first code: from now on a link asks for a second step",
  request: { body: jsonBody(totpConfirmation) },
  responses: done,
});
const removeApp = createRoute({
  method: "delete",
  path: `${HOME}/totp`,
  tags,
  summary: "Remove the app",
  responses: done,
});
const offerNumber = createRoute({
  method: "post",
  path: `${HOME}/sms`,
  tags,
  summary: "Send a code to a mobile number that shall be a second factor; counts when the code has come back",
  request: { body: jsonBody(smsFactorOffer) },
  responses: sent,
});
const addNumber = createRoute({
  method: "put",
  path: `${HOME}/sms`,
  tags,
  summary: "The code that went to the number: from now on a link asks for a second step",
  request: { body: jsonBody(smsFactorConfirmation) },
  responses: done,
});
const removeNumber = createRoute({
  method: "delete",
  path: `${HOME}/sms`,
  tags,
  summary: "Remove the number; with the last factor the second step goes too",
  responses: done,
});
const switchReading = createRoute({
  method: "put",
  path: `${HOME}/replies`,
  tags,
  summary: "Whether received replies ask for a second factor before they are shown",
  request: { body: jsonBody(repliesChange) },
  responses: done,
});
const makeCodes = createRoute({
  method: "post",
  path: `${HOME}/recovery-codes`,
  tags,
  summary: "Ten new recovery codes; those before stop working",
  responses: { 201: jsonAnswer(recoveryCodes, "Shown once"), ...problems },
});
const askConfirmation = createRoute({
  method: "post",
  path: `${HOME}/confirmation-requests`,
  tags,
  summary: "What the browser needs to confirm by a passkey of mine",
  responses: { 200: jsonAnswer(passkeyRequest, "For `navigator.credentials.get`"), ...problems },
});
const sendCode = createRoute({
  method: "post",
  path: `${HOME}/confirmation-codes`,
  tags,
  summary: "Send a code to confirm this session with; to the mailbox only where a link by mail is enough to sign in",
  request: { body: jsonBody(confirmationCodeRequest) },
  responses: sent,
});
const confirmKey = createRoute({
  method: "post",
  path: `${HOME}/confirmations/passkey`,
  tags,
  summary: "Confirm by a passkey: changes are not asked for again for 15 minutes",
  request: { body: jsonBody(passkeyAnswer) },
  responses: done,
});
const confirmCode = createRoute({
  method: "post",
  path: `${HOME}/confirmations/code`,
  tags,
  summary: "Confirm by a code: changes are not asked for again for 15 minutes",
  request: { body: jsonBody(confirmationCodeSchema) },
  responses: done,
});

/** @throws `not_signed_in`; `second_factor_required` {state} for a token, which has none */
async function requireBrowser(c: Context<ApiEnv>): Promise<MemberCaller> {
  const caller = await requireMember(c);
  if (caller.by === "token") throw new PliError("second_factor_required", { details: { state: "token" } });
  return caller;
}

export function securityRoutes(api: Api, services: Services): void {
  const turn = ({ memberId }: MemberCaller) =>
    take(services, { door: "security", key: memberId, limit: 120, windowSeconds: 3600 });
  /** Who may change something. */
  const changing = async (c: Context<ApiEnv>): Promise<MemberCaller> => {
    const caller = await requireBrowser(c);
    await turn(caller);
    await requireFreshProof(services, caller);
    return caller;
  };
  const network = (c: Context<ApiEnv>) => networkOf(c.env.incoming, services.config);

  api.openapi(read, async (c) => c.json(answer(await readSecurity(services, await requireBrowser(c))), 200));
  api.openapi(switchStep, async (c) => {
    const { memberId } = await changing(c);
    await switchSecondStep(services, memberId, c.req.valid("json").on);
    return c.body(null, 204);
  });
  api.openapi(offerKey, async (c) => {
    const { memberId } = await changing(c);
    return c.json(answer(await offerNewPasskey(services, memberId)), 200);
  });
  api.openapi(addKey, async (c) => {
    const { memberId } = await changing(c);
    return c.json(await addPasskey(services, memberId, asWire<NewPasskey>(c.req.valid("json"))), 201);
  });
  api.openapi(renameKey, async (c) => {
    const caller = await requireBrowser(c);
    await turn(caller);
    await namePasskey(services, caller.memberId, c.req.valid("param").passkeyId, c.req.valid("json").name);
    return c.body(null, 204);
  });
  api.openapi(removeKey, async (c) => {
    const { memberId } = await changing(c);
    await removePasskey(services, memberId, c.req.valid("param").passkeyId);
    return c.body(null, 204);
  });
  api.openapi(offerApp, async (c) => {
    const { memberId } = await changing(c);
    return c.json(await offerTotp(services, memberId), 201);
  });
  api.openapi(addApp, async (c) => {
    const caller = await changing(c);
    await addTotp(services, caller, c.req.valid("json").code);
    return c.body(null, 204);
  });
  api.openapi(removeApp, async (c) => {
    const { memberId } = await changing(c);
    await removeTotp(services, memberId);
    return c.body(null, 204);
  });
  api.openapi(offerNumber, async (c) => {
    const caller = await changing(c);
    return c.json(await offerSmsFactor(services, caller, c.req.valid("json").number, network(c)), 202);
  });
  api.openapi(addNumber, async (c) => {
    const caller = await changing(c);
    await addSmsFactor(services, caller, c.req.valid("json"));
    return c.body(null, 204);
  });
  api.openapi(removeNumber, async (c) => {
    const { memberId } = await changing(c);
    await removeSmsFactor(services, memberId);
    return c.body(null, 204);
  });
  api.openapi(switchReading, async (c) => {
    const { memberId } = await changing(c);
    await switchReplies(services, memberId, c.req.valid("json").on);
    return c.body(null, 204);
  });
  api.openapi(makeCodes, async (c) => {
    const { memberId } = await changing(c);
    return c.json(answer({ codes: await makeRecoveryCodes(services, memberId) }), 201);
  });
  api.openapi(askConfirmation, async (c) => {
    const caller = await requireBrowser(c);
    return c.json(answer(await requestPasskey(services, confirmingPurpose(caller), caller.memberId)), 200);
  });
  api.openapi(sendCode, async (c) => {
    const caller = await requireBrowser(c);
    await turn(caller);
    return c.json(await sendConfirmationCode(services, caller, c.req.valid("json").by, network(c)), 202);
  });
  api.openapi(confirmKey, async (c) => {
    const caller = await requireBrowser(c);
    await turn(caller);
    await confirmByPasskey(services, caller, asWire<PasskeyAnswer>(c.req.valid("json")));
    return c.body(null, 204);
  });
  api.openapi(confirmCode, async (c) => {
    const caller = await requireBrowser(c);
    await confirmByCode(services, caller, c.req.valid("json"));
    return c.body(null, 204);
  });
}
