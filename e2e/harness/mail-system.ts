/**
 * A mail system that knows nothing of us: exim4 takes mail over STARTTLS with a certificate of its own and hands it by LMTP to dovecot,
 * where it is read back by IMAP. Own settings in a temporary folder, free ports on loopback, an unprivileged user.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, readFile, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { ImapFlow } from "imapflow";
import PostalMime, { type Email } from "postal-mime";
import { freePort } from "../../tools/services/free-ports.ts";
import { waitForPort } from "../../tools/services/wait-for-port.ts";
import { PROGRAMS, requireProgram } from "../../tools/system-packages.ts";
import { type Scope, temporaryFolder } from "./scope.ts";

const MAIL_TIMEOUT_MS = 30_000;
const MAILBOX_PASSWORD = "only-for-this-test";

export interface MailSystem {
  /** For `PLI_SMTP_URL`. Speaks STARTTLS and takes nothing without. */
  readonly smtpUrl: string;
  /** The certificate in PEM, for `NODE_EXTRA_CA_CERTS`: made for `localhost`, signed by itself. */
  readonly certificateFile: string;
  /** Mails in the mailbox of `address`, oldest first, as IMAP gives them. */
  mailsTo(address: string): Promise<readonly Email[]>;
  /** The first mail to `address` that satisfies `matching`, waiting for it a while. */
  waitForMail(address: string, matching: (mail: Email) => boolean): Promise<Email>;
  /** What exim wrote about its day. */
  log(): Promise<string>;
}

interface Ports {
  readonly smtp: number;
  readonly lmtp: number;
  readonly imap: number;
}

const eximConfig = (folder: string, ports: Ports, group: string) => `
keep_environment =
# Whoever runs this exim may run its daemon.
admin_groups = ${group}
primary_hostname = mail.example.net
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${ports.smtp}
never_users =
deliver_drop_privilege = true
tls_advertise_hosts = *
tls_certificate = ${folder}/certificate.pem
tls_privatekey = ${folder}/key.pem
dsn_advertise_hosts = *
host_lookup =
rfc1413_hosts =
smtp_accept_max = 20
acl_smtp_rcpt = check_recipient
begin acl
check_recipient:
  deny    message = encryption is required
         !encrypted = *
  accept
begin routers
everything:
  driver = manualroute
  route_list = * 127.0.0.1
  self = send
  transport = mailboxes
begin transports
mailboxes:
  driver = smtp
  protocol = lmtp
  port = ${ports.lmtp}
  hosts_avoid_tls = *
  allow_localhost = true
begin retry
* * F,2h,1s
`;

const dovecotConfig = (folder: string, ports: Ports, user: string, group: string, uid: number, gid: number) => `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
passdb {
  driver = static
  args = password=${MAILBOX_PASSWORD}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%u allow_all_users=yes
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${ports.lmtp}
  }
}
`;

/**
 * Starts exim4 and dovecot.
 * @throws Error in plain words when one is missing and cannot be installed
 */
export async function startMailSystem(scope: Scope): Promise<MailSystem> {
  const exim = requireProgram(PROGRAMS.exim);
  const dovecot = requireProgram(PROGRAMS.dovecot);
  const folder = await temporaryFolder(scope, "pli-mail");
  const ports: Ports = { smtp: await freePort(), lmtp: await freePort(), imap: await freePort() };
  const isRoot = process.getuid?.() === 0;
  const id = (flag: string, name: string) => execFileSync("id", [flag, name], { encoding: "utf8" }).trim();
  // Root does not run daemons here: the package of exim4 brings a user for it.
  const user = isRoot ? "Debian-exim" : userInfo().username;
  const [uid, gid, group] = [Number(id("-u", user)), Number(id("-g", user)), id("-gn", user)];

  const certificateFile = join(folder, "certificate.pem");
  const openssl = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost";
  const names = [
    "-addext",
    "subjectAltName=DNS:localhost",
    "-keyout",
    join(folder, "key.pem"),
    "-out",
    certificateFile,
  ];
  execFileSync("openssl", [...openssl.split(" "), ...names], { stdio: "ignore" });
  for (const name of ["spool", "log", "run", "state", "mail"]) {
    await mkdir(join(folder, name));
    if (isRoot) await chown(join(folder, name), uid, gid);
  }
  if (isRoot) await chown(join(folder, "key.pem"), uid, gid);
  await chmod(folder, 0o755);
  await writeFile(join(folder, "exim.conf"), eximConfig(folder, ports, group), { mode: 0o644 });
  await writeFile(join(folder, "dovecot.conf"), dovecotConfig(folder, ports, user, group, uid, gid), { mode: 0o644 });

  const start = async (program: string, args: readonly string[], port: number) => {
    const printed: string[] = [];
    const child = spawn(program, args, {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      ...(isRoot ? { uid, gid } : {}),
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (piece: string) => printed.push(piece));
    }
    const ended = once(child, "exit");
    scope.after(async () => {
      child.kill("SIGTERM");
      await ended;
    });
    await waitForPort(port, { isAlive: () => child.exitCode === null, complaints: () => printed.join("") });
  };
  await start(dovecot, ["-F", "-c", join(folder, "dovecot.conf")], ports.lmtp);
  await start(exim, ["-C", join(folder, "exim.conf"), "-bdf", "-q1m"], ports.smtp);

  const mailsTo = async (address: string): Promise<readonly Email[]> => {
    const imap = new ImapFlow({
      host: "127.0.0.1",
      port: ports.imap,
      secure: false,
      auth: { user: address, pass: MAILBOX_PASSWORD },
      logger: false,
    });
    await imap.connect();
    try {
      const { exists } = await imap.mailboxOpen("INBOX");
      const mails: Email[] = [];
      if (exists === 0) return mails;
      for await (const { source } of imap.fetch("1:*", { source: true })) {
        if (source !== undefined) mails.push(await PostalMime.parse(source));
      }
      return mails;
    } finally {
      await imap.logout();
    }
  };
  return {
    smtpUrl: `smtp://localhost:${ports.smtp}`,
    certificateFile,
    mailsTo,
    waitForMail: async (address, matching) => {
      const deadlineMs = performance.now() + MAIL_TIMEOUT_MS;
      for (;;) {
        const mails = await mailsTo(address);
        const mail = mails.find(matching);
        if (mail !== undefined) return mail;
        if (performance.now() > deadlineMs) {
          const log = await readFile(join(folder, "log/mainlog"), "utf8").catch(() => "no log");
          throw new Error(`no such mail to ${address} among ${mails.length}; exim says:\n${log}`);
        }
        await new Promise((resume) => setTimeout(resume, 200));
      }
    },
    log: () => readFile(join(folder, "log/mainlog"), "utf8"),
  };
}
