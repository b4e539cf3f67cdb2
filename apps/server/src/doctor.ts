/**
 * The doctor (Q2): looks at everything the server stands on and says, line by line, what is well and what to do about what is not.
 * Changes nothing that lasts. Never prints a secret: not the relay's password, not the key.
 */
import { mkdir, open, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { type Config, ConfigError, configWarnings, readConfig } from "./config.ts";
import { examineDatabase } from "./doctor-database.ts";
import { examineMailDomain } from "./doctor-mail.ts";
import { examineBucket } from "./examine-bucket.ts";
import { systemClock } from "./platform/clock.ts";
import { type Dns, openDns } from "./platform/dns/index.ts";
import { readServerKey } from "./platform/keys.ts";
import { checkSms, smsHost } from "./platform/sms/index.ts";
import { checkRelay, parseRelayAddress } from "./platform/smtp/index.ts";

export interface Finding {
  readonly check: string;
  readonly state: "ok" | "warning" | "fault";
  readonly found: string;
  /** What to do; absent when all is well. */
  readonly cure?: string;
}

const FREE_BYTES_FAULT = 100 * 1024 ** 2;
const FREE_BYTES_WARNING = 2 * 1024 ** 3;
const CLOCK_TOLERANCE_MS = 60_000;
const EARLIEST_MS = Date.UTC(2026, 0, 1);

/** Prints the findings. @param fixBucket set the bucket up for browsers first @returns 0 when nothing is at fault, else 1 */
export async function doctor(environment: NodeJS.ProcessEnv, asJson: boolean, fixBucket = false): Promise<number> {
  const findings = await examine(environment, fixBucket);
  for (const finding of findings) process.stdout.write(`${asJson ? JSON.stringify(finding) : lineOf(finding)}\n`);
  return findings.some((finding) => finding.state === "fault") ? 1 : 0;
}

/** Every check, in an order that makes sense of a failure. */
export async function examine(
  environment: NodeJS.ProcessEnv,
  fixBucket = false,
  dns: Dns = openDns(),
): Promise<readonly Finding[]> {
  let config: Config;
  try {
    config = readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults.map(({ name, fault, cure }) => ({
      check: "configuration",
      state: "fault" as const,
      found: `${name}: ${fault}`,
      cure,
    }));
  }
  return [
    node(),
    ...configuration(config),
    address(config),
    await folder(config),
    await key(config),
    await space(config),
    ...(await examineDatabase(config)),
    ...(await examineBucket(config, fixBucket)),
    await clock(config),
    ...(await mail(config)),
    await sms(config),
    ...(await examineMailDomain(config, dns)),
  ];
}

function node(): Finding {
  const version = process.versions.node;
  if (Number(version.split(".")[0]) >= 24) return { check: "node", state: "ok", found: version };
  return { check: "node", state: "fault", found: version, cure: 'Run "npm ci": it brings Node 26' };
}

function configuration(config: Config): readonly Finding[] {
  const warnings = configWarnings(config);
  if (warnings.length === 0) return [{ check: "configuration", state: "ok", found: "complete" }];
  return warnings.map((warning) => {
    const [found = warning, cure = ""] = warning.split(/\. (?=[^.]*$)/);
    return { check: "configuration", state: "warning", found, cure };
  });
}

function address(config: Config): Finding {
  const url = config.publicUrl;
  if (url === null)
    return { check: "address", state: "ok", found: `http://localhost:${config.port}, this machine only` };
  const { protocol, hostname } = new URL(url);
  const local = hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
  if (protocol === "https:" || local) return { check: "address", state: "ok", found: url };
  return {
    check: "address",
    state: "fault",
    found: `${url} is not encrypted: browsers refuse to seal there`,
    cure: "Put a reverse proxy with a certificate in front, and give its https:// address as PLI_URL",
  };
}

async function folder(config: Config): Promise<Finding> {
  const probe = join(config.dataFolder, `.doctor-${process.pid}`);
  try {
    await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
    const file = await open(probe, "wx", 0o600);
    try {
      await file.writeFile("pli");
      await file.sync();
    } finally {
      await file.close();
      await rm(probe, { force: true });
    }
  } catch (error) {
    return {
      check: "folder",
      state: "fault",
      found: `${config.dataFolder} cannot be written (${codeOf(error)})`,
      cure: "Give the server's user the folder, or set PLI_DATA to one of its own",
    };
  }
  const { mode } = await stat(config.dataFolder);
  if (process.platform === "win32" || (mode & 0o077) === 0)
    return { check: "folder", state: "ok", found: config.dataFolder };
  return {
    check: "folder",
    state: "warning",
    found: `${config.dataFolder} can be read by other users`,
    cure: `Run: chmod 700 ${config.dataFolder}`,
  };
}

async function key({ keyFile: path, keyFileNamed }: Config): Promise<Finding> {
  try {
    if (readServerKey(path) === null) {
      return keyFileNamed
        ? {
            check: "key",
            state: "fault",
            found: `there is no ${path}`,
            cure: "Put the key file there, or unset PLI_KEY_FILE",
          }
        : { check: "key", state: "ok", found: "made at the first start" };
    }
  } catch (error) {
    const cure = "Restore it from your back-up, and give it to the server's user alone";
    return { check: "key", state: "fault", found: `${path} is damaged or cannot be read (${codeOf(error)})`, cure };
  }
  const { mode } = await stat(path);
  if (process.platform === "win32" || (mode & 0o077) === 0) return { check: "key", state: "ok", found: path };
  // Secrets of containers often belong to another user: whoever named the file may know why.
  const state = keyFileNamed ? "warning" : "fault";
  return { check: "key", state, found: `${path} can be read by other users`, cure: `Run: chmod 600 ${path}` };
}

async function space(config: Config): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(config.dataFolder);
    const free = bavail * bsize;
    const found = `${(free / 1024 ** 3).toFixed(1)} GiB free`;
    const cure = "Make room, or move PLI_DATA to a larger disk";
    if (free < FREE_BYTES_FAULT) return { check: "space", state: "fault", found, cure };
    return free < FREE_BYTES_WARNING
      ? { check: "space", state: "warning", found, cure }
      : { check: "space", state: "ok", found };
  } catch (error) {
    return {
      check: "space",
      state: "warning",
      found: `unknown (${codeOf(error)})`,
      cure: "Check that the folder is on a local disk",
    };
  }
}

