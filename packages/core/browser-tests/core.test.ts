/** Core's suites in Node, by node:crypto; and by WebCrypto in Node, so that both providers are compared on every run. */
import { describe, test } from "node:test";
import { nodeCrypto } from "../src/crypto-node.ts";
import { webCrypto } from "../src/crypto-web.ts";
import { SUITES } from "./suites/index.ts";

for (const [provider, crypto] of [
  ["node:crypto", nodeCrypto],
  ["WebCrypto", webCrypto],
] as const) {
  describe(`core by ${provider}`, () => {
    for (const suite of SUITES) suite({ crypto, test: (title, body) => void test(title, body) });
  });
}
