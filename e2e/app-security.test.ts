/** Passkeys and second factors in a real browser, with its own authenticator: signing in, unlocking, the second step, the settings. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page, Request } from "playwright-core";
import { appCode } from "../apps/server/src/testing/app-codes.ts";
import { editorReady, followSignInLink, PASSPHRASE, signIn, welcome } from "./app-journey.ts";
import { openBrowser, startServer, takePicture, waitForMail } from "./harness.ts";
import { accessible, DESK, fitsWidth, noFaults, PHONE, watchedPage } from "./open-journey.ts";

const browser = await openBrowser({ after });
const OWNER = "owner@example.org";

/** An authenticator as phones and laptops have one built in: kept passkeys, a finger always at hand. */
async function authenticator(page: Page, { prf = true } = {}): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable", { enableUI: false });
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      ...(prf ? { hasPrf: true } : {}),
    },
  });
}

const security = (page: Page) => page.getByRole("region", { name: "Security" });

test("A1, Z10: a passkey is added once, then one touch signs in and unlocks; the server never gets what it answered", async () => {
  const server = await startServer({ after });
  const watched = await watchedPage(browser, { viewport: PHONE });
  const { page } = watched;
  const sent: string[] = [];
  page.on("request", (request: Request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  // what the extension answers, as this page's scripts see it
  await page.addInitScript(() => {
    const answers: string[] = [];
    (globalThis as { answers?: string[] }).answers = answers;
    for (const name of ["get", "create"] as const) {
      const original = navigator.credentials[name].bind(navigator.credentials) as (options: object) => Promise<unknown>;
      navigator.credentials[name] = (async (options: object) => {
        const credential = (await original(options)) as PublicKeyCredential;
        const first = credential.getClientExtensionResults().prf?.results?.first as ArrayBuffer | undefined;
        if (first) answers.push(btoa(String.fromCharCode(...new Uint8Array(first))));
        return credential;
      }) as never;
    }
  });
  await authenticator(page);
  await signIn(page, server);
  await welcome(page, { remember: false });

  await page.goto(`${server.origin}/app/settings`);
  await security(page).getByRole("button", { name: "Add a passkey" }).click();
  await page.getByLabel("Name", { exact: true }).last().fill("My phone");
  await accessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Add a passkey" }).click();
  // after a reload the device is locked: adding a way to unlock asks for the passphrase
  await page.getByLabel("Passphrase", { exact: true }).last().fill(PASSPHRASE);
  await page.getByRole("checkbox", { name: /Unlock by itself/ }).uncheck();
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await page.getByText("Passkey added", { exact: true }).waitFor();
  await security(page).getByText("unlocks messages").waitFor();
  const keys = page.getByRole("region", { name: "Keys" });
  await keys.getByText("My phone", { exact: true }).waitFor();
  await accessible(page);
  await fitsWidth(page);

  await page.context().clearCookies();
  await page.goto(`${server.origin}/app/sent`);
  // the browser offers it in the field: this finger is always there
  await page.getByRole("heading", { name: "Nothing sent yet" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Unlock" }).count(), 0, "one touch did both");
  // the worker is gone with the page: the passkey is asked for alone
  await page.reload();
  await page.getByRole("button", { name: "Unlock" }).click();
  await page.getByRole("dialog").getByText("Your device asks for fingerprint").waitFor();
  await accessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Unlock" }).click();
  await page.getByText("Unlocked", { exact: true }).waitFor();

  // a browser that does not offer it in the field has the button
  await page.context().clearCookies();
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
  await page.goto(`${server.origin}/app/sent`);
  const button = page.getByRole("button", { name: "Sign in with a passkey" });
  await button.waitFor();
  await accessible(page);
  await button.click();
  await page.getByRole("heading", { name: "Nothing sent yet" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Unlock" }).count(), 0);

  const answers = await page.evaluate(() => (globalThis as { answers?: string[] }).answers ?? []);
  assert.ok(answers.length > 0, "the extension answered");
  const wire = sent.join("\n");
  for (const answer of answers) {
    const text = answer.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
    assert.ok(!wire.includes(text) && !wire.includes(answer), "what unlocks was sent");
  }

  // removed: neither signs in nor unlocks
  await page.goto(`${server.origin}/app/settings#security`);
  await security(page).locator("summary", { hasText: "My phone" }).click();
  await security(page).getByRole("button", { name: "Remove" }).first().click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await page.getByText("Passkey removed").waitFor();
  await security(page).getByText("A passkey signs you in by fingerprint").waitFor();
  await keys.getByText("My phone", { exact: true }).waitFor({ state: "detached" });
  noFaults(watched);
});

test("Z10: an authenticator without the extension signs in, and the page says that it cannot unlock", async () => {
  const server = await startServer({ after });
  const watched = await watchedPage(browser, { viewport: DESK });
  const { page } = watched;
  await authenticator(page, { prf: false });
  await signIn(page, server);
  await welcome(page);
  await page.goto(`${server.origin}/app/settings`);
  await security(page).getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("cannot unlock messages").waitFor();
  await accessible(page);
  await page.getByRole("button", { name: "Close" }).click();
  await security(page).getByText("not used yet").waitFor();
  assert.equal(await security(page).getByText("unlocks messages").count(), 0);
  noFaults(watched);
});

test("A2: a code app and recovery codes; then a link asks for a second step, and changes elsewhere ask to confirm", async () => {
  const server = await startServer({ after });
  const seen = new Set<string>();
  const watched = await watchedPage(browser, { viewport: DESK });
  const { page } = watched;
  await signIn(page, server);
  await welcome(page);
  // another browser, signed in before there is a second factor
  const elsewhere = await watchedPage(browser, { viewport: PHONE });
  await followSignInLink(elsewhere.page, server, { address: OWNER, seen });
  await editorReady(elsewhere.page);

  await page.goto(`${server.origin}/app/settings`);
  const add = security(page).getByRole("button", { name: "Add a code app" });
  const dialog = page.getByRole("dialog");
  // as a quarter of an hour later: who will not prove who they are is back where they were, with no code to wait for
  await page.route("**/api/v1/me/security/totp", async (route) => {
    await route.fulfill({
      status: 403,
      contentType: "application/problem+json",
      json: { code: "second_factor_required" },
    });
  });
  await add.click();
  await page.getByRole("heading", { name: "Confirm that it is you" }).waitFor();
  await dialog.last().getByRole("button", { name: "Cancel" }).click();
  await add.and(page.locator(":focus")).waitFor();
  assert.equal(await dialog.count(), 0);
  await page.unroute("**/api/v1/me/security/totp");
  await add.click();
  const secret = ((await dialog.locator(".secret-key").textContent()) ?? "").replaceAll(/\s/g, "");
  await accessible(page);
  await takePicture(page, "security-code-app");
  await dialog.getByLabel("Code of the app").fill("000000");
  await page.keyboard.press("Enter");
  await dialog.getByText("This code is not right").waitFor();
  await dialog.getByLabel("Code of the app").fill(appCode(secret, Date.now()));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  const codes = await page.locator(".codes li").allTextContents();
  assert.equal(codes.length, 10);
  await accessible(page);
  assert.ok(await page.getByRole("button", { name: "Done" }).isDisabled());
  await page.getByLabel("They are in a safe place").check();
  await page.getByRole("button", { name: "Done" }).click();
  await security(page).getByText("10 codes left").waitFor();
  assert.ok(await security(page).getByLabel("Ask for a second step").isChecked());
  await accessible(page);
  await takePicture(page, "security-settings");
  await waitForMail(server, OWNER, ({ subject }) => subject === "A code app was added to your account");

  // the other browser has shown nothing but the mailbox
  const other = elsewhere.page;
  await other.goto(`${server.origin}/app/settings`);
  await security(other).getByRole("button", { name: "Remove Code app" }).click();
  await other.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await other.getByRole("heading", { name: "Confirm that it is you" }).waitFor();
  await accessible(other);
  await fitsWidth(other);
  await other.getByText("Recovery code", { exact: true }).click();
  await other.getByRole("textbox", { name: "Recovery code" }).fill("AAAAA-AAAAA");
  await other.getByRole("button", { name: "Confirm" }).click();
  await other.getByText("This recovery code is not right").waitFor();
  await other.getByRole("button", { name: "Cancel" }).click();
  await security(other).getByText("10 codes left").waitFor();

  await page.context().clearCookies();
  await followSignInLink(page, server, { address: OWNER, seen });
  await page.getByRole("heading", { name: "One more step" }).waitFor();
  await accessible(page);
  await takePicture(page, "second-step");
  assert.equal((await page.request.get(`${server.origin}/api/v1/me`)).status(), 401);
  await page.getByLabel("Code of your app").fill("123");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("This code is not right").waitFor();
  // people look at their phone, and the page may be gone when they come back
  await page.reload();
  await page.getByText("Recovery code", { exact: true }).click();
  await page.getByRole("textbox", { name: "Recovery code" }).fill(codes[0]?.toLowerCase() ?? "");
  await page.keyboard.press("Enter");
  await editorReady(page);
  await page.goto(`${server.origin}/app/settings`);
  await security(page).getByText("9 codes left").waitFor();
  noFaults(watched);
  noFaults(elsewhere);
});

test("P19, A2: where the organisation wants a second step, the next sign-in adds one, by keyboard alone", async () => {
  const server = await startServer({ after });
  const watched = await watchedPage(browser, { viewport: PHONE });
  const { page } = watched;
  await signIn(page, server);
  await welcome(page);
  const policies = { secondFactorRequired: { value: true, locked: true } };
  const changed = await page.request.put(`${server.origin}/api/v1/organisation/policies`, {
    data: { version: 0, policies },
    headers: { origin: server.origin },
  });
  assert.ok(changed.ok(), await changed.text());
  await page.context().clearCookies();
  const seen = new Set<string>();
  await followSignInLink(page, server, { address: OWNER, seen });
  await page.getByText("Your organisation asks for a second step").waitFor();
  // the strongest first: this browser has a passkey to make; a number is refused in words, and a code goes to a right one
  await page.getByRole("button", { name: "Add a passkey" }).waitFor();
  await accessible(page);
  await page.getByRole("radio", { name: "SMS" }).check();
  await page.getByLabel("Your mobile number").fill("12");
  await page.keyboard.press("Enter");
  await page.getByText("This is not a mobile number").waitFor();
  await page.getByLabel("Your mobile number").fill("+33 6 12 34 56 78");
  await page.keyboard.press("Enter");
  await page.getByText(/^Sent to .*, reference/).waitFor();
  await accessible(page);
  await fitsWidth(page);
  await page.getByRole("radio", { name: "Code app" }).check();
  const secret = ((await page.locator(".secret-key").textContent()) ?? "").replaceAll(/\s/g, "");
  await accessible(page);
  await fitsWidth(page);
  await page.getByLabel("Code of the app").focus();
  await page.keyboard.type(appCode(secret, Date.now()));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  await page.getByLabel("They are in a safe place").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await editorReady(page);
  await page.goto(`${server.origin}/app/settings`);
  await security(page).getByText("Your organisation asks for it").waitFor();
  assert.ok(await security(page).getByLabel("Ask for a second step").isDisabled());

  // another time, by the passkey that is offered first
  await security(page).getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await page.getByText("Code app removed").waitFor();
  await authenticator(page);
  await page.context().clearCookies();
  await followSignInLink(page, server, { address: OWNER, seen });
  await page.getByRole("button", { name: "Add a passkey" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  await page.getByLabel("They are in a safe place").check();
  await page.getByRole("button", { name: "Done" }).click();
  await editorReady(page);
  noFaults(watched);
});
