/** Whether the SMS provider would take ours, without sending one: for the doctor. Never says a key. */
import { DeliveryError } from "../smtp/index.ts";
import { callProvider } from "./provider-call.ts";
import type { SmsPlace } from "./sms-place.ts";
import { twilioAuthorization } from "./twilio-transport.ts";

export interface SmsFault {
  readonly found: string;
  readonly cure: string;
}

/** The provider's host, for people. */
export function smsHost(place: SmsPlace): string {
  return new URL(place.kind === "twilio" ? place.base : place.url.replace(/\{\w+\}/g, "x")).host;
}

/** @returns null when all is well: with Twilio's protocol that the account is open to us; with a gateway only that somebody answers */
export async function checkSms(place: SmsPlace): Promise<SmsFault | null> {
  try {
    return place.kind === "twilio" ? await checkAccount(place) : await checkHost(place);
  } catch (error) {
    const found = error instanceof DeliveryError ? error.reason : "cannot be reached";
    return { found, cure: "Check the host in PLI_SMS_URL, this machine's DNS, and that a firewall lets it through" };
  }
}

async function checkAccount(place: Extract<SmsPlace, { kind: "twilio" }>): Promise<SmsFault | null> {
  const url = `${place.base}/2010-04-01/Accounts/${encodeURIComponent(place.account)}.json`;
  const { status, text } = await callProvider(url, { headers: twilioAuthorization(place) });
  if (status === 401 || status === 403) {
    const cure = "Check them in PLI_SMS_URL; special characters are written as %XX";
    return { found: "refuses our user or token", cure };
  }
  if (status !== 200)
    return {
      found: `answers ${status} to a look at the account`,
      cure: "Check the host and the account in PLI_SMS_URL",
    };
  if (/"status"\s*:\s*"(suspended|closed)"/.test(text)) {
    return { found: "the account is suspended or closed", cure: "Ask the provider" };
  }
  return null;
}

/** Asks for nothing but the root of the host: an address with its places filled would be an SMS. */
async function checkHost(place: Extract<SmsPlace, { kind: "gateway" }>): Promise<null> {
  const { origin } = new URL(place.url.replace(/\{\w+\}/g, "x"));
  await callProvider(`${origin}/`, { method: "HEAD" });
  return null;
}
