/** Core's suites in Node, by node:crypto. */
import { test } from "node:test";
import { nodeCrypto } from "../src/crypto-node.ts";
import { SUITES } from "./suites/index.ts";

for (const suite of SUITES) suite({ crypto: nodeCrypto, test: (title, body) => void test(title, body) });
