/**
 * Pasted HTML, as the few elements a letter is made of. Word, browsers and office suites say bold with styles, lists with bullets in
 * paragraphs and half of everything with span: what they mean is kept, the rest falls away. Built element by element from an inert
 * document: what is not on the list never becomes a node. Must never keep a style, class, picture, form or unknown scheme.
 */
import { parseInert } from "../../kit/trusted.ts";

const KEPT: Readonly<Record<string, string>> = {
  p: "p",
  br: "br",
  b: "b",
  strong: "b",
  i: "i",
  em: "i",
  u: "u",
  s: "s",
  del: "s",
  strike: "s",
  ul: "ul",
  ol: "ol",
  li: "li",
  blockquote: "blockquote",
  h1: "h2",
  h2: "h2",
  h3: "h2",
  h4: "h2",
  h5: "h2",
  h6: "h2",
  a: "a",
  pre: "pre",
  code: "code",
  hr: "hr",
  table: "table",
  tbody: "tbody",
  thead: "thead",
  tr: "tr",
  td: "td",
  th: "th",
};
const DROPPED: ReadonlySet<string> = new Set(
  "script style template iframe object embed applet svg math noscript title textarea select option button input audio video canvas head link meta base img xml".split(
    " ",
  ),
);
const BLOCKS = "p,div,ul,ol,blockquote,h1,h2,h3,h4,h5,h6,pre,table,section,article";

/** Bullets that Word writes into its list paragraphs. */
const BULLET = /^[\s\u00a0]*[·•▪◦§o\u2022\u00b7\uf0b7\u2013-][\s\u00a0]+/u;
const NUMBER = /^[\s\u00a0]*(?:\d{1,3}|[a-z])[.)][\s\u00a0]+/iu;

export function cleanFragment(html: string): DocumentFragment {
  // Word writes conditional comments around what only Word reads
  const inert = parseInert(html.replace(/<!--\[if[\s\S]*?<!\[endif\]-->/gi, ""));
  const fragment = document.createDocumentFragment();

  function build(from: Node, into: Node): void {
    for (const node of from.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        const text = (node.textContent ?? "").replace(/[\r\n\t ]+/g, " ");
        // between blocks there is only the source's own layout
        const layout = text.trim() === "" && (into === fragment || /^(UL|OL|TABLE|TBODY|TR)$/.test(into.nodeName));
        if (!layout) into.appendChild(document.createTextNode(text));
      } else if (node instanceof Element) buildElement(node, into);
    }
  }

  function buildElement(element: Element, into: Node): void {
    const tag = element.localName;
    if (DROPPED.has(tag) || tag.includes(":")) {
      if (tag.includes(":") && !DROPPED.has(tag)) build(element, into); // o:p, st1:place…
      return;
    }
    const style = element.getAttribute("style") ?? "";
    if (/mso-hide:\s*all|display:\s*none/i.test(style)) return;
    if (tag === "p" && /MsoList|mso-list/i.test(`${element.className} ${style}`)) {
      buildWordItem(element, into);
      return;
    }
    let place = into;
    const put = (name: string) => {
      const made = document.createElement(name);
      place.appendChild(made);
      place = made;
      return made;
    };
    const name = KEPT[tag] ?? (tag === "div" && !element.querySelector(BLOCKS) && into === fragment ? "p" : "");
    // Google's documents wrap everything in a bold that says it is not
    const notBold = name === "b" && /font-weight:\s*(normal|400)/i.test(style);
    if (name === "a") {
      const href = safeHref(element.getAttribute("href"));
      if (href) put("a").setAttribute("href", href);
    } else if (name === "li" && !/^(UL|OL)$/.test(into.nodeName)) put("p");
    else if (name && !notBold) put(name);
    if (tag === "span" || tag === "font" || notBold) {
      if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) put("b");
      if (/font-style:\s*italic/i.test(style)) put("i");
    }
    build(element, place);
  }

  /** A list item that Word wrote as a paragraph. */
  function buildWordItem(element: Element, into: Node): void {
    const item = document.createElement("li");
    build(element, item);
    const text = item.textContent ?? "";
    const kind = NUMBER.test(text) ? "ol" : "ul";
    strip(item, kind === "ol" ? NUMBER : BULLET);
    const last = into.lastChild;
    let list = last instanceof HTMLElement && last.localName === kind ? last : null;
    if (!list) {
      list = document.createElement(kind);
      into.appendChild(list);
    }
    list.appendChild(item);
  }

  build(inert.body, fragment);
  return fragment;
}

/** Takes a mark away from the beginning of an element's text, wherever its pieces lie. */
function strip(element: Element, mark: RegExp): void {
  let left = mark.exec(element.textContent ?? "")?.[0].length ?? 0;
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node && left > 0; node = texts.nextNode()) {
    const text = node.textContent ?? "";
    node.textContent = text.slice(left);
    left -= Math.min(left, text.length);
  }
}

export function safeHref(href: string | null): string | null {
  try {
    const url = new URL(href ?? "");
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Clean markup, for keeping and sending. Empty paragraphs at the end fall away. */
export function cleanHtml(html: string): string {
  const holder = document.createElement("div");
  holder.append(cleanFragment(html.replaceAll("\u200b", "")));
  while (holder.lastChild && !holder.lastChild.textContent?.trim() && holder.lastChild.nodeName !== "HR") {
    holder.lastChild.remove();
  }
  return holder.innerHTML;
}

/** Squire's own earlier markup as nodes: the same list, and the two marks it sets around the selection. */
export function rebuildOwn(html: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const copy = (from: Node, into: Node): void => {
    for (const node of from.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) into.appendChild(document.createTextNode(node.textContent ?? ""));
      else if (node instanceof Element) {
        const mark = node.localName === "input" && /^squire-selection-(start|end)$/.test(node.id);
        const name = mark ? "input" : (KEPT[node.localName] ?? "");
        if (!name) {
          copy(node, into);
          continue;
        }
        const made = document.createElement(name);
        if (mark) {
          made.id = node.id;
          made.setAttribute("type", "hidden");
        }
        const href = name === "a" && safeHref(node.getAttribute("href"));
        if (href) made.setAttribute("href", href);
        copy(node, made);
        into.appendChild(made);
      }
    }
  };
  copy(parseInert(html).body, fragment);
  return fragment;
}