async function mail(config: Config): Promise<readonly Finding[]> {
  if (config.smtpUrl === null) {
    if (config.loopback) return [{ check: "mail", state: "ok", found: "local mailbox, at /dev/mailbox" }];
    return [
      {
        check: "mail",
        state: "fault",
        found: "no relay: mails wait",
        cure: "Set PLI_SMTP_URL to smtp://user:password@host:587",
      },
    ];
  }
  const relay = parseRelayAddress(config.smtpUrl);
  const place = `${relay.host}:${relay.port}`;
  const fault = await checkRelay(relay);
  if (fault !== null) return [{ check: "mail", state: "fault", found: `${place}: ${fault.found}`, cure: fault.cure }];
  const secure = relay.secure ? "TLS" : relay.starttls === "required" ? "STARTTLS" : "STARTTLS when offered";
  const findings: Finding[] = [{ check: "mail", state: "ok", found: `${place} answers, ${secure}` }];
  if (config.mailFrom.endsWith("@localhost")) {
    findings.push({
      check: "mail",
      state: "warning",
      found: `mails come from ${config.mailFrom}: many servers refuse that`,
      cure: "Set PLI_MAIL_FROM to an address of your domain",
    });
  }
  return findings;
}

/** Sends nothing. No SMS at all is nobody's fault: most servers need none. */
async function sms({ sms: place, loopback, smtpUrl, smsCountries }: Config): Promise<Finding> {
  if (place === null) {
    const local = loopback && smtpUrl === null;
    return {
      check: "sms",
      state: "ok",
      found: local ? "local mailbox, at /dev/mailbox" : "none: PLI_SMS_URL is not set",
    };
  }
  const host = smsHost(place);
  const fault = await checkSms(place);
  if (fault !== null) return { check: "sms", state: "fault", found: `${host}: ${fault.found}`, cure: fault.cure };
  const countries = smsCountries === null ? "to all countries" : `to ${smsCountries.join(", ")}`;
  const found = place.kind === "twilio" ? `${host} lets us in, ${countries}` : `${host} answers, ${countries}`;
  return { check: "sms", state: "ok", found };
}

/** A clock that stands before this version, or before what was written last, is wrong for sure. Codes and links live by it. */
async function clock(config: Config): Promise<Finding> {
  const nowMs = systemClock.now();
  const cure = "Set the clock, best by NTP";
  const written = await stat(join(config.dataFolder, "pli.db")).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  if (nowMs < EARLIEST_MS || written > nowMs + CLOCK_TOLERANCE_MS) {
    return { check: "clock", state: "fault", found: `${new Date(nowMs).toISOString()} is in the past`, cure };
  }
  return { check: "clock", state: "ok", found: new Date(nowMs).toISOString() };
}

function lineOf({ check, state, found, cure }: Finding): string {
  const mark = { ok: "OK     ", warning: "WARNING", fault: "FAULT  " }[state];
  return `${mark} ${check.padEnd(14)}${found}${cure === undefined ? "" : `. ${cure}`}`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
