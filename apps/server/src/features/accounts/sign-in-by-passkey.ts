/**
 * Signing in with a passkey (A1): the authenticator says whose it is, so nobody types an address and nothing tells which addresses exist. With
 * user verification it is two factors in one gesture.
 */
import { PliError } from "@pli/core/errors";
import type { PasskeyAnswer, PasskeyRequest } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import { acceptPasskey, checkPasskey, requestPasskey } from "../factors/index.ts";
import { take } from "../limits/index.ts";
import { memberById } from "../organisations/index.ts";
import { openSession, type SignedIn, type SigningBrowser } from "./open-session.ts";

const PURPOSE = "sign-in";

/** @throws `conflict` where browsers have no passkeys for this server */
export async function requestSignInPasskey(services: Services): Promise<PasskeyRequest> {
  return await requestPasskey(services, PURPOSE, null);
}

/** @throws `passkey_refused`, `rate_limited`, `conflict` */
export async function signInByPasskey(
  services: Services,
  given: PasskeyAnswer,
  browser: SigningBrowser,
): Promise<SignedIn> {
  await take(services, { door: "passkey/network", key: browser.network, limit: 120, windowSeconds: 900 });
  const checked = await checkPasskey(services, PURPOSE, given);
  return await services.db.write(async (tx) => {
    const member = await memberById(tx, checked.memberId);
    if (member === undefined) throw new PliError("passkey_refused");
    const signedIn = await openSession(tx, services.clock.now(), member, browser, { mailbox: false, factor: true });
    await acceptPasskey(services, tx, checked);
    return signedIn;
  });
}
