/** Passkeys and second factors: those of a browser that is signed in, and those that sign in. */
import type { PasskeyCreation, TotpOffer } from "@pli/core/wire";
import { appCode } from "../app-codes.ts";
import {
  addNumber,
  addPasskey,
  addTotp,
  askFor,
  askSms,
  expectStatus,
  HOME,
  halfSignedIn,
  newBrowser,
  newMemberWhoMust,
  newNumber,
  STEP,
  waitingForCode,
  waitingForKey,
} from "../factor-acts.ts";
import { softwarePasskey } from "../software-passkey.ts";
import type { RouteCases } from "./route-case.ts";

export const SECURITY_CASES: RouteCases = {
  // signing in with a passkey
  "POST /api/v1/sign-in/passkey-requests": {
    open: "everybody",
    prepare: async (world) => ({ by: world.visitor(), path: "/api/v1/sign-in/passkey-requests" }),
  },
  "POST /api/v1/sign-in/passkeys": {
    open: "everybody",
    prepare: async (world) => {
      const { key } = await addPasskey(await newBrowser(world), world);
      const by = world.visitor();
      const request = await askFor(by, "/api/v1/sign-in/passkey-requests");
      return { by, path: "/api/v1/sign-in/passkeys", json: key.answer(request, world.origin) };
    },
  },

  // the second step
  "GET /api/v1/sign-in/step": {
    open: "nobody",
    prepare: async (world) => ({ by: (await waitingForCode(world)).by, path: STEP }),
  },
  "POST /api/v1/sign-in/step/passkey-requests": {
    open: "nobody",
    prepare: async (world) => ({ by: (await waitingForKey(world)).by, path: `${STEP}/passkey-requests` }),
  },
  "POST /api/v1/sign-in/step/passkeys": {
    open: "nobody",
    prepare: async (world) => {
      const { by, key } = await waitingForKey(world);
      const json = key.answer(await askFor(by, `${STEP}/passkey-requests`), world.origin);
      return { by, path: `${STEP}/passkeys`, json };
    },
  },
  "POST /api/v1/sign-in/step/codes": {
    open: "nobody",
    prepare: async (world) => {
      const { by, secret } = await waitingForCode(world);
      return { by, path: `${STEP}/codes`, json: { kind: "totp", code: appCode(secret, world.now()) } };
    },
  },
  "POST /api/v1/sign-in/step/totp": {
    open: "nobody",
    prepare: async (world) => {
      const member = await newMemberWhoMust(world);
      return { by: await halfSignedIn(world, member), path: `${STEP}/totp` };
    },
  },

  "POST /api/v1/sign-in/step/passkey-creations": {
    open: "nobody",
    prepare: async (world) => {
      const by = await halfSignedIn(world, await newMemberWhoMust(world));
      return { by, path: `${STEP}/passkey-creations` };
    },
  },
  "POST /api/v1/sign-in/step/new-passkeys": {
    open: "nobody",
    prepare: async (world) => {
      const by = await halfSignedIn(world, await newMemberWhoMust(world));
      const asked = await expectStatus(200, by.call("POST", `${STEP}/passkey-creations`));
      const json = softwarePasskey().create(asked.json<PasskeyCreation>(), world.origin);
      return { by, path: `${STEP}/new-passkeys`, json };
    },
  },
  "POST /api/v1/sign-in/step/sms": {
    open: "nobody",
    prepare: async (world) => {
      const by = await halfSignedIn(world, await newMemberWhoMust(world));
      return { by, path: `${STEP}/sms`, json: { number: newNumber() } };
    },
  },
  "PUT /api/v1/sign-in/step/sms": {
    open: "nobody",
    prepare: async (world) => {
      const by = await halfSignedIn(world, await newMemberWhoMust(world));
      const number = newNumber();
      const code = await askSms(by, world, `${STEP}/sms`, number, { number });
      return { by, path: `${STEP}/sms`, json: { number, code } };
    },
  },

  "POST /api/v1/sign-in/step/sms-codes": {
    open: "nobody",
    prepare: async (world) => {
      const browser = await newBrowser(world);
      await addNumber(browser, world);
      world.advance(60_000);
      return { by: await halfSignedIn(world, browser.member), path: `${STEP}/sms-codes` };
    },
  },

  // my security
  "GET /api/v1/me/security": {
    open: "members",
    prepare: async (world) => ({ by: await newBrowser(world), path: HOME }),
  },
  "PUT /api/v1/me/security/second-step": {
    open: "members",
    prepare: async (world) => {
      const by = await newBrowser(world);
      await addPasskey(by, world);
      return { by, path: `${HOME}/second-step`, json: { on: true } };
    },
  },
  "POST /api/v1/me/security/passkey-creations": {
    open: "members",
    prepare: async (world) => ({ by: await newBrowser(world), path: `${HOME}/passkey-creations` }),
  },
  "POST /api/v1/me/security/passkeys": {
    open: "nobody",
    prepare: async (world) => {
      const by = await newBrowser(world);
      const asked = await expectStatus(200, by.call("POST", `${HOME}/passkey-creations`));
      const json = softwarePasskey().create(asked.json<PasskeyCreation>(), world.origin);
      return { by, path: `${HOME}/passkeys`, json };
    },
  },
  "PATCH /api/v1/me/security/passkeys/:id": {
    open: "nobody",
    prepare: async (world) => {
      const by = await newBrowser(world);
      const { view } = await addPasskey(by, world);
      return { by, path: `${HOME}/passkeys/${view.passkeyId}`, json: { name: "Phone" } };
    },
  },
  "DELETE /api/v1/me/security/passkeys/:id": {
    open: "nobody",
    prepare: async (world) => {
      const by = await newBrowser(world);
      const { view } = await addPasskey(by, world);
      return { by, path: `${HOME}/passkeys/${view.passkeyId}` };
    },
  },
  "POST /api/v1/me/security/totp": {
    open: "members",
    prepare: async (world) => ({ by: await newBrowser(world), path: `${HOME}/totp` }),
  },
  "PUT /api/v1/me/security/totp": {
    open: "nobody",
    prepare: async (world) => {
      const by = await newBrowser(world);
      const { secret } = (await expectStatus(201, by.call("POST", `${HOME}/totp`))).json<TotpOffer>();
      return { by, path: `${HOME}/totp`, json: { code: appCode(secret, world.now()) } };
    },
  },
  "DELETE /api/v1/me/security/totp": {
    open: "nobody",
    prepare: async (world) => {
      const by = await newBrowser(world);
      await addTotp(by, world);
      return { by, path: `${HOME}/totp` };
    },
  },
  "POST /api/v1/me/security/sms": {
    open: "members",
    prepare: async (world) => ({
      by: await newBrowser(world),
      path: `${HOME}/sms`,
      json: { number: newNumber() },
    }),
  },
  "PUT /api/v1/me/security/sms": {
    open: "nobody",
    prepare: async (world) => {
      const by = await newBrowser(world);
      const number = newNumber();
      const code = await askSms(by, world, `${HOME}/sms`, number, { number });
      return { by, path: `${HOME}/sms`, json: { number, code } };
    },
  },
  "DELETE /api/v1/me/security/sms": {
    open: "nobody",
    prepare: async (world) => {
      const by = await newBrowser(world);
      await addNumber(by, world);
      return { by, path: `${HOME}/sms` };
    },
  },
  "PUT /api/v1/me/security/replies": {
    open: "members",
    prepare: async (world) => {
      const by = await newBrowser(world);
      await addPasskey(by, world);
      return { by, path: `${HOME}/replies`, json: { on: true } };
    },
  },
  "POST /api/v1/me/security/confirmation-codes": {
    open: "members",
    prepare: async (world) => ({
      by: await newBrowser(world),
      path: `${HOME}/confirmation-codes`,
      json: { by: "mail" },
    }),
  },
  "POST /api/v1/me/security/recovery-codes": {
    open: "nobody",
    prepare: async (world) => {
      const by = await newBrowser(world);
      await addTotp(by, world);
      return { by, path: `${HOME}/recovery-codes` };
    },
  },
  "POST /api/v1/me/security/confirmation-requests": {
    open: "members",
    prepare: async (world) => ({ by: await newBrowser(world), path: `${HOME}/confirmation-requests` }),
  },
  "POST /api/v1/me/security/confirmations/passkey": {
    open: "nobody",
    prepare: async (world) => {
      const by = await newBrowser(world);
      const { key } = await addPasskey(by, world);
      const json = key.answer(await askFor(by, `${HOME}/confirmation-requests`), world.origin);
      return { by, path: `${HOME}/confirmations/passkey`, json };
    },
  },
  "POST /api/v1/me/security/confirmations/code": {
    open: "nobody",
    prepare: async (world) => {
      const by = await newBrowser(world);
      const { secret } = await addTotp(by, world);
      world.advance(60_000);
      const json = { kind: "totp", code: appCode(secret, world.now()) };
      return { by, path: `${HOME}/confirmations/code`, json };
    },
  },
};
