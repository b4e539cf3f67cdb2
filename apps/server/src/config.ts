/**
 * The configuration: every setting, its default and its bounds. Read once (config-values.ts), checked whole: all faults are told at once, each
 * with its cure. Never prints a value that may be a secret.
 */
import { join, resolve } from "node:path";
import {
  isAddress,
  isLoopback,
  isName,
  isOrigin,
  isSmtpUrl,
  type MetricsPlace,
  metricsPlaceOf,
  originOf,
} from "./config-checks.ts";
import { readBounceAddress, readDkimSettings } from "./config-mail.ts";
import { ConfigError, type ConfigFault, readGivenValues } from "./config-values.ts";
import { type BlobsPlace, isBlobsPlaceExposed, readBlobsPlace } from "./platform/blobs/index.ts";
import { type DatabasePlace, isExposed, PlaceError, parsePostgresUrl } from "./platform/database/index.ts";
import { SERVER_KEY_FILE } from "./platform/keys.ts";
import { isCountry, isSmsPlaceExposed, readSmsPlace, type SmsPlace } from "./platform/sms/index.ts";
import type { DkimSettings } from "./platform/smtp/index.ts";
import { readTraceSettings, type TraceSettings } from "./platform/telemetry/index.ts";

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Whether only this machine can connect: neither another address nor, by its public origin, a proxy in front says otherwise. */
  readonly loopback: boolean;
  readonly dataFolder: string;
  /** Path of the key file, and whether the operator named it: then it must be there. */
  readonly keyFile: string;
  readonly keyFileNamed: boolean;
  /** A secret: may hold a password. */
  readonly database: DatabasePlace;
  /** A secret: may hold credentials. */
  readonly blobs: BlobsPlace;
  /** Of the register of destruction; null: in the bucket, beside the content. */
  readonly destroyedFolder: string | null;
  /** Public origin; null: http://localhost:PORT. */
  readonly publicUrl: string | null;
  readonly owner: string;
  /** A secret: may hold a password. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Bounces come back to addresses made from this one; null: to `mailFrom`, where nobody reads them for us. */
  readonly bounceAddress: string | null;
  /** Where we take them ourselves; null: a mail system pipes them to `take-bounce`. */
  readonly bounceListen: MetricsPlace | null;
  /** A secret: holds a token. Null: no provider. */
  readonly sms: SmsPlace | null;
  /** Countries that SMS go to (ISO 3166-1 alpha-2); null: all. */
  readonly smsCountries: readonly string[] | null;
  /** SMS in an hour: to one number, to one country, and by one member. */
  readonly smsPerNumberHour: number;
  readonly smsPerCountryHour: number;
  readonly smsPerMemberHour: number;
  /** Null: the relay signs, or nobody. Holds a secret. */
  readonly dkim: DkimSettings | null;
  readonly organisation: string;
  readonly logLevel: string;
  readonly metrics: MetricsPlace | null;
  /** Holds secrets: the headers of the collector. */
  readonly traces: TraceSettings | null;
  readonly maxEnvelopeBytes: number;
  readonly maxReplyBytes: number;
  /** Free space below which no upload is taken; null: a gibibyte, or 2 % of a smaller disk. */
  readonly minFreeBytes: number | null;
  /** Notifications that one member may have sent in an hour: in all, and to one mailbox. */
  readonly mailsPerHour: number;
  readonly mailsPerMailboxHour: number;
  /** Number of reverse proxies in front whose X-Forwarded-For is believed. */
  readonly trustProxy: number;
  /** After SIGTERM: so long readiness says no while requests are still taken, in milliseconds; then so long running ones may end. */
  readonly drainMs: number;
  readonly stopMs: number;
  /** Built pages. */
  readonly webFolder: string;
}

export { ConfigError, type ConfigFault, type MetricsPlace };

const LOG_LEVELS = ["silent", "fatal", "error", "warn", "info", "debug", "trace"];

