/** Everything that seals and opens. Clients only: the server must not import this. */
export * from "./content.ts";
export * from "./grants.ts";
export * from "./hpke.ts";
export * from "./keyring.ts";
export * from "./keys.ts";
export * from "./links.ts";
export * from "./manifest.ts";
export * from "./passphrases.ts";
export * from "./password-hash.ts";
export type * from "./provider.ts";
export * from "./slots.ts";
