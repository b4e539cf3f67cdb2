/**
 * The text of a message, in the letter's hand, inside a closed shadow root: styles of the page do not reach it, and nothing in it can take
 * the place of the page. It is built from safe nodes only (safe-html.ts).
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import css from "./message-body.css?inline";
import { safeFragment } from "./safe-html.ts";

const roots = new WeakMap<Element, ShadowRoot>();
let sheet: CSSStyleSheet | undefined;

function styles(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}

/** @param html the manifest's; @param text shown instead when the HTML says nothing */
export function MessageBody({ html, text }: { html: string; text: string }) {
  const ref = useRef<HTMLDivElement>(null);
  // With the first paint: a letter is never seen without its words.
  useLayoutEffect(() => {
    const host = ref.current;
    if (!host) return;
    const root = roots.get(host) ?? host.attachShadow({ mode: "closed" });
    roots.set(host, root);
    root.adoptedStyleSheets = [styles()];
    const body = safeFragment(html);
    root.replaceChildren(body.textContent?.trim() ? body : paragraphs(text));
  }, [html, text]);
  return <div ref={ref} class="letter__text" />;
}

function paragraphs(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const block of text.split(/\n{2,}/)) {
    const paragraph = document.createElement("p");
    block.split("\n").forEach((line, index) => {
      if (index > 0) paragraph.append(document.createElement("br"));
      paragraph.append(line);
    });
    fragment.append(paragraph);
  }
  return fragment;
}
