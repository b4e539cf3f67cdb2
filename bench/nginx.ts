/** nginx as a yardstick: one worker, files put by WebDAV and sent by sendfile, on the same disk, unprivileged, loopback only. */
import { spawn } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort, type Scope } from "../e2e/harness.ts";
import { PROGRAMS, requireProgram } from "../tools/system-packages.ts";
import { openRaw, requestHead } from "./raw-http.ts";

export interface RunningNginx {
  readonly port: number;
  /** Where a PUT to `/NAME` lands and a GET is read from. */
  readonly folder: string;
  readonly processId: number;
}

const config = (folder: string, port: number) => `
daemon off;
# One process, as one node is one process.
master_process off;
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/error.log warn;
events { worker_connections 256; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  tcp_nodelay on;
  keepalive_requests 1000000;
  client_max_body_size 0;
  client_body_temp_path ${folder}/incoming;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port};
    root ${folder}/files;
    location / { dav_methods PUT DELETE; dav_access user:rw; }
  }
}
`;

/** Starts nginx with its files under `folder`. @throws Error when it is missing and cannot be installed, or does not start */
export async function startNginx(scope: Scope, folder: string): Promise<RunningNginx> {
  const program = requireProgram(PROGRAMS.nginx);
  const port = await freePort();
  const files = join(folder, "files");
  await mkdir(files, { recursive: true });
  // Without a master nginx keeps our own user, whatever the folder's.
  await chmod(folder, 0o755);
  const file = join(folder, "nginx.conf");
  await writeFile(file, config(folder, port));
  const child = spawn(program, ["-c", file, "-p", folder, "-e", join(folder, "error.log")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const complaints: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (piece: string) => complaints.push(piece));
  const ended = new Promise<void>((gone) => child.once("exit", () => gone()));
  scope.after(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  for (let attempt = 0; ; attempt++) {
    if (child.exitCode !== null) throw new Error(`nginx ended: ${complaints.join("")}`);
    try {
      const connection = await openRaw(port);
      await connection.exchange(requestHead("GET", "/none", {}));
      connection.close();
      return { port, folder: files, processId: child.pid ?? 0 };
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((resume) => setTimeout(resume, 20));
    }
  }
}
