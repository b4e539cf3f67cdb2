/**
 * SMS by whatever HTTP gateway: an address and, with one, a body, in which places are filled; each value is written as its surroundings want
 * it (percent-encoded, or as in a JSON string). Each delivery is one try. Never logs, never tells the address: it may hold a key.
 */
import { callProvider, refused } from "./provider-call.ts";
import { fillPlaces, type GatewayPlace } from "./sms-place.ts";
import type { OutgoingSms, SmsTransport } from "./sms-transport.ts";

export function createGatewayTransport(place: GatewayPlace): SmsTransport {
  return {
    paced: true,
    deliver: async (sms) => {
      const { url, ...request } = gatewayRequest(place, sms);
      const { status, text } = await callProvider(url, request);
      if (status >= 200 && status < 300) {
        if (place.accepted === null || text.includes(place.accepted)) return;
        throw refused(false, "the SMS provider did not say that it took it");
      }
      // 400 and 422 are about what was sent; a wrong key, a wrong address or too many at once can be mended.
      throw refused(status === 400 || status === 422, `the SMS provider answered ${status}`);
    },
    close: () => {},
  };
}

/** What goes out: for one SMS. */
export function gatewayRequest(place: GatewayPlace, sms: Pick<OutgoingSms, "id" | "to" | "text">) {
  const filled = { to: sms.to, number: sms.to.replace(/^\+/, ""), text: sms.text, id: sms.id };
  const url = fillPlaces(place.url, (name) => encodeURIComponent(filled[name]));
  if (place.body === null) return { url, method: "GET", headers: { ...place.headers } };
  const json = place.contentType.includes("json");
  const write = (value: string) => (json ? JSON.stringify(value).slice(1, -1) : encodeURIComponent(value));
  return {
    url,
    method: "POST",
    headers: { "content-type": place.contentType, ...place.headers },
    body: fillPlaces(place.body, (name) => write(filled[name])),
  };
}
