/**
 * Signing in and out, and the account. A session that ends while somebody works does not throw them out: `lost`
 * makes the shell ask to sign in again in place, and everything typed stays. Tabs of one browser tell each other.
 */
import { changeAccount, signOut as endSession, getAccount } from "@pli/client";
import { PliError } from "@pli/core/errors";
import type { Account, AccountChange } from "@pli/core/wire";
import { account, lost } from "./account-state.ts";
import { anonymous, server } from "./api.ts";
import { useLanguage } from "./language.ts";

export { account, lost } from "./account-state.ts";

const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel("pli-session") : null;
tabs?.addEventListener("message", () => void askAgain());

/** The account of the page; only on pages behind the sign-in. */
export function me(): Account {
  const present = account.value;
  if (!present) throw new PliError("not_signed_in");
  return present;
}

async function take(next: Account): Promise<void> {
  const before = account.peek();
  if (before && before.memberId !== next.memberId) {
    // another person's drafts and keys must not meet this one's
    location.reload();
    return;
  }
  // before the welcome the account has no language of its own: the browser's stays
  if (!next.welcome.profile) await useLanguage(next.language);
  account.value = next;
  lost.value = false;
}

/** Asks the server who is signed in. @throws PliError other than `not_signed_in` */
export async function loadAccount(): Promise<void> {
  try {
    await take(await getAccount(anonymous));
  } catch (error) {
    if (!(error instanceof PliError) || error.code !== "not_signed_in") throw error;
    if (account.peek()) lost.value = true;
    else account.value = null;
  }
}

/** Whether somebody signed in meanwhile, in another tab or through the mail. */
export async function askAgain(): Promise<boolean> {
  await loadAccount().catch(() => undefined);
  return Boolean(account.peek()) && !lost.peek();
}

/** After a sign-in or out in this tab: the other tabs look again. */
export function tellTabs(): void {
  tabs?.postMessage("changed");
}

export async function saveAccount(change: AccountChange): Promise<void> {
  await take(await changeAccount(server, change));
}

export async function signOut(): Promise<void> {
  await endSession(server);
  tellTabs();
  location.assign("/app/sign-in");
}
