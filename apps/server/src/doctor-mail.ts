/**
 * The doctor's part about what receivers of our mails look up: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 9989, 7489), and where bounces lead. Says
 * the exact record to publish. Asks the DNS and nobody else.
 */
import type { Config } from "./config.ts";
import type { Finding } from "./doctor.ts";
import { type Dns, DnsSilent } from "./platform/dns/index.ts";
import { dkimRecord, parseRelayAddress, zoneLine } from "./platform/smtp/index.ts";

/** Nothing where there is no relay, or our address is of this machine alone. */
export async function examineMailDomain(config: Config, dns: Dns): Promise<readonly Finding[]> {
  const domain = domainOf(config.mailFrom);
  if (config.smtpUrl === null || domain === "localhost") return [];
  const checks = [spf(config, dns), dkim(config, dns), dmarc(config, dns), bounces(config, dns)];
  return (await Promise.all(checks.map((one) => one.catch(silent)))).flat();
}

function silent(error: unknown): readonly Finding[] {
  if (!(error instanceof DnsSilent)) throw error;
  const cure = "Check this machine's DNS, and look again";
  return [{ check: "mail domain", state: "warning", found: error.message, cure }];
}

/** Receivers look up the domain of the return path. */
async function spf(config: Config, dns: Dns): Promise<readonly Finding[]> {
  const domain = domainOf(config.bounceAddress ?? config.mailFrom);
  const records = (await dns.texts(domain)).filter((text) => /^v=spf1( |$)/i.test(text));
  const [record] = records;
  const check = "SPF";
  if (record === undefined) {
    const wanted = zoneLine({ name: domain, text: `v=spf1 a:${senderHost(config)} -all` });
    const found = `${domain} does not say who may send for it: mails may end as junk`;
    const cure = `Publish, with what your relay asks for if it is somebody else's (include:…): ${wanted}`;
    return [{ check, state: "warning", found, cure }];
  }
  if (records.length > 1) {
    const found = `${domain} has ${records.length} SPF records: receivers take none of them`;
    return [{ check, state: "fault", found, cure: "Make one of them" }];
  }
  if (/ \+?all( |$)/i.test(record)) {
    const found = `${domain} lets everybody send for it (${record})`;
    return [{ check, state: "warning", found, cure: "End it with -all" }];
  }
  return [{ check, state: "ok", found: `${domain}: ${record}` }];
}

async function dkim({ dkim: settings }: Config, dns: Dns): Promise<readonly Finding[]> {
  const check = "DKIM";
  if (settings === null) {
    const found = "Pli does not sign mails; receivers trust them less, unless your relay signs";
    const cure = "Run: npm run admin -- make-dkim-key --to FILE, publish what it prints, set PLI_DKIM_KEY_FILE=FILE";
    return [{ check, state: "warning", found, cure }];
  }
  const wanted = dkimRecord(settings);
  const published = await dns.texts(wanted.name);
  const keys = published.flatMap((text) => keyOf(text) ?? []);
  if (keys.some((key) => key === keyOf(wanted.text)))
    return [{ check, state: "ok", found: `${wanted.name} is published` }];
  const found =
    keys.length === 0 ? `${wanted.name} is not published: signatures fail` : `${wanted.name} is another key than ours`;
  return [{ check, state: "fault", found, cure: `Publish: ${zoneLine(wanted)}` }];
}

/** The tag `p` without the spaces that zone files put into it; null when it has none. */
function keyOf(record: string): string | null {
  return /(?:^|;)\s*p\s*=([^;]*)/.exec(record)?.[1]?.replaceAll(/\s/g, "") || null;
}

/** Receivers look up the domain of the From address, then its parents. */
async function dmarc(config: Config, dns: Dns): Promise<readonly Finding[]> {
  const domain = domainOf(config.mailFrom);
  const check = "DMARC";
  const findings: Finding[] = [];
  const record = await dmarcRecord(domain, dns);
  if (record === null) {
    const wanted = zoneLine({ name: `_dmarc.${domain}`, text: "v=DMARC1; p=quarantine" });
    const found = `${domain} does not say what becomes of forged mails in its name`;
    findings.push({ check, state: "warning", found, cure: `Publish: ${wanted}` });
  } else findings.push({ check, state: "ok", found: `${domain}: ${record}` });
  const signed = config.dkim === null ? [] : [config.dkim.domain];
  const proven = [...signed, domainOf(config.bounceAddress ?? config.mailFrom)];
  if (!proven.some((one) => isAligned(one, domain))) {
    const found = `neither signature nor return path is of ${domain}, from which mails come`;
    findings.push({ check, state: "fault", found, cure: `Set PLI_DKIM_DOMAIN=${domain}` });
  }
  return findings;
}

async function dmarcRecord(domain: string, dns: Dns): Promise<string | null> {
  const labels = domain.split(".");
  for (let from = 0; from === 0 || from < labels.length - 1; from++) {
    const records = await dns.texts(`_dmarc.${labels.slice(from).join(".")}`);
    const record = records.find((text) => /^v=DMARC1\s*(;|$)/.test(text));
    if (record !== undefined) return record;
  }
  return null;
}

/** Relaxed alignment (RFC 9989), without a list of public suffixes: one is the other, or within it, or both are within what has two labels. */
function isAligned(one: string, other: string): boolean {
  const within = (inner: string, outer: string) => inner === outer || inner.endsWith(`.${outer}`);
  const parent = other.split(".").slice(-2).join(".");
  return within(one, other) || within(other, one) || within(one, parent);
}

async function bounces(config: Config, dns: Dns): Promise<readonly Finding[]> {
  const check = "bounces";
  if (config.bounceAddress === null) {
    const found = `go to ${config.mailFrom}: senders do not hear of mails that come back`;
    return [{ check, state: "warning", found, cure: "Set PLI_BOUNCE_ADDRESS, see docs/mail.md" }];
  }
  const domain = domainOf(config.bounceAddress);
  if (await dns.takesMail(domain)) {
    const how = config.bounceListen === null ? "your mail system pipes them to take-bounce" : "Pli takes them";
    return [{ check, state: "ok", found: `${domain} takes mail, ${how}` }];
  }
  const found = `${domain} takes no mail: bounces are lost`;
  return [{ check, state: "fault", found, cure: `Publish: ${domain}. IN MX 10 ${ownHost(config)}.` }];
}

/** Who sends, as far as we know: the relay, or, when it is on this machine, ourselves. */
function senderHost(config: Config): string {
  const { host } = parseRelayAddress(config.smtpUrl ?? "");
  return /^(localhost|127\.|::1|[\d.]+$)/.test(host) || host.includes(":") ? ownHost(config) : host;
}

function ownHost(config: Config): string {
  return config.publicUrl === null ? "THE-NAME-OF-THIS-MACHINE" : new URL(config.publicUrl).hostname;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}
