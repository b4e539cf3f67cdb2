/** The files of a message and their previews, in English. */
import { plural } from "../format.ts";

export const files = {
  files: {
    title: (a: { count: number }) => plural("en", a.count, { one: "1 attachment", other: `${a.count} attachments` }),
    all: "Download all (ZIP)",
    allName: "attachments",
    preview: "Preview",
    hidePreview: "Close",
    show: "Show",
    viewOnly: "to look at only",
    download: (a: { name: string }) => `Download ${a.name}`,
    downloadAgain: (a: { name: string }) => `Download ${a.name} again`,
    downloading: (a: { name: string }) => `Downloading ${a.name}`,
    pause: (a: { name: string }) => `Pause ${a.name}`,
    resume: (a: { name: string }) => `Go on with ${a.name}`,
    cancel: (a: { name: string }) => `Stop ${a.name}`,
    done: "complete and verified",
    paused: "paused",
    waiting: "connection lost, going on by ourselves",
    verifying: "verifying",
    progress: (a: { done: string; total: string }) => `${a.done} of ${a.total}`,
    speed: (a: { size: string }) => `${a.size}/s`,
    left: (a: { wait: string }) => `${a.wait} left`,
    failed: "not downloaded",
    changed: "changed on the way: not saved",
    noRoom: "no room on this device",
    ended: "the 60 minutes are over",
    again: "Try again",
    announceDone: (a: { name: string }) => `${a.name} is complete and verified.`,
    announceFailed: (a: { name: string }) => `${a.name} was not downloaded.`,
    bigTitle: "This is a big download for this browser",
    bigText: (a: { size: string }) =>
      `It must keep ${a.size} in memory, which can fail. On a computer, Chrome or Edge write straight to the disk.`,
    bigGo: "Download anyway",
    bigBack: "Not now",
  },
  preview: {
    loading: "Decrypting…",
    failed: "There is no preview of this file. You can download it.",
    truncated: (a: { size: string }) => `Only the first ${a.size} are shown. Download the file to see all of it.`,
    page: (a: { page: number; pages: number }) => `Page ${a.page} of ${a.pages}`,
    pageImage: (a: { page: number }) => `Page ${a.page}, drawn as a picture`,
    previous: "Previous page",
    next: "Next page",
    image: (a: { name: string }) => `Picture: ${a.name}`,
  },
};

export type Files = typeof files;
