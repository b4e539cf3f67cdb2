export { openFileRegister } from "./file-register.ts";
export type { Destruction, DestructionRegister } from "./register.ts";
export { isRegisterFolder, openStoreRegister } from "./store-register.ts";
