/** What a sign-in looks like over HTTP, whichever way it was made: who the browser is, its cookies, the account. */
import type { Account } from "@pli/core/wire";
import type { Context } from "hono";
import type { ApiEnv } from "../../http/api.ts";
import { agentOf, networkOf } from "../../http/network.ts";
import type { Services } from "../../services.ts";
import { cookieValue, sessionSignal } from "./caller.ts";
import { KNOWN_COOKIE, knownBrowser } from "./known-browser.ts";
import type { SignedIn, SigningBrowser } from "./open-session.ts";
import { readAccount } from "./read-account.ts";
import { hostCookie, SESSION_COOKIE } from "./session-cookies.ts";

/** As long as browsers keep a cookie; the server ends a session after 30 days without use. */
const SESSION_COOKIE_SECONDS = 400 * 24 * 3600;

export function signingBrowser(c: Context<ApiEnv>, services: Services): SigningBrowser {
  const { headers } = c.env.incoming;
  return {
    sessionSecret: cookieValue(headers.cookie, SESSION_COOKIE),
    agent: agentOf(headers),
    network: networkOf(c.env.incoming, services.config),
  };
}

/** Sets the cookies of a browser that has signed in, and ends what its session before still listens to. @returns the body of the answer */
export async function answerSignedIn(c: Context<ApiEnv>, services: Services, signedIn: SignedIn): Promise<Account> {
  if (signedIn.endedSessionId !== null) services.db.raise(sessionSignal(signedIn.endedSessionId));
  const account = await readAccount(services, signedIn.memberId);
  const cookies = [
    hostCookie(SESSION_COOKIE, signedIn.sessionSecret, SESSION_COOKIE_SECONDS),
    hostCookie(KNOWN_COOKIE, knownBrowser(services, account.address), SESSION_COOKIE_SECONDS),
  ];
  for (const cookie of cookies) c.header("Set-Cookie", cookie, { append: true });
  return account;
}
