/**
 * An exim4 between Pli and servers of other people's: takes everything, passes mail on to `elsewhere`, and writes delivery reports (RFC 3464) of
 * what that refuses or puts off, which it brings to `bounces`. Own settings in a temporary folder, free ports on loopback.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "../../tools/services/free-ports.ts";
import { waitForPort } from "../../tools/services/wait-for-port.ts";
import { PROGRAMS, requireProgram } from "../../tools/system-packages.ts";
import { type Scope, temporaryFolder } from "./scope.ts";

export interface BouncingExim {
  readonly smtpUrl: string;
  log(): Promise<string>;
}

export interface NextHops {
  /** Port of the listener that takes mail to `bouncesDomain`. */
  readonly bounces: number;
  readonly bouncesDomain: string;
  /** Port of the server that stands for everybody else's. */
  readonly elsewhere: number;
}

const eximConfig = (folder: string, port: number, group: string, hops: NextHops) => `
keep_environment =
admin_groups = ${group}
primary_hostname = mail.example.net
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
never_users =
deliver_drop_privilege = true
dsn_advertise_hosts = *
host_lookup =
rfc1413_hosts =
# Told of a delay after a second, of machines' mails as well (exim is silent about those unless it is told otherwise).
delay_warning = 1s
delay_warning_condition = yes
acl_smtp_rcpt = take_all
begin acl
take_all:
  accept
begin routers
back:
  driver = manualroute
  domains = ${hops.bouncesDomain}
  route_list = * 127.0.0.1
  self = send
  transport = back
elsewhere:
  driver = manualroute
  route_list = * 127.0.0.1
  self = send
  transport = elsewhere
begin transports
back:
  driver = smtp
  port = ${hops.bounces}
  hosts_avoid_tls = *
  allow_localhost = true
elsewhere:
  driver = smtp
  port = ${hops.elsewhere}
  hosts_avoid_tls = *
  allow_localhost = true
begin retry
* * F,2h,1s
`;

/** Starts it; needs root, since exim takes settings only from a file that root owns. */
export async function startBouncingExim(scope: Scope, hops: NextHops): Promise<BouncingExim> {
  const exim = requireProgram(PROGRAMS.exim);
  const folder = await temporaryFolder(scope, "pli-exim");
  const port = await freePort();
  const id = (flag: string) => execFileSync("id", [flag, "Debian-exim"], { encoding: "utf8" }).trim();
  const [uid, gid, group] = [Number(id("-u")), Number(id("-g")), id("-gn")];
  for (const name of ["spool", "log"]) {
    await mkdir(join(folder, name));
    await chown(join(folder, name), uid, gid);
  }
  await chmod(folder, 0o755);
  const config = join(folder, "exim.conf");
  await writeFile(config, eximConfig(folder, port, group, hops), { mode: 0o644 });
  const child = spawn(exim, ["-C", config, "-bdf", "-q1s"], { cwd: folder, stdio: "ignore", uid, gid });
  const ended = once(child, "exit");
  scope.after(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  const log = () => readFile(join(folder, "log/mainlog"), "utf8").catch(() => "no log");
  await waitForPort(port, { isAlive: () => child.exitCode === null, complaints: log });
  return { smtpUrl: `smtp://127.0.0.1:${port}`, log };
}
