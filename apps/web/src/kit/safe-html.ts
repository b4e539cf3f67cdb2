/**
 * HTML from a stranger, as nodes that can neither run, load nor imitate anything: it is parsed in a document without a browsing context
 * (scripts do not run there, nothing is fetched), then built anew, element by element, from a short list. What is not on the list never
 * becomes a node, so there is nothing to filter out and no second parse that could read it differently (docs/decisions, message body).
 * Must never copy an attribute that is not named here, nor put markup text back into a parser.
 */
import { parseInert } from "./trusted.ts";

const KEPT: ReadonlySet<string> = new Set(
  "p br b strong i em u s del sub sup ul ol li blockquote h1 h2 h3 h4 a pre code hr table thead tbody tfoot tr th td caption div span".split(
    " ",
  ),
);
/** Gone with all they hold; of other unknown elements the content stays. */
const DROPPED: ReadonlySet<string> = new Set(
  "script style template iframe frame frameset object embed applet svg math noscript noembed noframes title textarea select option button input form audio video canvas head link meta base".split(
    " ",
  ),
);
/** The letter has one title, its subject: headings of the text come under it. */
const RENAMED: Readonly<Record<string, string>> = {
  h1: "h2",
  h2: "h3",
  h3: "h4",
  h4: "h5",
  del: "s",
  div: "p",
  span: "",
};
/** How Squire remembers the caret in its steps to undo. */
const CARET_MARKS: ReadonlySet<string> = new Set(["squire-selection-start", "squire-selection-end"]);
const SCHEMES: ReadonlySet<string> = new Set(["http:", "https:", "mailto:"]);
/** Of more, each within the one before, parsing alone takes minutes: the text without markup is shown instead. */
const MAX_TAGS = 20_000;
/**
 * Elements that a parser opens again in every block behind the one that they were not closed in: of 300 and 5000 blocks, 25 kB in all, it makes
 * millions of nodes. Under a name that it does not know it has no such way with them.
 */
const REOPENED = /<(\/?)(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])/gi;

/**
 * A fragment of the page's own document.
 * @param html of any origin and any state
 * @param use `reading`: headings come under the letter's, links say where they lead. `editing`: as it was written, with the two marks by
 *   which the editor finds the caret again
 */
export function safeFragment(html: string, use: "reading" | "editing" = "reading"): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const reading = use === "reading";

  function build(from: Node, into: Node): void {
    for (const node of from.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) into.appendChild(document.createTextNode(node.textContent ?? ""));
      else if (node instanceof Element) buildElement(node, into);
    }
  }

  function buildElement(element: Element, into: Node): void {
    const name = element.localName.replace(/^x-/, "");
    if (!reading && CARET_MARKS.has(element.id)) into.appendChild(caretMark(element.id));
    if (DROPPED.has(name)) return;
    const known = element.namespaceURI === "http://www.w3.org/1999/xhtml" && KEPT.has(name);
    const kept = !known || name === "span" ? "" : reading ? (RENAMED[name] ?? name) : name;
    // a paragraph cannot hold blocks: where it would, its content is enough
    if (!kept || (kept === "p" && name !== "p" && holdsBlocks(element))) {
      build(element, into);
      return;
    }
    const made = document.createElement(kept);
    if (kept === "a") linkTo(element.getAttribute("href"), made as HTMLAnchorElement);
    if (kept === "td" || kept === "th") for (const name of ["colspan", "rowspan"]) span(element, made, name);
    build(element, made);
    into.appendChild(made);
    if (reading && made instanceof HTMLAnchorElement && made.href) showHost(made, into);
  }

  // What one writes oneself is kept, however long.
  if (!reading || html.split("<").length <= MAX_TAGS)
    build(parseInert(html.replace(REOPENED, "<$1x-$2")).body, fragment);
  return fragment;
}

function caretMark(id: string): HTMLInputElement {
  const mark = document.createElement("input");
  mark.id = id;
  mark.type = "hidden";
  return mark;
}

function holdsBlocks(element: Element): boolean {
  return element.querySelector("p,div,ul,ol,blockquote,h1,h2,h3,h4,pre,hr,table") !== null;
}

function span(from: Element, to: HTMLElement, name: string): void {
  const value = Number(from.getAttribute(name));
  if (Number.isInteger(value) && value > 1 && value <= 50) to.setAttribute(name, String(value));
}

function linkTo(href: string | null, anchor: HTMLAnchorElement): void {
  let url: URL;
  try {
    // without a base: a relative link would lead into our own pages
    url = new URL(href ?? "");
  } catch {
    return;
  }
  if (!SCHEMES.has(url.protocol)) return;
  anchor.href = url.href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
}

/** Characters that nobody sees, or that turn the line around. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** A mail address as people write it; as it stands where that would mislead, or is no text at all. */
function readable(encoded: string): string {
  try {
    const text = decodeURI(encoded);
    return UNSEEN.test(text) ? encoded : text;
  } catch {
    return encoded;
  }
}

/** Where a link leads stands behind it, unless its own words are exactly that. */
function showHost(anchor: HTMLAnchorElement, into: Node): void {
  const mail = anchor.protocol === "mailto:";
  const where = mail ? readable(anchor.pathname) : anchor.host;
  const words = (anchor.textContent ?? "").trim();
  if (words === where || words === anchor.href || (!mail && `${words}/` === anchor.href)) return;
  const host = document.createElement("span");
  host.className = "host";
  host.textContent = ` (${where})`;
  into.appendChild(host);
}
