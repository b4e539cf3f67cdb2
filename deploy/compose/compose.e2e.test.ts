/**
 * The compose file (Q7): Compose itself reads it, the server takes the settings that it gives, and its parts agree with one another. The
 * Traefik example is read here too: its program is in no package of the system, so only its form and its names are checked.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { before, describe, test } from "node:test";
import { readConfig } from "@pli/server";
import { parse } from "yaml";
import { z } from "zod";
import { temporaryFolder } from "../../e2e/harness.ts";
import { ROOT } from "../../tools/repository.ts";
import { PROGRAMS, requireProgram } from "../../tools/system-packages.ts";

const FOLDER = join(ROOT, "deploy/compose");
const DOMAIN = "pli.example.org";
const OWNER = "owner@example.org";
const RELAY = "smtp://pli:a%40b@relay.example.org:587";

const service = z.object({
  image: z.string(),
  environment: z.record(z.string(), z.string()).optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  restart: z.string(),
  secrets: z.array(z.object({ source: z.string() })).optional(),
  networks: z.record(z.string(), z.unknown()),
  ports: z.array(z.unknown()).optional(),
  stop_grace_period: z.string().optional(),
});
const composition = z.object({
  services: z.record(z.string(), service),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});

/** As an operator begins: the folder, and `prepare`. */
async function prepared(t: Parameters<typeof temporaryFolder>[0]) {
  const folder = join(await temporaryFolder(t, "pli-compose"), "compose");
  await cp(FOLDER, folder, { recursive: true });
  const prepare = () => spawnSync(join(folder, "prepare"), [DOMAIN, OWNER, RELAY], { encoding: "utf8" });
  const first = prepare();
  assert.equal(first.status, 0, first.stderr);
  const secret = (name: string) => readFile(join(folder, "secrets", name), "utf8");
  return { folder, first, prepare, secret };
}

function readByCompose(folder: string) {
  const done = spawnSync(requireProgram(PROGRAMS.compose), ["-f", "compose.yaml", "config"], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(done.status, 0, done.stderr);
  return composition.parse(parse(done.stdout));
}

describe("compose file", () => {
  let programs: { readonly caddy: string };
  before(() => {
    programs = { caddy: requireProgram(PROGRAMS.caddy) };
  });

  test("Q7: one command prepares it, once, and tells no secret", async (t) => {
    const { first, prepare, secret } = await prepared(t);
    const password = await secret("database_password");
    assert.match(password, /^[0-9a-f]{48}$/);
    assert.equal(await secret("database_url"), `postgres://pli:${password}@database:5432/pli`);
    assert.equal(await secret("smtp_url"), RELAY);
    const { identities } = JSON.parse(await secret("bucket_identities"));
    const { accessKey, secretKey } = identities[0].credentials[0];
    assert.match(await secret("bucket_credentials"), new RegExp(`= ${accessKey}\\n.*= ${secretKey}\\n$`));
    for (const word of [password, accessKey, secretKey]) assert.ok(!`${first.stdout}${first.stderr}`.includes(word));
    assert.equal(prepare().status, 1, "a second time it would lock everybody out");
    assert.equal(await secret("database_password"), password);
  });

  test("Q7: the server takes what the nodes are given, and their parts agree", async (t) => {
    const { folder } = await prepared(t);
    const { services, secrets } = readByCompose(folder);
    for (const name of ["pli-1", "pli-2"]) {
      const node = services[name] ?? assert.fail(`${name} is missing`);
      const given = new Set(node.secrets?.map(({ source }) => source));
      const environment = Object.entries(node.environment ?? {}).map(([key, value]) => {
        if (!value.startsWith("/run/secrets/")) return [key, value] as const;
        const secret = basename(value);
        assert.ok(given.has(secret), `${name} is not given ${secret}`);
        return [key, secrets[secret]?.file] as const;
      });
      const config = readConfig({ ...Object.fromEntries(environment), PLI_HOST: "0.0.0.0", PLI_DATA: "/data" });
      assert.equal(config.publicUrl, `https://${DOMAIN}`);
      assert.equal(config.owner, OWNER);
      assert.equal(config.smtpUrl, RELAY);
      assert.equal(config.database.engine, "postgres");
      assert.equal(config.blobs.kind, "bucket");
      assert.equal(config.trustProxy, 1);
      const [, minutes = 0, seconds = 0] = /^(?:(\d+)m)?(?:(\d+)s)?$/.exec(node.stop_grace_period ?? "") ?? [];
      const graceMs = (Number(minutes) * 60 + Number(seconds)) * 1000;
      assert.ok(graceMs > config.drainMs + config.stopMs, `${name}: ${node.stop_grace_period}`);
      assert.equal(node.read_only, true);
      assert.deepEqual(node.cap_drop, ["ALL"]);
    }
    assert.deepEqual(
      Object.entries(services)
        .filter(([, { ports }]) => ports !== undefined)
        .map(([name]) => name),
      ["proxy"],
    );
    for (const name of ["database", "bucket"]) assert.deepEqual(Object.keys(services[name]?.networks ?? {}), ["back"]);
  });

  test("Q7: its Caddyfile is the example of deploy/caddy with other names, and Caddy takes both", async () => {
    const rules = async (path: string) =>
      (await readFile(join(ROOT, path), "utf8"))
        .replaceAll("{$PLI_DOMAIN}", DOMAIN)
        .replaceAll("{$PLI_OWNER}", "you@example.org")
        .replaceAll("pli-1:8080 pli-2:8080", "127.0.0.1:8081 127.0.0.1:8082")
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#"));
    assert.deepEqual(await rules("deploy/compose/Caddyfile"), await rules("deploy/caddy/Caddyfile"));
    for (const path of ["deploy/caddy/Caddyfile", "deploy/compose/Caddyfile"]) {
      const done = spawnSync(programs.caddy, ["validate", "--adapter", "caddyfile", "--config", join(ROOT, path)], {
        encoding: "utf8",
        env: { ...process.env, PLI_DOMAIN: DOMAIN, PLI_OWNER: OWNER },
      });
      assert.equal(done.status, 0, done.stderr.slice(-2000));
    }
  });
});

test("Q7: the Traefik example is sound YAML, and names nothing that it does not define", async () => {
  const read = async (name: string) => parse(await readFile(join(ROOT, "deploy/traefik", name), "utf8"));
  const [main, { http }] = [await read("traefik.yaml"), await read("pli.yaml")];
  for (const router of Object.values<{
    entryPoints: string[];
    middlewares: string[];
    service: string;
    tls: { certResolver: string };
  }>(http.routers)) {
    for (const entry of router.entryPoints) assert.ok(main.entryPoints[entry], entry);
    for (const middleware of router.middlewares) assert.ok(http.middlewares[middleware], middleware);
    assert.ok(main.certificatesResolvers[router.tls.certResolver]);
    const { loadBalancer } = http.services[router.service];
    assert.ok(http.serversTransports[loadBalancer.serversTransport]);
    assert.equal(loadBalancer.healthCheck.path, "/readyz");
  }
});
