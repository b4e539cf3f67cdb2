/**
 * What a member's browser keeps (IndexedDB): this device's key and the member's public key as first seen, drafts sealed under a key that
 * cannot be taken out of the browser, and handles of files that were chosen. Everything is kept by member: a shared browser mixes nothing.
 * Must never hold a seed, passphrase, content key or text in clear.
 */
import { fromUtf8, utf8 } from "@pli/core/bytes";
import { createStore, del, entries, get, set, type UseStore } from "idb-keyval";

let opened: UseStore | undefined;
function store(): UseStore {
  opened ??= createStore("pli-member", "kept");
  return opened;
}

/** The member's public keys as this device knows them (Z11). */
export interface Pin {
  readonly kemPublic: string;
  readonly signPublic: string;
}
/** The key that unlocks the member's device slot. */
export interface DeviceKey {
  readonly slotId: string;
  readonly key: CryptoKey;
}

export const readPin = (memberId: string) => get<Pin>(`pin:${memberId}`, store());
export const writePin = (memberId: string, pin: Pin) => set(`pin:${memberId}`, pin, store());
export const readDevice = (memberId: string) => get<DeviceKey>(`device:${memberId}`, store());
export const writeDevice = (memberId: string, device: DeviceKey) => set(`device:${memberId}`, device, store());
export const dropDevice = (memberId: string) => del(`device:${memberId}`, store());

/** AES-256-GCM key that no script can read out. */
export function newDeviceKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

interface SealedRecord {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

async function draftKey(memberId: string): Promise<CryptoKey> {
  const name = `draft-key:${memberId}`;
  // two tabs at the first draft: one key, or the other's draft could not be read
  return navigator.locks.request(name, async () => {
    const kept = await get<CryptoKey>(name, store());
    if (kept) return kept;
    const key = await newDeviceKey();
    await set(name, key, store());
    return key;
  });
}

const draftName = (memberId: string, draftId: string) => `draft:${memberId}:${draftId}`;

export async function writeRecord(memberId: string, draftId: string, record: unknown): Promise<void> {
  const key = await draftKey(memberId);
  // Safe: 96 random bits, and a member's drafts are saved far fewer than 2^32 times under one key.
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = utf8(draftId);
  const text = utf8(JSON.stringify(record));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData }, key, text);
  await set(draftName(memberId, draftId), { nonce, sealed } satisfies SealedRecord, store());
}

async function unseal(memberId: string, draftId: string, { nonce, sealed }: SealedRecord): Promise<unknown> {
  const key = await draftKey(memberId);
  const additionalData = utf8(draftId);
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData }, key, sealed);
  return JSON.parse(fromUtf8(new Uint8Array(text)));
}

/** @returns undefined when there is none, or it can no longer be read */
export async function readRecord(memberId: string, draftId: string): Promise<unknown> {
  const kept = await get<SealedRecord>(draftName(memberId, draftId), store());
  return kept && unseal(memberId, draftId, kept).catch(() => undefined);
}

export async function readRecords(memberId: string): Promise<{ draftId: string; record: unknown }[]> {
  const prefix = draftName(memberId, "");
  const found: { draftId: string; record: unknown }[] = [];
  for (const [name, kept] of await entries<string, SealedRecord>(store())) {
    if (typeof name !== "string" || !name.startsWith(prefix)) continue;
    const draftId = name.slice(prefix.length);
    const record = await unseal(memberId, draftId, kept).catch(() => undefined);
    if (record !== undefined) found.push({ draftId, record });
  }
  return found;
}

export async function dropRecord(memberId: string, draftId: string): Promise<void> {
  await del(draftName(memberId, draftId), store());
}

/** Handles of chosen files, where the browser has them: they hold no content, only where it is. */
export const readHandle = (attachmentId: string) => get<FileSystemFileHandle>(`file:${attachmentId}`, store());
export const writeHandle = (attachmentId: string, handle: FileSystemFileHandle) =>
  set(`file:${attachmentId}`, handle, store());
export const dropHandle = (attachmentId: string) => del(`file:${attachmentId}`, store());
