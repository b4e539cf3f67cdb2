/**
 * The member's keyring in the worker (spec: protocol.md Z9 to Z12): made, unlocked by a slot, pinned on this device. Seed and private keys
 * stay in this module; pages get states, fingerprints and, once, the words of a new recovery kit.
 */
import { addSlot, checkKeyring, getKeyring, makeKeyring, removeSlot, renameSlot, storeKeyring } from "@pli/client";
import { fromBase64url } from "@pli/core/bytes";
import { webCrypto } from "@pli/core/crypto-web";
import { PliError } from "@pli/core/errors";
import {
  createDeviceSlot,
  createPasskeySlot,
  createPassphraseSlot,
  createRecoverySlot,
  type KeyringKeys,
  keyringFingerprint,
  openDeviceSlot,
  openPasskeySlot,
  openPassphraseSlot,
  openRecoverySlot,
  type Seed,
} from "@pli/core/sealing";
import type { Keyring, KeySlot, StoredKeySlot } from "@pli/core/wire";
import { dropDevice, newDeviceKey, readDevice, readPin, writeDevice, writePin } from "./app-store.ts";
import { transport } from "./app-transport.ts";

/** `changed`: the server shows other public keys than this device knows: nothing may be sent or opened. */
export type KeyState =
  | { readonly state: "none" | "unlocked" }
  /** `passkeys`: the credentials that could unlock, base64url. */
  | { readonly state: "locked"; readonly passkeys: readonly string[] }
  | { readonly state: "changed"; readonly ours: string; readonly theirs: string };

/** A slot as lists show it: nothing of the wrapped seed. */
export interface SlotView extends Pick<StoredKeySlot, "slotId" | "kind" | "name" | "createdAt"> {
  /** The slot of this device. */
  readonly here: boolean;
  /** Of a passkey */
  readonly credentialId: string | undefined;
}

let memberId = "";
let unlocked: { seed: Seed; keys: KeyringKeys } | undefined;
let pendingKit: KeySlot | undefined;
const leaving: (() => void)[] = [];

/** What else this worker holds of a member is dropped by `forget` when another one comes. */
export function whenMemberLeaves(forget: () => void): void {
  leaving.push(forget);
}

/** Nothing of one member may serve another: neither keys, nor a kit not yet kept, nor drafts, nor what was opened. */
function become(next: string): void {
  if (memberId !== "" && memberId !== next) {
    unlocked = undefined;
    pendingKit = undefined;
    for (const forget of leaving) forget();
  }
  memberId = next;
}

export function member(): string {
  if (memberId === "") throw new PliError("not_signed_in");
  return memberId;
}

/** @throws PliError `keyring_locked` */
export function keyring(): KeyringKeys {
  if (!unlocked) throw new PliError("keyring_locked");
  return unlocked.keys;
}

const fingerprint = (kemPublic: string) => keyringFingerprint(webCrypto, fromBase64url(kemPublic));

async function stored(): Promise<Keyring> {
  const found = await getKeyring(transport);
  if (!found) throw new PliError("not_found");
  return found;
}

/** Takes a seed as ours when its keys are what the server shows, and pins them. @throws PliError `integrity` */
async function accept(seed: Seed, shown: Pick<Keyring, "kemPublic" | "signPublic">): Promise<void> {
  const keys = await checkKeyring(webCrypto, seed, shown);
  const { kemPublic, signPublic } = shown;
  await writePin(member(), { kemPublic, signPublic });
  unlocked = { seed, keys };
}

async function newDeviceSlot(seed: Seed, name: string) {
  const key = await newDeviceKey();
  return { slot: await createDeviceSlot(webCrypto, { seed, name, deviceKey: key }), key };
}

async function addDeviceSlot(seed: Seed, name: string): Promise<void> {
  const { slot, key } = await newDeviceSlot(seed, name);
  await addSlot(transport, slot);
  await writeDevice(member(), { slotId: slot.slotId, key });
}

async function unlockByDevice(shown: Keyring): Promise<boolean> {
  const device = await readDevice(member());
  const slot = device && shown.slots.find((one) => one.slotId === device.slotId);
  if (!device || !slot) {
    // the slot was removed elsewhere: this device is no longer trusted
    if (device) await dropDevice(member());
    return false;
  }
  await accept(await openDeviceSlot(webCrypto, { slot, deviceKey: device.key }), shown);
  return true;
}

