/** Going in by a passkey: at the sign-in, and as its second step. */
import type { PasskeyDoor } from "@pli/client";
import type { Account } from "@pli/core/wire";
import { anonymous } from "../api.ts";
import { keepTouch } from "../keys/touch.ts";
import { loadAccount, tellTabs } from "../session.ts";
import { touchPasskey } from "./webauthn.ts";

/** @throws PliError `cancelled`, `passkey_refused` */
export async function enterByPasskey(
  door: PasskeyDoor<Account>,
  options: { readonly inField?: boolean; readonly signal?: AbortSignal } = {},
): Promise<void> {
  const { answer, prf } = await touchPasskey(await door.request(anonymous), options);
  await door.answer(anonymous, answer);
  if (prf !== null) keepTouch({ credentialId: answer.credentialId, prf });
  await entered();
}

/** The browser has a session now. */
export async function entered(): Promise<void> {
  tellTabs();
  await loadAccount();
}
