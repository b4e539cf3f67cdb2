/** What the tour of screens shows lists and registers with: messages in their states, one of them opened and answered. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import {
  loginCli,
  type RunningServer,
  runCli,
  type Scope,
  type Sent,
  sendByCli,
  type TestBrowser,
  temporaryFolder,
} from "../harness.ts";
import { DESK, letter, pdf, proveMailbox, watchedPage } from "../open-journey.ts";

export const LETTER =
  "Dear Joaquim Herbelot,\n\nYou will find your file attached, with the plan of the plot. Please read it before our meeting on Thursday.\n\nKind regards,\nCamille Orvanne";

/** Somebody follows a link, in a browser of their own. */
export async function openLink(browser: TestBrowser, link: string): Promise<Page> {
  const { page } = await watchedPage(browser, { viewport: DESK });
  await page.goto(link);
  return page;
}

/** A message opened by one of its two people and answered, so that lists and registers have something to show. */
export async function fullHouse(scope: Scope, server: RunningServer, browser: TestBrowser): Promise<Sent> {
  const home = await loginCli(scope, server);
  const plan = join(await temporaryFolder(scope), "Plan of the plot.pdf");
  await writeFile(plan, pdf(["Plot 114"]));
  const sent = await sendByCli(home, [
    ...["--to", "joaquim@courriel.example", "--cc", "ines@courriel.example", "--subject", "Your file 2026-114"],
    ...["--text", LETTER, "--attach", plan, "--openings", "3", "--reference", "AL-2026-0419", "--language", "en"],
  ]);
  const link = sent.grants[0]?.link ?? "";
  await fetch(link, { headers: { "user-agent": "LinkScanner/1.0" } });
  const page = await openLink(browser, link);
  await proveMailbox(server, page, "joaquim@courriel.example");
  await letter(page).waitFor();
  await page.getByRole("button", { name: /^Reply/ }).click();
  await page.locator(".rich__text").click();
  await page.keyboard.type("Here it is, signed. Thank you for the plan.");
  await page.getByRole("button", { name: "Send sealed" }).click();
  await page.getByRole("heading", { name: "Your reply is on its way" }).waitFor();
  await page.context().close();
  await sendByCli(home, [
    "--to",
    "theodora@courriel.example",
    "--subject",
    "Minutes of the council",
    "--text",
    "Attached.",
  ]);
  const revoked = await sendByCli(home, ["--to", "n@courriel.example", "--subject", "Sent by mistake", "--text", "x"]);
  await runCli(["revoke", revoked.envelopeId], { home });
  return sent;
}
