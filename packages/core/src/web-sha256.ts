/** SHA-256 in pieces in browsers, by hash-wasm. A module of its own: what turns its old form into a module weighs on nobody who needs it not. */
import hashWasm from "hash-wasm/dist/sha256.umd.min.js";

export const createHash = () => hashWasm.createSHA256();
