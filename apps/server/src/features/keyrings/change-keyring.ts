/**
 * Keyrings (Z9, Z10): made once, by the member's device; slots come and go, the last one never goes. What is wrapped in a slot is
 * opaque here.
 */
import { PliError } from "@pli/core/errors";
import { type Keyring, type KeyringCreation, type KeySlot, LIMITS, type PasswordParams } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import type { Reader } from "../../platform/database/index.ts";
import { endNoted } from "../../platform/destroyed/index.ts";
import type { Services } from "../../services.ts";
import {
  countSlots,
  deleteSlot,
  holdKeyring,
  insertKeyring,
  insertSlots,
  keyringOfMember,
  renameSlot,
  slotsOfMember,
} from "./keyrings.queries.ts";
import type { KeySlotsTable } from "./keyrings.table.ts";

/** @throws `not_found` when the member has none yet */
export async function readKeyring(on: Reader, memberId: string): Promise<Keyring> {
  const keyring = await keyringOfMember(on, memberId);
  if (keyring === undefined) throw new PliError("not_found");
  const slots = await slotsOfMember(on, memberId);
  return {
    kemPublic: keyring.kem_public,
    signPublic: keyring.sign_public,
    slots: slots.map((slot) => ({
      slotId: slot.slot_id,
      kind: slot.kind,
      name: slot.name,
      wrappedSeed: slot.wrapped_seed,
      ...(slot.argon2 === null ? {} : { argon2: JSON.parse(slot.argon2) as PasswordParams }),
      ...(slot.credential_id === null ? {} : { credentialId: slot.credential_id }),
      createdAt: new Date(slot.created_at_ms).toISOString(),
    })),
  };
}

export interface KeyringSummary {
  readonly kemPublic: string;
  readonly signPublic: string;
  /** Whether a lost device or passphrase can be made up for (Z10). */
  readonly hasRecovery: boolean;
}

/** What the account shows of the keyring; null before there is one. */
export async function keyringSummary(on: Reader, memberId: string): Promise<KeyringSummary | null> {
  const keyring = await keyringOfMember(on, memberId);
  if (keyring === undefined) return null;
  const slots = await slotsOfMember(on, memberId);
  return {
    kemPublic: keyring.kem_public,
    signPublic: keyring.sign_public,
    hasRecovery: slots.some((slot) => slot.kind === "recovery"),
  };
}

/** Once per member: another keyring would make everything sealed to the first unreadable. @throws `already_exists`, `bad_input` */
export async function createKeyring(
  services: Services,
  caller: MemberCaller,
  creation: KeyringCreation,
): Promise<void> {
  const nowMs = services.clock.now();
  await services.db.write(async (tx) => {
    const isNew = await insertKeyring(tx, {
      member_id: caller.memberId,
      organisation_id: caller.organisationId,
      kem_public: creation.kemPublic,
      sign_public: creation.signPublic,
      slot_count: creation.slots.length,
      created_at_ms: nowMs,
    });
    if (!isNew) throw new PliError("already_exists");
    const rows = creation.slots.map((slot) => rowOf(caller.memberId, slot, nowMs));
    // Two of the same id in one request.
    if ((await insertSlots(tx, rows)) !== rows.length) throw new PliError("bad_input", { details: { field: "slots" } });
  });
}

/** @throws `limit_reached` {limit}, `already_exists`, `not_found` without a keyring */
export async function addSlot(services: Services, caller: MemberCaller, slot: KeySlot): Promise<void> {
  const nowMs = services.clock.now();
  await services.db.write(async (tx) => {
    if ((await holdKeyring(tx, caller.memberId)) === undefined) throw new PliError("not_found");
    if (!(await countSlots(tx, caller.memberId, 1, LIMITS.keySlots))) {
      throw new PliError("limit_reached", { details: { limit: LIMITS.keySlots } });
    }
    if ((await insertSlots(tx, [rowOf(caller.memberId, slot, nowMs)])) !== 1) throw new PliError("already_exists");
  });
}

/** @throws `not_found` */
export async function nameSlot(services: Services, caller: MemberCaller, slotId: string, name: string): Promise<void> {
  const found = await services.db.write((tx) => renameSlot(tx, caller.memberId, slotId, name));
  if (!found) throw new PliError("not_found");
}

/** @throws `last_slot`, `not_found` */
export async function removeSlot(services: Services, caller: MemberCaller, slotId: string): Promise<void> {
  const slots = await slotsOfMember(services.db.read, caller.memberId);
  if (!slots.some((slot) => slot.slot_id === slotId)) throw new PliError("not_found");
  const ending = { at: services.clock.now(), slot: slotId, member: caller.memberId };
  await endNoted(services.destroyed, [ending], () =>
    services.db.write(async (tx) => {
      await holdKeyring(tx, caller.memberId);
      if (!(await deleteSlot(tx, caller.memberId, slotId))) throw new PliError("not_found");
      // Throwing brings the slot back: the whole job is undone.
      if (!(await countSlots(tx, caller.memberId, -1, LIMITS.keySlots))) throw new PliError("last_slot");
    }),
  );
}

function rowOf(memberId: string, slot: KeySlot, nowMs: number): KeySlotsTable {
  return {
    member_id: memberId,
    slot_id: slot.slotId,
    kind: slot.kind,
    name: slot.name,
    wrapped_seed: slot.wrappedSeed,
    argon2: slot.argon2 === undefined ? null : JSON.stringify(slot.argon2),
    credential_id: slot.credentialId ?? null,
    created_at_ms: nowMs,
  };
}
