/** Signed mails, judged by a verifier of others, and the doctor's look at what receivers look up. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { examine, type Finding } from "./doctor.ts";
import { orderMessage } from "./features/notifications/testing/order.ts";
import { startRelay } from "./features/notifications/testing/relay.ts";
import { openDns } from "./platform/dns/index.ts";
import { startDnsServer } from "./platform/dns/testing/dns-server.ts";
import { ConfigError, readConfig } from "./server.ts";
import { createWorld } from "./testing/world.ts";

const ADMIN = fileURLToPath(new URL("./admin.ts", import.meta.url));
const DOMAIN = "aubrelune.example";

interface Verdict {
  readonly results: readonly {
    readonly status: { readonly result: string };
    readonly signingDomain: string;
    readonly signingHeaders?: { readonly keys: string };
  }[];
}
type DnsLookup = (name: string, type: string) => Promise<readonly (readonly string[])[]>;
const { dkimVerify } = createRequire(import.meta.url)("mailauth/lib/dkim/verify") as {
  dkimVerify(raw: Buffer, options: { resolver: DnsLookup }): Promise<Verdict>;
};

/** A key by the operator's command. @returns its file, and the record as a receiver reads it */
async function makeKey(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), "pli-dkim-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "keys", "dkim.pem");
  const environment = { ...process.env, PLI_MAIL_FROM: `plis@${DOMAIN}` };
  const printed = execFileSync(process.execPath, [ADMIN, "make-dkim-key", "--to", file], {
    env: environment,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [, name = "", rest = ""] = /^(\S+)\. IN TXT (.+)\n$/.exec(printed) ?? [];
  const text = [...rest.matchAll(/"([^"]*)"/g)].map(([, piece]) => piece).join("");
  return { file, name, text, environment };
}

test("M11: mails are signed by the key of the operator's command, and a change on the way breaks the signature", async (t) => {
  const { file, name, text, environment } = await makeKey(t);
  assert.equal(name, `pli._domainkey.${DOMAIN}`);
  assert.equal((await stat(file)).mode & 0o077, 0, "for its owner alone");
  const before = await readFile(file, "utf8");
  const again = spawnSync(process.execPath, [ADMIN, "make-dkim-key", "--to", file], { env: environment });
  assert.equal(again.status, 1, "a key is never written over");
  assert.equal(await readFile(file, "utf8"), before);
  const relay = await startRelay(t);
  const world = await createWorld(t, {
    PLI_SMTP_URL: relay.url,
    PLI_MAIL_FROM: `plis@${DOMAIN}`,
    PLI_DKIM_KEY_FILE: file,
  });
  await orderMessage(world, "juliette@courriel.example", { language: "fr" });
  await t.waitFor(() => assert.equal(relay.received.length, 1), { timeout: 30_000, interval: 20 });
  const raw = Buffer.from(relay.received[0]?.raw ?? "");
  const resolver: DnsLookup = async (asked, type) => {
    assert.deepEqual([asked, type], [name, "TXT"]);
    return [[text]];
  };
  const judge = async (mail: Buffer) => (await dkimVerify(mail, { resolver })).results[0];
  const verdict = await judge(raw);
  assert.equal(verdict?.status.result, "pass");
  assert.equal(verdict?.signingDomain, DOMAIN);
  const changed = (from: string | RegExp, to: string) => Buffer.from(raw.toString("utf8").replace(from, to));
  for (const forged of [
    changed(/^From: .*$/m, "From: Eve <plis@aubrelune.example>"),
    changed(/^Reply-To: .*$/m, "Reply-To: eve@elsewhere.example"),
    changed(/^Subject: /m, "Subject: Re: "),
    changed(/\/o\//, "/p/"),
    changed(/^Auto-Submitted: .*$/m, "Auto-Submitted: no"),
  ]) {
    assert.notEqual((await judge(forged))?.status.result, "pass");
  }
});

test("Q2: a DKIM key that receivers would not take, or settings without one, are faults that print no key", () => {
  const pem = (modulusLength: number) =>
    generateKeyPairSync("rsa", { modulusLength }).privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  const weak = pem(1024);
  const edwards = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  for (const environment of [
    { PLI_DKIM_KEY: weak },
    { PLI_DKIM_KEY: edwards },
    { PLI_DKIM_KEY: "open-sesame" },
    { PLI_DKIM_SELECTOR: "pli" },
    { PLI_DKIM_KEY: pem(2048), PLI_DKIM_SELECTOR: "a b" },
    { PLI_DKIM_KEY: pem(2048), PLI_DKIM_DOMAIN: "-x.example" },
  ]) {
    assert.throws(
      () => readConfig(environment),
      (error: unknown) =>
        error instanceof ConfigError && /PLI_DKIM_/.test(error.message) && !/PRIVATE|sesame/.test(error.message),
    );
  }
});

test("M11, Q2: the doctor reads SPF, DKIM, DMARC and the bounces' MX from the DNS, and prints the records to publish", async (t) => {
  const { file, name, text } = await makeKey(t);
  const relay = await startRelay(t);
  const folder = await mkdtemp(join(tmpdir(), "pli-doctor-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const environment = {
    PLI_DATA: folder,
    PLI_SMTP_URL: relay.url,
    PLI_URL: "https://plis.aubrelune.example",
    PLI_MAIL_FROM: `plis@${DOMAIN}`,
    PLI_DKIM_KEY_FILE: file,
    PLI_BOUNCE_ADDRESS: `bounce@bounces.${DOMAIN}`,
  };
  const checks = ["SPF", "DKIM", "DMARC", "bounces", "mail domain"];
  const look = async (zone: Parameters<typeof startDnsServer>[1], more: Readonly<Record<string, string>> = {}) => {
    const dns = openDns([await startDnsServer(t, zone)]);
    const findings = await examine({ ...environment, ...more }, false, dns);
    return findings.filter(({ check }) => checks.includes(check));
  };
  const states = (findings: readonly Finding[]) => findings.map(({ check, state }) => `${check} ${state}`);
  const cures = (findings: readonly Finding[]) => findings.map(({ cure }) => cure ?? "").join("\n");
  const bare = await look({});
  assert.deepEqual(states(bare), ["SPF warning", "DKIM fault", "DMARC warning", "bounces fault"]);
  assert.ok(cures(bare).includes(`bounces.${DOMAIN}. IN TXT "v=spf1 a:plis.aubrelune.example -all"`));
  assert.ok(cures(bare).includes(`_dmarc.${DOMAIN}. IN TXT "v=DMARC1; p=quarantine"`));
  assert.ok(cures(bare).includes(`bounces.${DOMAIN}. IN MX 10 plis.aubrelune.example.`));
  const [, printed = ""] = new RegExp(`${name}\\. IN TXT \\( (.*) \\)`).exec(cures(bare)) ?? [];
  assert.equal(printed.replaceAll(/^"|"$|" "/g, ""), text);
  for (const piece of printed.match(/"[^"]*"/g) ?? []) assert.ok(piece.length <= 257);

  const whole = {
    texts: {
      [`bounces.${DOMAIN}`]: ["v=spf1 mx -all", "something else"],
      [name]: [text.replace("p=", "p= ")],
      [`_dmarc.${DOMAIN}`]: ["v=DMARC1; p=reject"],
    },
    exchanges: { [`bounces.${DOMAIN}`]: "plis.aubrelune.example" },
  };
  assert.deepEqual(states(await look(whole)), ["SPF ok", "DKIM ok", "DMARC ok", "bounces ok"]);
  const wrong = await look({
    texts: {
      [`bounces.${DOMAIN}`]: ["v=spf1 mx -all", "v=spf1 a -all"],
      [name]: [`v=DKIM1; p=${text.slice(-40)}`],
      [`_dmarc.${DOMAIN}`]: ["v=DMARC1; p=none"],
    },
    exchanges: { [`bounces.${DOMAIN}`]: "" },
  });
  assert.deepEqual(states(wrong), ["SPF fault", "DKIM fault", "DMARC ok", "bounces fault"]);
  const foreign = { PLI_DKIM_DOMAIN: "elsewhere.test", PLI_BOUNCE_ADDRESS: "bounce@elsewhere.test" };
  assert.match(cures(await look(whole, foreign)), new RegExp(`Set PLI_DKIM_DOMAIN=${DOMAIN}`));
  assert.deepEqual(await look(whole, { PLI_MAIL_FROM: "pli@localhost" }), []);
  const silent = await examine(environment, false, openDns(["127.0.0.1:9"]));
  const told = silent.filter(({ check }) => checks.includes(check));
  assert.deepEqual(new Set(states(told)), new Set(["mail domain warning"]));
});
