/**
 * The rich text of a message: Squire on an element of ours. What comes in (paste, drafts, undo) is built anew from the short list of
 * clean-html.ts; markup never goes through innerHTML. Loaded when the page to write is opened.
 */
import Squire from "squire-rte";
import { cleanFragment, cleanHtml, rebuildOwn } from "./clean-html.ts";

export type Format = "bold" | "italic" | "heading" | "list" | "numbered" | "quote" | "link";

export interface RichEditor {
  /** Clean, for keeping and sending. */
  html(): string;
  setHtml(html: string): void;
  focus(): void;
  toggle(format: Exclude<Format, "link">): void;
  /** The link at the cursor, if any. */
  linkHere(): string | null;
  setLink(address: string): void;
  removeLink(): void;
  formats(): ReadonlySet<Format>;
  destroy(): void;
}

export interface EditorEvents {
  onInput(): void;
  /** The cursor moved: buttons may show another state. */
  onPath(): void;
  onLinkWanted(): void;
  /** Pictures pasted without text: they become attachments. */
  onFiles(files: readonly File[]): void;
}

export function createEditor(root: HTMLElement, html: string, events: EditorEvents): RichEditor {
  // Squire's undo puts its own earlier markup back by innerHTML, which the page's policy refuses as text: nodes instead
  const native = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
  Object.defineProperty(root, "innerHTML", {
    configurable: true,
    get: () => native?.get?.call(root) as string,
    set: (markup: string) => root.replaceChildren(rebuildOwn(markup)),
  });
  const editor = new Squire(root, {
    blockTag: "P",
    sanitizeToDOMFragment: (markup: string) => cleanFragment(markup),
    addLinks: true,
    tagAttributes: { a: { rel: "noopener noreferrer" } },
  });
  editor.setHTML(html);
  const onInput = () => events.onInput();
  const onPath = () => events.onPath();
  const onPaste = (event: Event) => {
    const files = (event as CustomEvent<{ clipboardData?: DataTransfer }>).detail?.clipboardData?.files;
    if (files?.length) events.onFiles([...files]);
  };
  editor.addEventListener("input", onInput);
  editor.addEventListener("pathChange", onPath);
  editor.addEventListener("select", onPath);
  editor.addEventListener("pasteImage", onPaste);
  // Ctrl+K; and Tab leaves the text, as in any field (WCAG 2.1.2): lists are nested by the mouse's paste or not at all
  const control = /Mac/.test(navigator.platform) ? "Meta-" : "Ctrl-";
  editor.setKeyHandler(`${control}k`, (_self: unknown, event: KeyboardEvent) => {
    event.preventDefault();
    events.onLinkWanted();
  });
  editor.setKeyHandler("Tab", null);
  editor.setKeyHandler("Shift-Tab", null);

  const within = (tag: string) =>
    editor.hasFormat(tag) || new RegExp(`(^|>)${tag}(\\.|#|\\[|>|$)`).test(editor.getPath());
  const anchor = () => {
    const node = editor.getSelection().startContainer;
    const element = node instanceof Element ? node : node.parentElement;
    const found = element?.closest("a");
    return found && root.contains(found) ? found : null;
  };

  function makeHeading(on: boolean): void {
    editor.modifyBlocks((fragment: DocumentFragment) => {
      const made = document.createDocumentFragment();
      for (const block of [...fragment.childNodes]) {
        const from = on ? "P" : "H2";
        if (!(block instanceof HTMLElement) || block.nodeName !== from) {
          made.append(block);
          continue;
        }
        const next = document.createElement(on ? "h2" : "p");
        next.append(...block.childNodes);
        made.append(next);
      }
      return made;
    });
  }

  return {
    html: () => cleanHtml(editor.getHTML()),
    setHtml: (markup) => void editor.setHTML(markup),
    focus: () => void editor.focus(),
    toggle(format) {
      editor.focus();
      if (format === "bold") within("B") ? editor.removeBold() : editor.bold();
      if (format === "italic") within("I") ? editor.removeItalic() : editor.italic();
      if (format === "heading") makeHeading(!within("H2"));
      if (format === "list") within("UL") ? editor.removeList() : editor.makeUnorderedList();
      if (format === "numbered") within("OL") ? editor.removeList() : editor.makeOrderedList();
      if (format === "quote") within("BLOCKQUOTE") ? editor.decreaseQuoteLevel() : editor.increaseQuoteLevel();
      events.onPath();
    },
    linkHere: () => anchor()?.getAttribute("href") ?? null,
    setLink(address) {
      editor.focus();
      if (editor.getSelection().collapsed && !anchor()) editor.insertPlainText(address.replace(/^mailto:/, ""), false);
      else editor.makeLink(address);
      events.onPath();
    },
    removeLink() {
      editor.focus();
      editor.removeLink();
    },
    formats() {
      const tags: readonly (readonly [Format, string])[] = [
        ["bold", "B"],
        ["italic", "I"],
        ["heading", "H2"],
        ["list", "UL"],
        ["numbered", "OL"],
        ["quote", "BLOCKQUOTE"],
        ["link", "A"],
      ];
      return new Set(tags.filter(([, tag]) => within(tag)).map(([format]) => format));
    },
    destroy: () => editor.destroy(),
  };
}
