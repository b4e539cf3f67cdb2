/** Writes our vectors into vectors/: `node packages/core/browser-tests/write-vectors.ts`. Published vectors are never changed, only added to. */
import { writeFile } from "node:fs/promises";
import { nodeCrypto } from "../src/crypto-node.ts";
import { makeVectors } from "./make-vectors.ts";

for (const [name, content] of Object.entries(await makeVectors(nodeCrypto))) {
  const file = new URL(`../../../vectors/${name}.json`, import.meta.url);
  await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
}
