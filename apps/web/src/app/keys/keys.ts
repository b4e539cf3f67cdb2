/**
 * The state of the member's keys, and the one way to ask for them: `await requireKeys()` before anything that seals or opens shows the
 * unlock dialog when it must, and answers false when the person turns it down (Z11).
 */
import { signal } from "@preact/signals";
import type { KeyState } from "../../worker/app-keys.ts";
import { me } from "../session.ts";
import { takeTouch } from "./touch.ts";
import { callWorker } from "./worker.ts";

/** `unknown` until the worker has looked. */
export const keyState = signal<KeyState | { readonly state: "unknown" }>({ state: "unknown" });
/** The unlock dialog is asked for; answers when it closes. */
export const unlockAsked = signal<((unlocked: boolean) => void) | null>(null);

let looking: Promise<void> | undefined;

/** Looks at the keyring, once for a tab unless `again`. */
export function lookAtKeys(again = false): Promise<void> {
  if (again) looking = undefined;
  looking ??= callWorker("begin", { memberId: me().memberId }).then(
    async (state) => {
      keyState.value = await unlockByTouch(state);
    },
    (error: unknown) => {
      looking = undefined;
      throw error;
    },
  );
  return looking;
}

/** The passkey that signed in may unlock as well. */
async function unlockByTouch(state: KeyState): Promise<KeyState> {
  const touch = takeTouch();
  if (state.state !== "locked" || !touch || !state.passkeys.includes(touch.credentialId)) return state;
  return callWorker("unlockByPasskey", touch).then(
    () => ({ state: "unlocked" }),
    () => state,
  );
}

/** Whether keys are at hand now; asks to unlock when they are not. */
export async function requireKeys(): Promise<boolean> {
  await lookAtKeys();
  if (keyState.value.state === "unlocked") return true;
  if (keyState.value.state === "changed") return false;
  return new Promise((resolve) => {
    unlockAsked.peek()?.(false);
    unlockAsked.value = resolve;
  });
}

export function isUnlocked(): boolean {
  return keyState.value.state === "unlocked";
}

/** What this device is called in the list of slots: "Firefox, Linux". */
export function deviceName(): string {
  const agent = navigator.userAgent;
  const find = (names: readonly (readonly [RegExp, string])[]) => names.find(([sign]) => sign.test(agent))?.[1];
  const browser = find([
    [/Edg\//, "Edge"],
    [/OPR\//, "Opera"],
    [/Firefox\//, "Firefox"],
    [/Chrome\//, "Chrome"],
    [/Safari\//, "Safari"],
  ]);
  const system = find([
    [/Android/, "Android"],
    [/iPhone|iPad/, "iOS"],
    [/Windows/, "Windows"],
    [/Mac OS/, "macOS"],
    [/Linux/, "Linux"],
  ]);
  return [browser, system].filter(Boolean).join(", ") || "Browser";
}
