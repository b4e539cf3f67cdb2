/** The check page of a release in a real browser, opened from disk: a server as published passes, a changed one is named (Q9). */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions } from "playwright-core";
import { type Answer, startTamperingProxy } from "../apps/cli/src/testing/tampering-proxy.ts";
import { PAGE_NAME } from "../tools/check-page.ts";
import { writeRelease } from "../tools/release-hashes.ts";
import { freePort, openBrowser, startServer, takePicture, temporaryFolder } from "./harness.ts";
import { accessible, DESK, fitsWidth, noFaults, PHONE, watchedPage } from "./open-journey.ts";

const folder = await temporaryFolder({ after });
await writeRelease(folder);
const server = await startServer({ after });
const browser = await openBrowser({ after });
const PAGE = pathToFileURL(join(folder, PAGE_NAME)).href;

async function checkInBrowser(origin: string, options: BrowserContextOptions = {}) {
  const watched = await watchedPage(browser, { viewport: DESK, ...options });
  const { page } = watched;
  // hundreds of files are fetched and compared
  page.setDefaultTimeout(90_000);
  await page.goto(PAGE);
  await page.getByRole("textbox", { name: /^(Address of the server|Adresse du serveur)$/ }).fill(origin);
  await page.getByRole("button", { name: /Check this server|Vérifier ce serveur/ }).click();
  return watched;
}

const tampered = (t: { after(end: () => unknown): void }, change: (path: string, answer: Answer) => void) =>
  startTamperingProxy({ after: (end) => t.after(end) }, server.origin, change);

for (const [name, options] of [
  ["at 1280 px", { viewport: DESK }],
  ["at 360 px in the dark", { viewport: PHONE, colorScheme: "dark" }],
] as const) {
  test(`Q9: the page passes an untouched server, ${name}`, async () => {
    const watched = await checkInBrowser(server.origin, options);
    const { page } = watched;
    await page.getByText("Everything is as published").waitFor();
    assert.match(await page.getByRole("status").innerText(), /served exactly release [\d.]+: \d{3} files compared/);
    await accessible(page);
    await fitsWidth(page);
    if (options.viewport === DESK) await takePicture(page, "verify-server");
    noFaults(watched);
  });

  test(`Q9: the page names a changed script and a script slipped in, in French, ${name}`, async (t) => {
    const { origin } = await tampered(t, (path, answer) => {
      if (/^\/assets\/open-worker-.*\.js$/.test(path)) answer.body = `${answer.body}\n`;
      if (path.startsWith("/o/")) answer.body = `${answer.body}<script>steal()</script>`;
      if (path === "/app") answer.headers.delete("content-security-policy");
    });
    const watched = await checkInBrowser(origin, { ...options, locale: "fr-FR" });
    const { page } = watched;
    await page.getByText("Ce n’est pas ce qui a été publié").waitFor();
    const rows = await page.locator("tbody tr").allInnerTexts();
    assert.deepEqual(
      rows.map((row) => row.replace(/\s+/g, " ").replace(/worker-[\w-]{8}/, "worker-X")),
      [
        "/app il arrive sans la règle qui tient le code étranger à l’écart (Content-Security-Policy)",
        "/assets/open-worker-X.js son contenu n’est pas celui de la version publiée",
        "/o/* son contenu n’est pas celui de la version publiée",
        "/o/* un script a été écrit dans la page : steal()",
      ],
    );
    assert.equal(await page.getAttribute("html", "lang"), "fr");
    await accessible(page);
    await fitsWidth(page);
    noFaults(watched);
  });
}

test("Q9: the page notices a script that is missing or redirected", async (t) => {
  const { origin } = await tampered(t, (path, answer) => {
    if (/^\/assets\/open-worker-.*\.js$/.test(path)) {
      answer.status = 404;
      answer.headers.delete("access-control-allow-origin");
    }
    if (path === "/app/sign-in") {
      answer.status = 302;
      answer.headers.set("location", "https://evil.example/");
    }
  });
  const { page } = await checkInBrowser(origin);
  await page.getByText("This is not what was published").waitFor();
  const rows = (await page.locator("tbody tr").allInnerTexts()).join("\n");
  assert.match(rows, /sign-in\s+the server leads elsewhere/);
  assert.match(rows, /open-worker-\S+\s+it is missing, or the server does not let this page read it/);
});

