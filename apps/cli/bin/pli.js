#!/usr/bin/env node
// Starts the command line where Node can run it. Plain old JavaScript: it must still be able to say so where Node cannot.
var major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  console.error(`pli needs Node 24 or newer; this is Node ${process.versions.node}.`);
  console.error(
    "Inside the repository, run it as `npx pli`. Elsewhere, install a newer Node: https://nodejs.org/en/download",
  );
  process.exit(5);
}
import("../src/main.ts").catch((error) => {
  console.error(error);
  process.exit(5);
});
