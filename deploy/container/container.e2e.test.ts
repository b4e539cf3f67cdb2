/** The container image (Q7): built for real by its own file, and run as an engine runs it: another uid, nothing writable but data. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chown, lstat, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { describe, test } from "node:test";
import { freePort, temporaryFolder } from "../../e2e/harness.ts";
import { buildImage, whyNoImage } from "./testing/image.ts";

const UID = 65532;
/** `chroot` and `unshare` lie where not everybody's path leads. */
const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;
const SIZE_BYTES_MAX = 230e6;
const START_TIMEOUT_MS = 30_000;
const STOP_MS_MAX = 5_000;

/** What an engine does with `--read-only --tmpfs /tmp -v DATA:/data`: mounts in a namespace of its own, then the program in it. */
const ENTER = `set -e
mount --bind "$1" "$1"
mount --bind "$2" "$1/data"
mount -t tmpfs -o mode=1777 tmpfs "$1/tmp"
mount -o remount,ro,bind "$1"
folder=$1; shift 2
exec chroot --userspec=${UID}:${UID} "$folder" "$@"`;

async function filesOf(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return await Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { name: relative(folder, path), stat: await lstat(path) };
    }),
  );
}

function printed(child: ChildProcess, wanted: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => reject(new Error(`not printed: ${wanted}\n${text}`)), START_TIMEOUT_MS);
    const look = (piece: Buffer) => {
      text += piece.toString();
      if (!text.includes(wanted)) return;
      clearTimeout(timer);
      resolve(text);
    };
    child.stdout?.on("data", look);
    child.stderr?.on("data", look);
    child.once("exit", (code) => reject(new Error(`ended with ${code}\n${text}`)));
  });
}

describe("container image", { skip: whyNoImage() ?? false, timeout: 14 * 60_000 }, () => {
  test("Q7: the image holds what the server needs and no more, and runs read-only as nobody in particular", async (t) => {
    const { folder, config } = await buildImage(t);
    const files = await filesOf(folder);
    const sizeBytes = files.reduce((sum, { stat }) => sum + (stat.isFile() ? stat.size : 0), 0);
    const nodeBytes = files.find(({ name }) => name === "usr/local/bin/node")?.stat.size ?? 0;
    const mega = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
    t.diagnostic(`image: ${mega(sizeBytes)} in ${files.length} files, of which Node ${mega(nodeBytes)}`);
    assert.ok(sizeBytes < SIZE_BYTES_MAX, mega(sizeBytes));

    assert.equal(config.User, `${UID}:${UID}`);
    assert.deepEqual(Object.keys(config.Volumes), ["/data"]);
    assert.equal(config.StopSignal, "SIGTERM");
    const unwanted =
      /(^|\/)(sh|bash|npm|npx|yarn|corepack|\.env|\.git)$|node_modules\/(vite|typescript|playwright-core|node-linux)|^app\/(apps|packages)\/\w+\/src\/.*(\.test\.tsx?$|\/testing\/)/;
    assert.deepEqual(
      files.map(({ name }) => name).filter((name) => unwanted.test(name)),
      [],
    );
    const writable = files.filter(
      ({ stat }) => !stat.isSymbolicLink() && (stat.uid === UID || stat.gid === UID || (stat.mode & 0o002) !== 0),
    );
    assert.deepEqual(writable.map(({ name }) => name).sort(), ["data", "tmp"]);

    const data = await temporaryFolder(t, "pli-image-data");
    await chown(data, UID, UID);
    const port = await freePort();
    const env = {
      ...Object.fromEntries(config.Env.map((line) => line.split(/=(.*)/s).slice(0, 2))),
      PLI_HOST: "127.0.0.1",
      PLI_PORT: String(port),
    };
    const inside = (...command: string[]) => ["--mount", "/bin/sh", "-c", ENTER, "enter", folder, data, ...command];
    const health = () => spawnSync("unshare", inside(...config.Healthcheck.Test.slice(1)), { env: { ...env, PATH } });
    const server = spawn("unshare", inside(...config.Entrypoint, ...config.Cmd), {
      env: { ...env, PATH },
      stdio: ["ignore", "pipe", "pipe"],
    });
    t.after(() => server.kill("SIGKILL"));
    await printed(server, "Pli is ready at ");
    for (const path of ["/healthz", "/readyz", "/app/", "/o/AAAAAAAAAAAAAAAAAAAAAA"]) {
      assert.equal((await fetch(`http://127.0.0.1:${port}${path}`)).status, 200, path);
    }
    assert.equal(config.Healthcheck.Test[0], "CMD");
    const healthy = health();
    assert.equal(healthy.status, 0, healthy.stderr.toString());
    const admin = spawnSync("unshare", inside(...config.Entrypoint, "/app/apps/server/src/admin.ts", "list-members"), {
      env: { ...env, PATH },
    });
    assert.equal(admin.status, 0, admin.stderr.toString());
    assert.match(admin.stdout.toString(), /owner@example\.org/);
    const intruder = spawnSync("unshare", inside(...config.Entrypoint, "-e", "fs.writeFileSync('/app/x', '')"), {
      env: { ...env, PATH },
    });
    assert.match(intruder.stderr.toString(), /EROFS/);

    const startedMs = performance.now();
    const ended = new Promise<number | null>((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    assert.equal(await ended, 0);
    assert.ok(performance.now() - startedMs < STOP_MS_MAX, "it took too long to stop");
    assert.equal(health().status, 1);
  });
});
