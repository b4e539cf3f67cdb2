/** Checking a server against a release, in English: what is wrong with a file, for the command and the page, and the page's own words. */
import { formatNumber, plural } from "../format.ts";

const files = (count: number) => `${formatNumber("en", count)} ${plural("en", count, { one: "file", other: "files" })}`;

export const verifyServer = {
  /** After the file's path; `detail` comes from the server. */
  faults: {
    changed: () => "its content is not that of the release",
    missing: (a: { detail: string }) => `it is missing: the server answered ${a.detail}`,
    redirected: (a: { detail: string }) => `the server leads elsewhere${a.detail === "" ? "" : `: ${a.detail}`}`,
    unreadable: () => "it is missing, or the server does not let this page read it",
    wrong_type: (a: { detail: string }) => `it is sent as another kind of file: ${a.detail || "none is named"}`,
    policy_missing: () => "it comes without the policy that keeps foreign code out (Content-Security-Policy)",
    policy_weaker: (a: { detail: string }) => `the policy that keeps foreign code out is weaker in ${a.detail}`,
    inline_script: (a: { detail: string }) => `a script was written into the page: ${a.detail}`,
    foreign: (a: { detail: string }) => `the page loads something from elsewhere: ${a.detail}`,
    unknown: (a: { detail: string }) => `the page loads a file that the release does not have: ${a.detail}`,
  },
  same: (a: { server: string; count: number; version: string }) =>
    `${a.server} served exactly release ${a.version}: ${files(a.count)} compared.`,
  differs: (a: { server: string; count: number; compared: number; version: string }) =>
    `${a.server} did not serve release ${a.version}: ${formatNumber("en", a.count)} of ${files(a.compared)} ${plural("en", a.count, { one: "differs", other: "differ" })}.`,
  otherRelease:
    "If nearly all files differ, the server probably runs another release: compare with the list of that one before you worry.",
  onlyYou: "This shows what the server sent to you just now. It could send something else to others, or later.",

  title: "Does this server run the published Pli?",
  lead: "This page holds the list of a release: every file that a browser loads, with its fingerprint. It asks the server for each of them and compares.",
  language: "Language",
  release: (a: { version: string; count: number }) => `Release ${a.version}, ${files(a.count)}`,
  address: "Address of the server",
  addressHint: "Such as https://pli.example.org",
  badAddress: "This is no address of a server. It begins with https://.",
  storage: "Files go to a storage elsewhere",
  storageAddress: "Address of the storage",
  storageHint: "Only if the server’s operator told you of one: it is no fault then that pages may reach it.",
  start: "Check this server",
  startNote: "Nothing but the server is contacted, and nothing is sent to it but requests for its public files.",
  checking: (a: { done: number; total: number }) =>
    `${formatNumber("en", a.done)} of ${formatNumber("en", a.total)} compared`,
  sameTitle: "Everything is as published",
  differsTitle: "This is not what was published",
  differsAdvice:
    "Do not write or open anything on this server until you know why. Ask who runs it, by telephone or in person.",
  unreachableTitle: "No Pli server answered there",
  unreachable:
    "Check the address and your connection. A server that is older than this release cannot be read by this page.",
  unavailable: "The server answers that it cannot serve at the moment. Try again in a few minutes.",
  insecure:
    "This browser does not compute fingerprints for this page. Open it from your own disk, or from a protected address (https).",
  file: "File",
  fault: "What is wrong",
  doubt: "Why you may believe this page",
  doubtText:
    "It did not come from the server that it checks. Compare the fingerprint of this file with the one published with the release, by two different ways. The command pli verify-server makes the same check.",
};

export type VerifyServerTexts = typeof verifyServer;
