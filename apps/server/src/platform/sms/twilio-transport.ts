/**
 * SMS by the protocol of Twilio: `POST /2010-04-01/Accounts/{account}/Messages.json`, basic authentication, a form with To, From or
 * MessagingServiceSid, Body; 201 with a JSON message, or a JSON error with a code of Twilio's list
 * (https://www.twilio.com/docs/api/errors). Each delivery is one try. Never logs, never puts the token into an error.
 */
import { type DeliveryError, oneLine } from "../smtp/index.ts";
import { callProvider, type ProviderAnswer, refused } from "./provider-call.ts";
import type { TwilioPlace } from "./sms-place.ts";
import type { SmsTransport } from "./sms-transport.ts";

/** About this number or this text: trying again is useless. Anything else (sign-in, limits, their own faults) may be better later. */
const FINAL = new Set([
  21211, // not a number
  21214,
  21217,
  21219,
  21401,
  21407,
  21421, // cannot be reached
  21408, // a region that the account may not write to
  21602, // no text
  21610, // asked not to be written to
  21612,
  21614, // not a mobile number
  21617, // too long
  30003,
  30004,
  30005,
  30006,
  30007, // unreachable, blocked, unknown, a landline, filtered
]);
const FAILED = new Set(["failed", "undelivered", "canceled"]);

interface Answer {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly status?: unknown;
  readonly error_code?: unknown;
  readonly error_message?: unknown;
}

export function createTwilioTransport(place: TwilioPlace): SmsTransport {
  const url = `${place.base}/2010-04-01/Accounts/${encodeURIComponent(place.account)}/Messages.json`;
  return {
    paced: true,
    deliver: async (sms) => {
      const form = new URLSearchParams({ To: sms.to, Body: sms.text });
      if (place.from !== null) form.set("From", place.from);
      if (place.service !== null) form.set("MessagingServiceSid", place.service);
      const answer = await callProvider(url, {
        method: "POST",
        headers: {
          ...twilioAuthorization(place),
          "Content-Type": "application/x-www-form-urlencoded",
          Accept: "application/json",
        },
        body: form.toString(),
      });
      const refusal = refusalOf(answer, sms.text);
      if (refusal !== null) throw refusal;
    },
    close: () => {},
  };
}

export function twilioAuthorization({ user, password }: TwilioPlace): { readonly Authorization: string } {
  return { Authorization: `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}` };
}

function refusalOf({ status, text }: ProviderAnswer, sent: string): DeliveryError | null {
  const answer = parse(text);
  if (status === 200 || status === 201) {
    if (!FAILED.has(String(answer.status))) return null;
    return refused(FINAL.has(Number(answer.error_code)), reasonOf(answer.error_code, answer.error_message, sent));
  }
  const code = Number(answer.code);
  const reason = Number.isNaN(code) ? `the SMS provider answered ${status}` : reasonOf(code, answer.message, sent);
  return refused(status === 400 && FINAL.has(code), reason);
}

/** Its words, unless they quote what of the text may be a code or a link. */
function reasonOf(code: unknown, message: unknown, sent: string): string {
  const secret = sent.split(/\s+/).filter((word) => /[\d#]/.test(word) && word.length >= 4);
  const isTold = typeof message === "string" && !secret.some((word) => message.includes(word));
  const words = isTold ? ` ${message}` : "";
  return oneLine(`SMS provider, ${String(code)}${words}`);
}

function parse(text: string): Answer {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
