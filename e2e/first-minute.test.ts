/** The first minute of the README as a visitor has it: the printed link signs in, the mailbox page shows the mail, its button opens. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import {
  codeFor,
  linkFor,
  loginCli,
  openBrowser,
  PROFILES,
  runAdmin,
  sendByCli,
  signIn,
  startServer,
  takePicture,
  temporaryFolder,
} from "./harness.ts";

const RECIPIENT = "jeanne.petit@courriel.example";

for (const profile of PROFILES) {
  test(`Q1, M11, M12: on ${profile} the link of the terminal signs in; the mailbox page leads to the message`, async (t) => {
    const server = await startServer(t, { profile, env: { PLI_ORGANISATION: "Town of Saint-Aubin" } });
    const browser = await openBrowser(t);
    const page = await browser.newPage();
    await signIn(page, server);
    assert.match(new URL(page.url()).pathname, /^\/app(\/|$)/);

    const home = await loginCli(t, server);
    const token = await runAdmin(server, ["create-token", "--member", server.ownerAddress]);
    const named = await fetch(`${server.origin}/api/v1/me`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ name: "Claire Martin" }),
    });
    assert.ok(named.ok);
    const folder = await temporaryFolder(t);
    await writeFile(join(folder, "Decision 2026-118.txt"), "Granted.\n".repeat(2000));
    await writeFile(join(folder, "Amounts.csv"), "month;amount\n01;250\n".repeat(900));
    await sendByCli(home, [
      ...["--to", RECIPIENT, "--subject", "Your housing file: the decision", "--openings", "3", "--expires", "14d"],
      "--text",
      "Dear Ms Petit,\n\nyour application was granted. The decision and the amounts are attached.\n\nWith kind regards,\nClaire Martin",
      ...["--attach", join(folder, "Decision 2026-118.txt"), "--attach", join(folder, "Amounts.csv")],
    ]);
    const link = await linkFor(server, RECIPIENT);

    const mailbox = await browser.newPage();
    await mailbox.goto(`${server.origin}/dev/mailbox`);
    await mailbox.getByText("Claire Martin sent you a confidential message").first().click();
    await mailbox.frameLocator("iframe").getByRole("link", { name: "Read the message" }).waitFor();
    if (profile === "sqlite") await takePicture(mailbox, "mailbox");

    const reader = await browser.newPage();
    await reader.goto(link);
    await reader.getByRole("button", { name: /code by mail/ }).click();
    await reader.locator('input[autocomplete="one-time-code"]').fill(await codeFor(server, RECIPIENT));
    await reader.getByText("Your housing file: the decision").first().waitFor();
    if (profile === "sqlite") await takePicture(reader, "reading");
  });
}
