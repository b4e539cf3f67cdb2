/** Which built page answers a path of the site. Paths of single files are not here: they are found by name. */

/** All of them as a release publishes them; `*` stands for one name. Must agree with `sitePage`. */
export const PAGE_PATHS = ["/", "/app", "/app/*", "/app/sign-in", "/o/*", "/s/*"] as const;

const OPEN_PAGE = /^\/o\/[^/]*$/;
const SECRET_PAGE = /^\/s\/[^/]*$/;

export function sitePage(path: string): string | null {
  if (OPEN_PAGE.test(path)) return "open.html";
  if (SECRET_PAGE.test(path)) return "secret.html";
  if (path === "/" || path === "/app" || path.startsWith("/app/")) return "app.html";
  return null;
}
