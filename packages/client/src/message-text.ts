/**
 * Plain text ↔ HTML for messages written or read without a browser. What comes out of `textToHtml` holds escaped text, `p`, `br` and
 * `a` alone; what comes out of `htmlToText` is text, never to be taken for HTML.
 */

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
/** Stops before punctuation that ends a sentence, and before a closing bracket. */
const WEB_ADDRESS = /\bhttps?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}»”’]/giu;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] as string);
}

function linkUp(line: string): string {
  let html = "";
  let at = 0;
  for (const match of line.matchAll(WEB_ADDRESS)) {
    const address = escapeHtml(match[0]);
    html += `${escapeHtml(line.slice(at, match.index))}<a href="${address}">${address}</a>`;
    at = match.index + match[0].length;
  }
  return html + escapeHtml(line.slice(at));
}

/** Paragraphs at empty lines, line breaks kept, web addresses as links. */
export function textToHtml(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .split(/\n[ \t]*\n+/)
    .map((paragraph) => paragraph.replace(/^\n+|\s+$/g, ""))
    .filter((paragraph) => paragraph !== "")
    .map((paragraph) => `<p>${paragraph.split("\n").map(linkUp).join("<br>")}</p>`)
    .join("");
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

function unescapeHtml(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,8}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    const point = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
    return point > 0 && point <= 0x10_ffff ? String.fromCodePoint(point) : "";
  });
}

/** The text of simple HTML, for a message that has no plain text of its own. */
export function htmlToText(html: string): string {
  const broken = html
    .replace(/<(script|style)\b[\s\S]*?(<\/\1\s*>|$)/gi, "")
    .replace(/\s+/g, " ")
    // Not beyond the next "<": from a stranger come many tags that never end, and each would be looked for to the end of the text.
    .replace(/<li\b[^<>]*>/gi, "\n- ")
    .replace(/<(br|hr)\b[^<>]*>/gi, "\n")
    .replace(/<\/(p|div|h[1-6]|blockquote|ul|ol|pre|table)\s*>/gi, "\n\n")
    .replace(/<\/tr\s*>/gi, "\n")
    .replace(/<\/?[a-z!][^>]*(>|$)/gi, "");
  return unescapeHtml(broken)
    .replace(/(?<![ \t])[ \t]+\n/g, "\n")
    .replace(/\n[ \t]+/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
