/** The page of a one-time secret in a real browser (S1): looking uses nothing, one click one view, hidden after a minute, every end told. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { loginCli, openBrowser, runCli, startServer, temporaryFolder } from "./harness.ts";
import { look } from "./looks.ts";
import { accessible, DESK, noFaults, PHONE, watchedPage } from "./open-journey.ts";

const server = await startServer({ after }, { env: { PLI_ORGANISATION: "Ville d’Aubrelune" } });
const browser = await openBrowser({ after });
const home = await loginCli({ after }, server);
const passwordFile = join(await temporaryFolder({ after }), "password");
const PASSWORD = "Tournesol 48 été";
await writeFile(passwordFile, PASSWORD, { mode: 0o600 });
const TEXT = "zebra-7-Été <b>&amp;</b>\nline two";

async function make(...more: string[]): Promise<{ link: string; secretId: string }> {
  const run = await runCli(["secret", ...more, "--json"], { home, input: TEXT });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

async function viewsLeft(secretId: string): Promise<number> {
  const answer = await fetch(`${server.origin}/api/v1/secrets/${secretId}`);
  return ((await answer.json()) as { viewsLeft?: number }).viewsLeft ?? 0;
}

const shownText = (page: Awaited<ReturnType<typeof watchedPage>>["page"]) =>
  page.getByRole("textbox", { name: /Text of/ });

for (const [name, viewport, colorScheme] of [
  ["360 px, dark", PHONE, "dark"],
  ["1280 px, light", DESK, "light"],
] as const) {
  test(`S1: shown by one click, hidden again, never in the title, at ${name}; accessible in each state`, async () => {
    const { link, secretId } = await make("--views", "2");
    const watched = await watchedPage(browser, { viewport, colorScheme, locale: "en-GB" });
    const { page } = watched;
    await page.clock.install();
    const see = (state: string) => look(page, `secret-${state}-${viewport.width}-${colorScheme}`);
    await page.goto(link);
    const reveal = page.getByRole("button", { name: "Show the secret" });
    await reveal.waitFor();
    assert.match((await page.textContent("main")) ?? "", /shares a secret with you[\s\S]*2 of 2 left/);
    await see("closed");
    assert.equal(await viewsLeft(secretId), 2, "looking uses nothing");
    await reveal.click();
    await shownText(page).waitFor();
    assert.equal(await shownText(page).inputValue(), TEXT);
    assert.ok(!(await page.title()).includes("zebra"));
    await see("shown");
    assert.equal(await viewsLeft(secretId), 1);
    await page.clock.runFor(61_000);
    await page.getByText("The secret is hidden.").first().waitFor();
    assert.equal(await shownText(page).count(), 0);
    assert.ok(!(await page.content()).includes("zebra"), "hidden is gone from the page");
    await see("hidden");
    await page.getByRole("button", { name: "Show it again" }).click();
    await shownText(page).waitFor();
    assert.equal(await viewsLeft(secretId), 1, "showing it again uses nothing");
    await page.reload();
    await reveal.click();
    await page.getByText("This was the last view").waitFor();
    await see("last");
    await page.reload();
    await page.getByRole("heading", { name: "This secret was already shown" }).waitFor();
    await see("used-up");
    noFaults(watched);
  });
}

test("S1: by keyboard alone, with a password; a wrong one uses no view and says how many tries are left", async () => {
  const { link, secretId } = await make("--password-file", passwordFile);
  const { page } = await watchedPage(browser, { viewport: PHONE, locale: "en-GB" });
  await page.goto(link);
  await page.getByLabel("Password", { exact: true }).focus();
  await page.keyboard.type("wrong");
  await page.keyboard.press("Enter");
  await page.getByText("Wrong password. No view was used; 4 tries left.").waitFor();
  await accessible(page);
  assert.equal(await viewsLeft(secretId), 1);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await shownText(page).waitFor();
  assert.equal(await shownText(page).inputValue(), TEXT);
});

test("S1, M12: a scanner that runs scripts and follows the link many times uses no view", async () => {
  const { link, secretId } = await make();
  for (let i = 0; i < 3; i++) {
    const { page } = await watchedPage(browser, {});
    await page.goto(link);
    await page.getByRole("button", { name: "Show the secret" }).waitFor();
    await page.close();
  }
  assert.equal(await viewsLeft(secretId), 1);
});

test("S1, M17: cut, unknown, destroyed: each says what happened, and in French", async () => {
  const { link, secretId } = await make();
  const title = async (url: string, locale = "en-GB") => {
    const { page } = await watchedPage(browser, { viewport: PHONE, locale });
    await page.goto(url);
    await page.locator("#refused").waitFor();
    await accessible(page);
    return await page.textContent("#refused");
  };
  assert.equal(await title(link.slice(0, -3)), "This link is not complete");
  assert.equal(await title(link.replace(secretId, "A".repeat(22))), "We do not know this secret");
  const destroyed = await runCli(["destroy", link], { home });
  assert.equal(destroyed.status, 0, destroyed.stderr);
  assert.equal(await title(link, "fr-FR"), "L’expéditeur a détruit ce secret");
});

test("S1: a link with one changed letter opens nothing and uses nothing", async () => {
  const { link, secretId } = await make();
  const at = link.indexOf("#") + 10;
  const changed = link.slice(0, at) + (link[at] === "A" ? "B" : "A") + link.slice(at + 1);
  const { page } = await watchedPage(browser, { locale: "en-GB" });
  await page.goto(changed);
  await page.getByRole("button", { name: "Show the secret" }).click();
  await page.getByRole("heading", { name: "This link does not open the secret" }).waitFor();
  assert.equal(await viewsLeft(secretId), 1);
});
