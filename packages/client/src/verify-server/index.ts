/** Checking a running server against the list of a release. Runs in pages and in Node; how a file is fetched is given to it. */
export { weakerDirective } from "./policy.ts";
export { RELEASE_LIST_FORMAT, type ReleaseFile, type ReleaseList, readReleaseList } from "./release-list.ts";
export {
  type ServedFile,
  type ServerFault,
  type ServerFaultKind,
  type ServerReport,
  type VerifySetup,
  verifyServer,
} from "./verify-server.ts";
