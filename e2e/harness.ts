/**
 * What whole-system tests stand on: a real server process on a free port with its own data, a real browser with a fresh profile,
 * the real CLI, and the local mailbox. Everything made here is gone when the test is over: pass the test's context, or
 * `{ after }` of node:test for a whole file. Never reaches into the product: only its public doors.
 */

export { freePort } from "../tools/services/free-ports.ts";
export { openBrowser, signIn, type TestBrowser, takePicture } from "./harness/browser.ts";
export { type CliRun, loginCli, runAdmin, runCli, type Sent, sendByCli, startCli } from "./harness/cli.ts";
export { codeFor, linkFor, type Mail, mailsTo, waitForMail } from "./harness/mailbox.ts";
export { type MovedServer, startMovedServer } from "./harness/moved-clock.ts";
export { type Scope, temporaryFolder } from "./harness/scope.ts";
export { PROFILES, type Profile, type RunningServer, startServer } from "./harness/server.ts";
