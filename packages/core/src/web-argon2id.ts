/**
 * Argon2id (version 1.3, RFC 9106) in browsers: the WebAssembly of OpenPGP.js, a third of the weight of others, with SIMD where there is some.
 * The bundler makes the two modules files of their own (`?init`). The memory of a run is given back with its instance.
 */
import noSimd from "argon2id/dist/no-simd.wasm?init";
import simd from "argon2id/dist/simd.wasm?init";
import setupWasm from "argon2id/lib/setup.js";
import type { Argon2Cost } from "./sealing/provider.ts";

/** @param password bytes as they are hashed @param salt 16 bytes @returns 32 bytes */
export async function webArgon2id(
  password: Uint8Array,
  salt: Uint8Array,
  { memoryKiB, passes, lanes }: Argon2Cost,
): Promise<Uint8Array> {
  const argon2id = await setupWasm(
    async (imports) => ({ instance: await simd(imports) }),
    async (imports) => ({ instance: await noSimd(imports) }),
  );
  return argon2id({ password, salt, memorySize: memoryKiB, passes, parallelism: lanes, tagLength: 32 });
}