test("Q9: the page takes the address of a storage that the operator named", async (t) => {
  const { origin } = await tampered(t, (_path, { headers }) => {
    const policy = headers.get("content-security-policy")?.replace("connect-src", "connect-src https://bucket.example");
    if (policy !== undefined) headers.set("content-security-policy", policy);
  });
  const { page } = await checkInBrowser(origin);
  await page.getByText("is weaker in connect-src https://bucket.example").first().waitFor();
  await page.getByText("Files go to a storage elsewhere").click();
  await page.getByRole("textbox", { name: "Address of the storage" }).fill("bucket.example");
  await page.getByRole("button", { name: "Check this server" }).click();
  await page.getByText("Everything is as published").waitFor();
});

test("Q9: nobody there, no address, a plain one: each is said, and nothing is asked of anybody", async () => {
  const { page } = await checkInBrowser(`http://localhost:${await freePort()}`);
  await page.getByText("No Pli server answered there").waitFor();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  for (const wrong of ["", "http://pli.example.org", "ftp://x", "https://user@pli.example.org"]) {
    await page.getByRole("textbox", { name: /^(Address of the server|Adresse du serveur)$/ }).fill(wrong);
    await page.getByRole("button", { name: "Check this server" }).click();
    await page.getByText("This is no address of a server").waitFor();
    await page.getByRole("textbox", { name: /^(Address of the server|Adresse du serveur)$/ }).fill("");
  }
  assert.deepEqual(asked, []);
});

test("Q9: nothing else runs in the page: its policy names its one script", async () => {
  const { page } = await watchedPage(browser);
  await page.goto(PAGE);
  await page.getByRole("textbox", { name: /^(Address of the server|Adresse du serveur)$/ }).waitFor();
  await page
    .evaluate(() => {
      const script = document.createElement("script");
      script.setAttribute("nonce", "x");
      script.append("window.ran = 1");
      document.body.append(script);
    })
    .catch(() => undefined);
  assert.equal(await page.evaluate(() => "ran" in window), false);
});

test("Q9: other sites may read public files without cookies, and nothing that depends on who asks", async () => {
  const allows = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(server.origin + path, { headers: { origin: "https://elsewhere.example", ...headers } });
    await answer.arrayBuffer();
    assert.equal(answer.headers.get("access-control-allow-credentials"), null, path);
    assert.equal(answer.headers.get("cross-origin-resource-policy"), "same-origin", path);
    return answer.headers.get("access-control-allow-origin");
  };
  for (const path of ["/", "/app", "/app/inbox", "/o/AAAAAAAAAAAAAAAAAAAAAA", "/api", "/api/explorer.js"]) {
    assert.equal(await allows(path), "*", path);
  }
  const link = new URL(server.ownerLink());
  assert.equal(await allows(link.pathname), "*");
  for (const path of [
    "/api/v1/me",
    "/api/v1/server",
    "/api/v1/openapi.json",
    "/api/v1/grants/AAAAAAAAAAAAAAAAAAAAAA",
    "/api/v1/envelopes",
    "/api/v1/nothing",
    "/api/nothing",
    "/healthz",
    "/readyz",
    "/dev/mailbox",
    "/dev/mailbox.json",
    "/dev/mailbox/mailbox.js",
    "/release-hashes.json",
    "/assets/none.js",
    "/none",
  ]) {
    assert.equal(await allows(path), null, path);
  }
  const preflight = await fetch(`${server.origin}/app`, {
    method: "OPTIONS",
    headers: { origin: "https://elsewhere.example", "access-control-request-method": "PUT" },
  });
  assert.equal(preflight.headers.get("access-control-allow-origin"), null);
  assert.equal((await fetch(`${server.origin}/release-hashes.json`)).status, 404);
});
