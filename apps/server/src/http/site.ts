/** Which built page answers a path of the site, and what it asks first. Paths of single files are not here: they are found by name. */

/** All of them as a release publishes them; `*` stands for one name. Must agree with `sitePage`. */
export const PAGE_PATHS = ["/", "/app", "/app/*", "/app/sign-in", "/o/*", "/s/*", "/receipt"] as const;

const OPEN_PAGE = /^\/o\/[^/]*$/;
const SECRET_PAGE = /^\/s\/[^/]*$/;

export function sitePage(path: string): string | null {
  if (OPEN_PAGE.test(path)) return "open.html";
  if (SECRET_PAGE.test(path)) return "secret.html";
  if (path === "/receipt") return "receipt.html";
  if (path === "/" || path === "/app" || path.startsWith("/app/")) return "app.html";
  return null;
}

const LOOKED_AT = /^\/(o|s)\/([\w-]{22})$/;

/** What the page at this path looks at before anything else: a GET that changes nothing (M12), whoever asks for it. */
export function firstLook(path: string): string | null {
  const [, page, id] = LOOKED_AT.exec(path) ?? [];
  if (page === undefined || id === undefined) return null;
  return `/api/v1/${page === "o" ? "grants" : "secrets"}/${id}`;
}

/**
 * The page for a person at an address that is nowhere, such as a link that a mail program cut in its path: it says so in their language and
 * what to do. Programs, and everything of the API, get a problem.
 * @param accept the request's header: browsers that go to a page name its type, whatever else loads something does not
 */
export function lostPage(path: string, method: string, accept: string | undefined): string | null {
  if (path.startsWith("/api/") || (method !== "GET" && method !== "HEAD")) return null;
  return accept?.includes("text/html") ? "open.html" : null;
}
