// hash-wasm publishes each algorithm as a file of its own, without types; a bundler makes each a chunk of its own.
declare module "hash-wasm/dist/sha256.umd.min.js" {
  const algorithms: Pick<typeof import("hash-wasm"), "createSHA256">;
  export default algorithms;
}