/** @throws ConfigError with every fault found */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const faults: ConfigFault[] = [];
  const values = readGivenValues(environment, faults);
  const text = <T>(name: string, fallback: T, ok: (value: string) => boolean, fault: string, cure: string) => {
    const value = values[name];
    if (value === undefined) return fallback;
    if (ok(value)) return value;
    faults.push({ name, fault, cure });
    return fallback;
  };
  const whole = (name: string, fallback: number, min: number, max: number) => {
    const ok = (value: string) => /^\d{1,15}$/.test(value) && Number(value) >= min && Number(value) <= max;
    return Number(
      text(name, String(fallback), ok, "not a number in bounds", `Give a whole number from ${min} to ${max}`),
    );
  };

  const host = text(
    "PLI_HOST",
    "127.0.0.1",
    (v) => /^[\w.:-]+$/.test(v),
    "not an address",
    "Give an IP address or a name, such as 127.0.0.1 or 0.0.0.0",
  );
  const publicUrl = originOf(
    text("PLI_URL", null, isOrigin, "not an origin", "Give scheme and host only, such as https://pli.example.org"),
  );
  const dataFolder = resolve(values.PLI_DATA ?? "data");
  const blobs = readBlobsPlace(values, dataFolder, faults);
  const config: Config = {
    port: whole("PLI_PORT", 8080, 0, 65_535),
    host,
    loopback: isLoopback(host) && (publicUrl === null || isLoopback(new URL(publicUrl).hostname)),
    dataFolder,
    keyFile: resolve(values.PLI_KEY_FILE ?? join(dataFolder, SERVER_KEY_FILE)),
    keyFileNamed: values.PLI_KEY_FILE !== undefined,
    database: databaseOf(values, dataFolder, whole("PLI_DATABASE_CONNECTIONS", 10, 2, 1000), faults),
    blobs,
    destroyedFolder:
      blobs.kind === "bucket" && values.PLI_DESTROYED === undefined
        ? null
        : resolve(values.PLI_DESTROYED ?? join(dataFolder, "destroyed")),
    publicUrl,
    owner: text(
      "PLI_OWNER",
      "owner@example.org",
      isAddress,
      "not a mail address",
      "Give the first owner's address, such as you@example.org",
    ).toLowerCase(),
    smtpUrl: text(
      "PLI_SMTP_URL",
      null,
      isSmtpUrl,
      "not an SMTP address",
      "Give smtp://user:password@host:587 or smtps://user:password@host:465",
    ),
    mailFrom: text(
      "PLI_MAIL_FROM",
      "pli@localhost",
      isAddress,
      "not a mail address",
      "Give the sender's address of notifications, such as pli@example.org",
    ),
    bounceAddress: readBounceAddress(values, faults),
    dkim: readDkimSettings(values, faults),
    bounceListen: metricsPlaceOf(
      text(
        "PLI_BOUNCE_LISTEN",
        null,
        (v) => metricsPlaceOf(v) !== null,
        "not host:port",
        "Give where bounces are taken, such as 0.0.0.0:2525",
      ),
    ),
    sms: readSmsPlace(values, faults),
    smsCountries: countriesOf(
      text(
        "PLI_SMS_COUNTRIES",
        null,
        (v) => countriesOf(v)?.every(isCountry) ?? false,
        "not a list of countries",
        "Give their two letters with commas between, such as FR,BE,LU",
      ),
    ),
    smsPerNumberHour: whole("PLI_SMS_PER_NUMBER", 10, 1, 1_000_000),
    smsPerCountryHour: whole("PLI_SMS_PER_COUNTRY", 1000, 1, 1_000_000),
    smsPerMemberHour: whole("PLI_SMS_PER_MEMBER", 200, 1, 1_000_000),
    organisation: text(
      "PLI_ORGANISATION",
      "Pli",
      isName,
      "empty or too long",
      "Give a name of 1 to 120 characters on one line",
    ),
    logLevel: text(
      "PLI_LOG",
      "warn",
      (v) => LOG_LEVELS.includes(v),
      "unknown level",
      `Give one of ${LOG_LEVELS.join(", ")}`,
    ),
    metrics: metricsPlaceOf(
      text(
        "PLI_METRICS",
        null,
        (v) => metricsPlaceOf(v) !== null && metricsPlaceOf(v)?.port !== ownPort(values.PLI_PORT),
        "not host:port, or the port that everybody reaches",
        "Give an address of its own for metrics, such as 127.0.0.1:9464",
      ),
    ),
    traces: readTraceSettings(values, faults),
    maxEnvelopeBytes: whole("PLI_MAX_ENVELOPE_BYTES", 100 * 1024 ** 3, 1024 ** 2, 2 ** 49),
    maxReplyBytes: whole("PLI_MAX_REPLY_BYTES", 5 * 1024 ** 3, 1024 ** 2, 2 ** 49),
    minFreeBytes: values.PLI_MIN_FREE_BYTES === undefined ? null : whole("PLI_MIN_FREE_BYTES", 0, 0, 2 ** 49),
    mailsPerHour: whole("PLI_MAILS_PER_HOUR", 2000, 200, 1_000_000),
    mailsPerMailboxHour: whole("PLI_MAILS_PER_MAILBOX", 60, 1, 1_000_000),
    trustProxy: whole("PLI_TRUST_PROXY", 0, 0, 10),
    drainMs: whole("PLI_DRAIN_SECONDS", 0, 0, 600) * 1000,
    stopMs: whole("PLI_STOP_SECONDS", 10, 0, 3600) * 1000,
    webFolder: resolve(values.PLI_WEB ?? new URL("../../web/dist", import.meta.url).pathname),
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/** What works but is seldom meant. */
export function configWarnings(config: Config): readonly string[] {
  const warnings: string[] = [];
  if (config.database.engine === "postgres" && isExposed(config.database))
    warnings.push("PLI_DATABASE_URL: what goes to the database is not encrypted. Add ?sslmode=verify-full");
  if (isBlobsPlaceExposed(config.blobs))
    warnings.push("PLI_BLOBS: what goes to the bucket is not encrypted on its way. Give an https:// endpoint");
  if (config.sms !== null && isSmsPlaceExposed(config.sms))
    warnings.push("PLI_SMS_URL: codes and links go to the provider unencrypted. Give an https:// address");
  if (config.sms?.kind === "gateway" && config.sms.url.includes("{text}"))
    warnings.push("PLI_SMS_URL: the provider's logs keep codes that are in an address. Put {text} into PLI_SMS_BODY");
  if (config.loopback) return warnings;
  if (config.publicUrl === null)
    warnings.push("PLI_URL is not set: links in mails lead to localhost. Give the public address");
  if (config.smtpUrl === null) warnings.push("PLI_SMTP_URL is not set: mails wait. Give the relay's address");
  if (isLoopback(config.host) && config.trustProxy === 0)
    warnings.push("PLI_TRUST_PROXY is 0: all visitors share the limits of one network. Give the number of proxies");
  return warnings;
}

/** A file in the data folder, or what PLI_DATABASE_URL says. */
function databaseOf(
  values: Readonly<Record<string, string | undefined>>,
  dataFolder: string,
  connections: number,
  faults: ConfigFault[],
): DatabasePlace {
  const file = { engine: "sqlite", path: join(dataFolder, "pli.db") } as const;
  if (values.PLI_DATABASE_URL === undefined) return file;
  try {
    const passwords = { password: values.PGPASSWORD, file: values.PGPASSFILE };
    return parsePostgresUrl(values.PLI_DATABASE_URL, passwords, connections);
  } catch (error) {
    if (!(error instanceof PlaceError)) throw error;
    faults.push({ name: "PLI_DATABASE_URL", fault: error.message, cure: error.cure });
    return file;
  }
}

function countriesOf(text: string | null): readonly string[] | null {
  return text === null ? null : text.split(",").map((one) => one.trim().toUpperCase());
}

/** The public port where it is fixed; never one that metrics may have. */
function ownPort(value: string | undefined): number {
  return value === "0" ? Number.NaN : Number(value ?? 8080);
}
