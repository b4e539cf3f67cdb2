import { createGatewayTransport } from "./gateway-transport.ts";
import type { SmsPlace } from "./sms-place.ts";
import type { SmsTransport } from "./sms-transport.ts";
import { createTwilioTransport } from "./twilio-transport.ts";

export { checkSms, type SmsFault, smsHost } from "./check-sms.ts";
export { countSms, foldToGsm7 } from "./gsm7.ts";
export { countryOf, isCountry, maskNumber, mobileNumberOf, type Number164 } from "./numbers.ts";
export { isSmsPlaceExposed, readSmsPlace, type SmsPlace } from "./sms-place.ts";
export type { OutgoingSms, SmsTransport } from "./sms-transport.ts";

export function createSmsTransport(place: SmsPlace): SmsTransport {
  return place.kind === "twilio" ? createTwilioTransport(place) : createGatewayTransport(place);
}
