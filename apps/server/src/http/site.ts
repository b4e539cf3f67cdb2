/** Which built page answers a path of the site. Paths of single files are not here: they are found by name. */

const OPEN_PAGE = /^\/o\/[^/]*$/;

export function sitePage(path: string): string | null {
  if (OPEN_PAGE.test(path)) return "open.html";
  if (path === "/" || path === "/app" || path.startsWith("/app/")) return "app.html";
  return null;
}
