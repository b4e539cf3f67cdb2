/**
 * Vite plugin: the small thing that a page needs before a dynamic import, in place of Vite's helper (1.3 kB compressed, most of it for
 * preloading scripts, nonces and events that we do not use): the chunk and its stylesheets are asked for at once, in one way there and back. It
 * may run before its styles are there, so nothing may be drawn by a chunk while it loads. The recipient's first paint pays for every byte.
 */
import type { Plugin } from "vite";

const ID = "\0vite/preload-helper.js";

const HELPER = `const asked = {};
const style = (path) => asked[path] ??= new Promise((done, failed) => {
  if (document.querySelector('link[href="/' + path + '"]')) return done();
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = "/" + path;
  link.onload = done;
  link.onerror = () => { link.remove(); delete asked[path]; failed(new Error(path)); };
  document.head.append(link);
});
export const __vitePreload = (load, paths) =>
  Promise.all([load(), ...(paths ?? []).map(style)]).then(([loaded]) => loaded);`;

export function lightPreload(): Plugin {
  return {
    name: "pli-light-preload",
    enforce: "pre",
    load: (id) => (id === ID ? HELPER : undefined),
  };
}
