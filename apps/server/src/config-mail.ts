/** The settings of mail that arrives: where bounces come back to, and the key that signs. Never prints a value that may be a secret. */
import { isAddress } from "./config-checks.ts";
import type { ConfigFault } from "./config-values.ts";
import { type DkimSettings, isDkimKey, isDnsName, RETURN_LOCAL_MAX } from "./platform/smtp/index.ts";

type Values = Readonly<Record<string, string | undefined>>;

/** A mailbox whose local part leaves room for what we add. */
export function readBounceAddress(
  values: Readonly<Record<string, string | undefined>>,
  faults: ConfigFault[],
): string | null {
  const { PLI_BOUNCE_ADDRESS: address } = values;
  if (address === undefined) {
    if (values.PLI_BOUNCE_LISTEN !== undefined) {
      const cure = "Give the address that bounces come back to, such as bounce@bounces.example.org";
      faults.push({ name: "PLI_BOUNCE_ADDRESS", fault: "PLI_BOUNCE_LISTEN is set without it", cure });
    }
    return null;
  }
  if (isAddress(address) && !address.includes("+") && address.lastIndexOf("@") <= RETURN_LOCAL_MAX) return address;
  const cure = `Give an address such as bounce@bounces.example.org, with at most ${RETURN_LOCAL_MAX} characters before the @ and no +`;
  faults.push({ name: "PLI_BOUNCE_ADDRESS", fault: "not an address that can be added to", cure });
  return null;
}

/** PLI_DKIM_KEY (mostly by PLI_DKIM_KEY_FILE), PLI_DKIM_SELECTOR and PLI_DKIM_DOMAIN. Null without a key. */
export function readDkimSettings(values: Values, faults: ConfigFault[]): DkimSettings | null {
  const { PLI_DKIM_KEY: key } = values;
  const settings = dkimNames(values, faults);
  if (key === undefined) {
    for (const name of ["PLI_DKIM_SELECTOR", "PLI_DKIM_DOMAIN"]) {
      if (values[name] === undefined) continue;
      const cure = "Make one with make-dkim-key, and name its file by PLI_DKIM_KEY_FILE";
      faults.push({ name, fault: "there is no PLI_DKIM_KEY_FILE", cure });
    }
    return null;
  }
  if (isDkimKey(key)) return { ...settings, key };
  const cure = "Give an RSA key of 2048 to 4096 bits in PEM, such as make-dkim-key makes";
  faults.push({ name: "PLI_DKIM_KEY", fault: "not such a key", cure });
  return null;
}

/** Selector and domain of signatures, with their defaults. */
export function dkimNames(values: Values, faults: ConfigFault[]): Omit<DkimSettings, "key"> {
  const selector = values.PLI_DKIM_SELECTOR ?? "pli";
  const domain = values.PLI_DKIM_DOMAIN ?? (values.PLI_MAIL_FROM ?? "").split("@").at(-1) ?? "";
  if (!isDnsName(selector)) {
    faults.push({ name: "PLI_DKIM_SELECTOR", fault: "not a DNS label", cure: "Give a short name, such as pli" });
  }
  if (values.PLI_DKIM_DOMAIN !== undefined && !isDnsName(domain)) {
    const cure = "Give the domain that mails come from, such as example.org";
    faults.push({ name: "PLI_DKIM_DOMAIN", fault: "not a domain", cure });
  }
  return { selector, domain };
}