export const keyProcedures = {
  /** Looks at the member's keyring, and unlocks it by this device's slot where there is one. */
  async begin(input: { memberId: string }): Promise<KeyState> {
    become(input.memberId);
    const [shown, pin] = [await getKeyring(transport), await readPin(memberId)];
    if (pin && (pin.kemPublic !== shown?.kemPublic || pin.signPublic !== shown.signPublic)) {
      unlocked = undefined;
      const theirs = shown ? await fingerprint(shown.kemPublic) : "";
      return { state: "changed", ours: await fingerprint(pin.kemPublic), theirs };
    }
    if (!shown) return { state: "none" };
    if (unlocked) return { state: "unlocked" };
    const done = await unlockByDevice(shown).catch(() => false);
    if (done) return { state: "unlocked" };
    return { state: "locked", passkeys: shown.slots.flatMap(({ credentialId }) => credentialId ?? []) };
  },

  /** @param input.deviceName when given, this device unlocks by itself from now on */
  async makeKeys(input: { passphrase: string; slotName: string; deviceName?: string | undefined }): Promise<void> {
    const { seed, keys, creation } = await makeKeyring(webCrypto, input);
    // all at once: a member who has made a keyring may be asked for more before a slot is added
    const device = input.deviceName ? await newDeviceSlot(seed, input.deviceName) : undefined;
    await storeKeyring(transport, { ...creation, slots: [...creation.slots, ...(device ? [device.slot] : [])] });
    await writePin(member(), { kemPublic: creation.kemPublic, signPublic: creation.signPublic });
    unlocked = { seed, keys };
    if (device) await writeDevice(member(), { slotId: device.slot.slotId, key: device.key });
  },

  /**
   * Tries a secret on every slot of its kind.
   * @throws PliError `wrong_password`; `integrity` when the seed's keys are not those the server shows
   */
  async unlock(input: {
    kind: "passphrase" | "recovery";
    secret: string;
    deviceName?: string | undefined;
  }): Promise<void> {
    const shown = await stored();
    let seed: Seed | undefined;
    for (const slot of shown.slots.filter(({ kind }) => kind === input.kind)) {
      try {
        seed =
          input.kind === "passphrase"
            ? await openPassphraseSlot(webCrypto, { slot, passphrase: input.secret })
            : await openRecoverySlot(webCrypto, { slot, words: input.secret });
        break;
      } catch (error) {
        if (!(error instanceof PliError) || (error.code !== "wrong_password" && error.code !== "bad_input"))
          throw error;
      }
    }
    if (!seed) throw new PliError("wrong_password");
    await accept(seed, shown);
    if (input.deviceName) await addDeviceSlot(seed, input.deviceName);
  },

  /**
   * @param input.prf what the passkey answered
   * @throws PliError `wrong_password` when it opens no slot; `integrity` as `unlock`
   */
  async unlockByPasskey(input: {
    credentialId: string;
    prf: Uint8Array;
    deviceName?: string | undefined;
  }): Promise<void> {
    const shown = await stored();
    const slot = shown.slots.find(({ credentialId }) => credentialId === input.credentialId);
    if (!slot) throw new PliError("wrong_password");
    const seed = await openPasskeySlot(webCrypto, { slot, prf: input.prf });
    await accept(seed, shown);
    if (input.deviceName) await addDeviceSlot(seed, input.deviceName);
  },

  /** A passkey unlocks from now on. */
  async addPasskeySlot(input: { credentialId: string; prf: Uint8Array; name: string }): Promise<void> {
    if (!unlocked) throw new PliError("keyring_locked");
    await addSlot(transport, await createPasskeySlot(webCrypto, { seed: unlocked.seed, ...input }));
  },

  /** Makes the words of a recovery kit. They work only after `keepKit`. */
  async newKit(input: { name: string; language: string }): Promise<{
    words: readonly string[];
    hex: string;
    fingerprint: string;
  }> {
    if (!unlocked) throw new PliError("keyring_locked");
    const { slot, words, hex } = await createRecoverySlot(webCrypto, { seed: unlocked.seed, ...input });
    pendingKit = slot;
    return { words, hex, fingerprint: await keyringFingerprint(webCrypto, unlocked.keys.kemPublic) };
  },

  /** The kit is in a safe place: from now on its words open the keyring. @param input.replace slots that stop working */
  async keepKit(input: { replace: readonly string[] }): Promise<void> {
    if (!pendingKit) throw new PliError("bad_input");
    await addSlot(transport, pendingKit);
    pendingKit = undefined;
    for (const slotId of input.replace) await removeSlot(transport, slotId);
  },

  async addPassphrase(input: { passphrase: string; name: string }): Promise<void> {
    if (!unlocked) throw new PliError("keyring_locked");
    await addSlot(transport, await createPassphraseSlot(webCrypto, { seed: unlocked.seed, ...input }));
  },

  async rememberHere(input: { deviceName: string }): Promise<void> {
    if (!unlocked) throw new PliError("keyring_locked");
    await addDeviceSlot(unlocked.seed, input.deviceName);
  },

  /** Locks this device: its slot and key go, the memory too. The pin stays. */
  async lockHere(): Promise<void> {
    const device = await readDevice(member());
    if (device) {
      await removeSlot(transport, device.slotId).catch((error: unknown) => {
        if (!(error instanceof PliError) || error.code !== "not_found") throw error;
      });
      await dropDevice(member());
    }
    unlocked = undefined;
  },

  async slots(): Promise<{ slots: readonly SlotView[]; fingerprint: string }> {
    const [shown, device] = [await stored(), await readDevice(member())];
    const slots = shown.slots.map(({ slotId, kind, name, createdAt, credentialId }) => ({
      slotId,
      kind,
      name,
      createdAt,
      credentialId,
      here: slotId === device?.slotId,
    }));
    return { slots, fingerprint: await fingerprint(shown.kemPublic) };
  },

  renameSlot: (input: { slotId: string; name: string }) => renameSlot(transport, input.slotId, input.name),

  /** @throws PliError `last_slot` */
  async removeSlot(input: { slotId: string }): Promise<void> {
    await removeSlot(transport, input.slotId);
    if ((await readDevice(member()))?.slotId === input.slotId) await dropDevice(member());
  },
};
