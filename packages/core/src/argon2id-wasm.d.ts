// argon2id publishes its loader untyped in parts, and its WebAssembly as files: a bundler turns `?init` into a function that instantiates one.
declare module "argon2id/dist/*.wasm?init" {
  const instantiate: (imports: WebAssembly.Imports) => Promise<WebAssembly.Instance>;
  export default instantiate;
}
declare module "argon2id/lib/setup.js" {
  type Load = (imports: WebAssembly.Imports) => Promise<{ instance: WebAssembly.Instance }>;
  interface Argon2idParams {
    readonly password: Uint8Array;
    readonly salt: Uint8Array;
    readonly parallelism: number;
    readonly passes: number;
    readonly memorySize: number;
    readonly tagLength: number;
  }
  export default function setupWasm(simd: Load, plain: Load): Promise<(params: Argon2idParams) => Uint8Array>;
}
