/** The API explorer in a real browser: in the reader's language, another one at hand, and what one sends is answered. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openBrowser, runAdmin, startServer } from "./harness.ts";
import { accessible, fitsWidth, noFaults, PHONE, watchedPage } from "./open-journey.ts";

const server = await startServer({ after });
const browser = await openBrowser({ after });

test("C1: the API explorer speaks French to who reads it, and English on demand", async () => {
  const watched = await watchedPage(browser, { viewport: PHONE, locale: "fr-FR" });
  const { page } = watched;
  await page.goto(`${server.origin}/api`);
  await page.getByLabel("Filtrer").fill("sessions");
  const operation = page.locator("details", { hasText: "/api/v1/me/sessions/{sessionId}" });
  await operation.locator("summary").click();
  await operation.getByRole("button", { name: "Envoyer" }).waitFor();
  await operation.getByText("dans le chemin").waitFor();
  assert.equal(await operation.locator(".summary").getAttribute("lang"), "en", "the description says its language");
  await page.getByText("Les listes se lisent page par page\u00a0: reprenez next comme cursor.").waitFor();
  await accessible(page);
  await fitsWidth(page);
  await page.getByLabel("Langue").selectOption("en");
  await operation.getByRole("button", { name: "Send" }).waitFor();
  await operation.getByText("in the path").waitFor();
  await page.locator("html[lang=en]").waitFor({ state: "attached" });
  await page.getByLabel("Filter").fill("nothing like this");
  await page.getByText("No operation matches.").waitFor();
  noFaults(watched);
});

test("C1: the API explorer sends a request with a token and shows the answer", async () => {
  const watched = await watchedPage(browser);
  const { page } = watched;
  await page.goto(`${server.origin}/api`);
  const operation = page.locator("details").filter({ has: page.getByText("/api/v1/me", { exact: true }) });
  await operation.first().locator("summary").click();
  await operation.first().getByRole("button", { name: "Send" }).click();
  await operation.first().getByText("not_signed_in").waitFor();
  await page.getByLabel("API token").fill(await runAdmin(server, ["create-token", "--member", server.ownerAddress]));
  await operation.first().getByRole("button", { name: "Send" }).click();
  await operation.first().getByText(`"address": "${server.ownerAddress}"`).first().waitFor();
  noFaults(watched);
});

test("C1: what cannot be described is said, in the reader's language", async () => {
  const { page } = await watchedPage(browser, { locale: "fr-FR" });
  await page.route("**/openapi.json", (route) => route.abort());
  await page.goto(`${server.origin}/api`);
  await page.getByRole("alert").filter({ hasText: "La description n’arrive pas." }).waitFor();
});
