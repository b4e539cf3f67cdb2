/** The check itself, from a page of another site: by plain cross-origin requests whose answers every site may read. */
import { type ReleaseList, type ServerReport, verifyServer } from "@pli/client/verify-server";
import { toBase64url } from "@pli/core/bytes";

const OWN_MACHINE = /^(localhost|127\.0\.0\.1)$/;

/** The origin that people mean; null when there is none, or when it is not protected and not on this machine. */
export function originOf(typed: string): string | null {
  const text = typed.trim();
  try {
    const url = new URL(text.includes("://") ? text : `https://${text}`);
    const isReachable = url.protocol === "https:" || (url.protocol === "http:" && OWN_MACHINE.test(url.hostname));
    return url.hostname !== "" && url.username === "" && isReachable ? url.origin : null;
  } catch {
    return null;
  }
}

/** @throws PliError `network` when nothing there may be read, `unavailable` */
export function checkServer(
  origin: string,
  list: ReleaseList,
  connections: readonly string[],
  onProgress: (done: number, total: number) => void,
): Promise<ServerReport> {
  return verifyServer({
    origin,
    list,
    connections,
    onProgress,
    // A mailbox page of somebody's own machine is nothing that another site may read.
    withoutLocal: true,
    sha256: async (data) => new Uint8Array(await crypto.subtle.digest("SHA-256", data as Uint8Array<ArrayBuffer>)),
    newName: () => toBase64url(crypto.getRandomValues(new Uint8Array(16))),
    get: async (url) => {
      try {
        const answer = await fetch(url, {
          mode: "cors",
          credentials: "omit",
          // What this browser kept from an earlier visit says nothing about the server.
          cache: "no-store",
          redirect: "manual",
          referrerPolicy: "no-referrer",
        });
        const body = new Uint8Array(await answer.arrayBuffer());
        return { status: answer.status, header: (name) => answer.headers.get(name), body };
      } catch {
        // The browser does not tell a missing file, which other sites may not read, from a broken connection.
        return null;
      }
    },
  });
}
