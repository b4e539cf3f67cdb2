/**
 * The relay's address, PLI_SMTP_URL: `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`. STARTTLS is required unless the
 * relay is on this machine or `?starttls=optional` says so: a mail carries a link. `?verify=no` accepts any certificate.
 */
export interface RelayAddress {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  readonly starttls: "required" | "optional" | "never";
  readonly verify: boolean;
  readonly user: string | null;
  /** A secret. */
  readonly password: string | null;
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;

/** @throws TypeError when it is not such an address; the message never holds the address (it may bear a password) */
export function parseRelayAddress(text: string): RelayAddress {
  const url = URL.parse(text);
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === "")
    throw new TypeError("not an SMTP address");
  const secure = url.protocol === "smtps:";
  const local = LOOPBACK.test(url.hostname);
  const asked = url.searchParams.get("starttls");
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    starttls:
      asked === "required" || asked === "optional" || asked === "never" ? asked : local ? "optional" : "required",
    // Nobody stands between two programs of one machine, and its own certificate is seldom a real one.
    verify: url.searchParams.get("verify") === "yes" || (url.searchParams.get("verify") !== "no" && !local),
    user: url.username === "" ? null : decodeURIComponent(url.username),
    password: url.password === "" ? null : decodeURIComponent(url.password),
  };
}
