/**
 * Where SMS go, as the configuration says it. PLI_SMS_URL is `twilio://SID:TOKEN@api.twilio.com?from=+15005550006` for the protocol of Twilio,
 * which others speak too, or the http(s) address of any other gateway, with `{to}`, `{number}`, `{text}`, `{id}` where they belong: in the
 * address, or in the body that PLI_SMS_BODY gives. Checked whole, all faults at once. Never prints a value: keys are in it.
 */
import { isLoopback } from "../../config-checks.ts";
import type { ConfigFault } from "../../config-values.ts";

export interface TwilioPlace {
  readonly kind: "twilio";
  /** `https://api.twilio.com`, with a path before `/2010-04-01` where a provider has one. */
  readonly base: string;
  readonly account: string;
  /** The account, or an API key of it. */
  readonly user: string;
  /** A secret. */
  readonly password: string;
  /** A number, a sender's name, or null with a messaging service. */
  readonly from: string | null;
  readonly service: string | null;
}
export interface GatewayPlace {
  readonly kind: "gateway";
  /** A secret: may hold a key. With places to fill. */
  readonly url: string;
  /** With places to fill; null: nothing is sent but the address. */
  readonly body: string | null;
  readonly contentType: string;
  /** Secrets. */
  readonly headers: Readonly<Record<string, string>>;
  /** What an answer must say to be a yes; null: its status is enough. */
  readonly accepted: string | null;
}
export type SmsPlace = TwilioPlace | GatewayPlace;

type Values = Readonly<Record<string, string | undefined>>;
type Refuse = (name: string, fault: string, cure: string) => void;

const HEADER = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\x20-\x7e\x80-\xff]+)$/;
/** Only for a gateway, so that none of them is set and forgotten. */
const GATEWAY_NAMES = ["PLI_SMS_BODY", "PLI_SMS_HEADERS", "PLI_SMS_ACCEPTED"] as const;

/** Null: no SMS are sent (or they go to the local mailbox). Faults are added to `faults`. */
export function readSmsPlace(values: Values, faults: ConfigFault[]): SmsPlace | null {
  const refuse: Refuse = (name, fault, cure) => void faults.push({ name, fault, cure });
  const given = values.PLI_SMS_URL;
  const scheme = given === undefined ? "" : (URL.parse(given.replace(/\{\w+\}/g, "x"))?.protocol ?? "");
  if (scheme !== "http:" && scheme !== "https:") {
    for (const name of GATEWAY_NAMES) {
      if (values[name] !== undefined) refuse(name, "needs an http address in PLI_SMS_URL", "Give one, or leave it out");
    }
  }
  if (given === undefined) return null;
  if (scheme === "twilio:") return readTwilio(given, refuse);
  if (scheme === "http:" || scheme === "https:") return readGateway(given, values, refuse);
  const cure = "Give twilio://SID:TOKEN@api.twilio.com?from=+15005550006, or the https:// address of a gateway";
  refuse("PLI_SMS_URL", "not the address of an SMS provider", cure);
  return null;
}

/** Whether what is sent can be read on its way. */
export function isSmsPlaceExposed(place: SmsPlace): boolean {
  const url = new URL(place.kind === "twilio" ? place.base : place.url.replace(/\{\w+\}/g, "x"));
  return url.protocol === "http:" && !isLoopback(url.hostname);
}

function readTwilio(given: string, refuse: Refuse): TwilioPlace | null {
  // Of other schemes URL keeps the host as it is written; a + of a number is a + there, whatever forms make of it.
  const url = new URL(given.replace(/^twilio:/, "https:"));
  const query = new Map([...url.search.slice(1).matchAll(/([^=&]+)=([^&]*)/g)].map((m) => [m[1], decode(m[2] ?? "")]));
  const user = decode(url.username);
  const password = decode(url.password);
  const account = query.get("account") ?? user;
  const from = query.get("from") ?? null;
  const service = query.get("service") ?? null;
  const plain = query.get("tls") === "no";
  let sound = true;
  const fault = (text: string, cure: string) => {
    sound = false;
    refuse("PLI_SMS_URL", text, cure);
  };
  if (url.hostname === "") fault("no host", "Name the provider, such as @api.twilio.com");
  if (user === "" || password === "") fault("no user or no token", "Write them before the host: twilio://SID:TOKEN@…");
  if ((from === null) === (service === null)) {
    fault("no sender, or two", "Add ?from=+15005550006 (a number or a name) or ?service=MG… (a messaging service)");
  }
  if (plain && !isLoopback(url.hostname)) fault("tls=no to another machine", "Leave it out: the token would be read");
  if (!sound) return null;
  const base = `${plain ? "http" : "https"}://${url.host}${url.pathname.replace(/\/+$/, "")}`;
  return { kind: "twilio", base, account, user, password, from, service };
}

function readGateway(given: string, values: Values, refuse: Refuse): GatewayPlace | null {
  const body = values.PLI_SMS_BODY ?? null;
  const headers: Record<string, string> = {};
  let sound = true;
  const fault = (name: string, text: string, cure: string) => {
    sound = false;
    refuse(name, text, cure);
  };
  for (const line of (values.PLI_SMS_HEADERS ?? "").split(/\r?\n|\\n/)) {
    if (line.trim() === "") continue;
    const [, name, value] = HEADER.exec(line.trim()) ?? [];
    if (name === undefined || value === undefined) {
      fault("PLI_SMS_HEADERS", "not headers", "Give lines Name: value, such as Authorization: Bearer …");
    } else headers[name.toLowerCase()] = value;
  }
  const { username, password } = new URL(given.replace(/\{\w+\}/g, "x"));
  if (username !== "" || password !== "") {
    fault(
      "PLI_SMS_URL",
      "a user or password in the address, which no request may have",
      "Put them into PLI_SMS_HEADERS",
    );
  }
  const json = body !== null && /^\s*[[{]/.test(body);
  if (json && !isJson(fillPlaces(body, () => "x"))) {
    fault("PLI_SMS_BODY", "looks like JSON and is none", 'Check its quotes, such as {"to": "{to}", "text": "{text}"}');
  }
  const template = `${given}\n${body ?? ""}`;
  if (!/\{(to|number)\}/.test(template) || !template.includes("{text}")) {
    const where = body === null ? "PLI_SMS_URL" : "PLI_SMS_BODY";
    fault(
      where,
      "no place for the number or the text",
      "Write {to} (or {number}, without +) and {text} where they belong",
    );
  }
  if (!sound) return null;
  const contentType = headers["content-type"] ?? (json ? "application/json" : "application/x-www-form-urlencoded");
  return { kind: "gateway", url: given, body, contentType, headers, accepted: values.PLI_SMS_ACCEPTED ?? null };
}

/** Puts values into `{to}`, `{number}`, `{text}`, `{id}`; other braces stay. */
export function fillPlaces(template: string, fill: (place: "to" | "number" | "text" | "id") => string): string {
  return template.replace(/\{(to|number|text|id)\}/g, (_, place) => fill(place));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Percent-decoded; as it is where somebody wrote a bare percent sign. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
