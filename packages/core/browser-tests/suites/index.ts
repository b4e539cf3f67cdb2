/** Every suite of core. */
import type { Suite } from "../harness.ts";
import { contentSuite } from "./content.suite.ts";
import { grantsSuite } from "./grants.suite.ts";
import { keyringSuite } from "./keyring.suite.ts";
import { manifestSuite } from "./manifest.suite.ts";
import { ownValuesSuite } from "./own-values.suite.ts";
import { primitivesSuite } from "./primitives.suite.ts";
import { receiptsSuite } from "./receipts.suite.ts";
import { secretsSuite } from "./secrets.suite.ts";
import { slotsSuite } from "./slots.suite.ts";
import { threadSuite } from "./thread.suite.ts";

export const SUITES: readonly Suite[] = [
  primitivesSuite,
  contentSuite,
  grantsSuite,
  keyringSuite,
  ownValuesSuite,
  slotsSuite,
  manifestSuite,
  receiptsSuite,
  secretsSuite,
  threadSuite,
];
