/** What a page's head says that the page will ask for (page-hints.ts), over real sockets and a folder of pages of our own. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { sitePage } from "./site.ts";
import { createStaticFiles } from "./static-files.ts";

const ID = "AAAAAAAAAAAAAAAAAAAAAA";

test("M12: a page's head names its scripts, the reader's texts and its first look; nothing else does", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "pli-hints-"));
  t.after(() => rm(folder, { recursive: true }));
  mkdirSync(join(folder, ".hints"));
  mkdirSync(join(folder, "assets"));
  for (const page of ["open.html", "secret.html", "app.html"]) writeFileSync(join(folder, page), `<p>${page}`);
  writeFileSync(join(folder, "assets/a-12345678.js"), "1");
  const hints = {
    scripts: ["/assets/a.js"],
    texts: { fr: ["/assets/fr.js"], en: ["/assets/en.js", "/assets/en2.js"] },
  };
  writeFileSync(join(folder, ".hints/open.html.json"), JSON.stringify(hints));
  const many = Array.from({ length: 200 }, (_, nth) => `/assets/chunk-${nth}.js`);
  writeFileSync(join(folder, ".hints/app.html.json"), JSON.stringify({ scripts: many, texts: {} }));
  writeFileSync(join(folder, ".hints/secret.html.json"), JSON.stringify({ scripts: [], texts: {} }));
  const files = createStaticFiles(folder, sitePage);
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const file = files.find(path);
    if (file === null) response.writeHead(404).end();
    else void files.send(file, request, response, path);
  });
  await new Promise<void>((resume) => server.listen(0, "127.0.0.1", resume));
  t.after(() => server.close());
  const linkOf = async (path: string, language?: string, method = "GET") => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    const response = await fetch(url, {
      method,
      headers: language === undefined ? {} : { "accept-language": language },
    });
    await response.arrayBuffer();
    return response.headers.get("link");
  };
  const scripts = (...names: string[]) => names.map((name) => `</assets/${name}.js>; rel=modulepreload`);
  const look = (path: string) => `<${path}>; rel=preload; as=fetch; crossorigin`;

  const grant = look(`/api/v1/grants/${ID}`);
  assert.equal(await linkOf(`/o/${ID}`, "fr-BE,fr;q=0.9,en;q=0.8"), [grant, ...scripts("a", "fr")].join(", "));
  assert.equal(await linkOf(`/o/${ID}`, "fr-BE", "HEAD"), [grant, ...scripts("a", "fr")].join(", "));
  // a language that nobody speaks here, and none at all: as the page chooses
  for (const language of ["pt", "*"]) {
    assert.equal(await linkOf(`/o/${ID}`, language), [grant, ...scripts("a", "en", "en2")].join(", "));
  }
  // no link of ours: no look, and nothing of the path in the head
  for (const path of ["/o/x", `/o/${ID}x`, `/o/${ID.slice(1)}%3E`]) {
    assert.equal(await linkOf(path, "fr"), scripts("a", "fr").join(", "), path);
  }
  assert.equal(await linkOf(`/s/${ID}`), look(`/api/v1/secrets/${ID}`));
  // of very many, those that a proxy's buffer for heads has room for
  const app = (await linkOf("/app")) ?? "";
  assert.ok(app.startsWith("</assets/chunk-0.js>; rel=modulepreload, <") && app.length <= 2000 && app.length > 1900);
  assert.equal(await linkOf("/assets/a-12345678.js"), null);
  assert.equal(files.find("/.hints/open.html.json"), null);
});
