/**
 * The reply's text: Squire on a contenteditable, with the few marks a letter needs. What is pasted is built anew from safe nodes, so a page
 * copied from elsewhere brings its words and nothing more.
 */
import type { Reply } from "@pli/texts/open/reply";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import Squire from "squire-rte";
import { IconButton } from "../../kit/Button.tsx";
import { bold, italic, list, numlist, quote } from "../../kit/icons.ts";
import { safeFragment } from "../../kit/safe-html.ts";
import "./rich-text.css";

export interface RichTextHandle {
  /** What was written, as safe HTML and as plain text. */
  read(): { html: string; text: string };
  focus(): void;
}
export interface RichTextProps {
  words: Reply;
  disabled: boolean;
  onReady: (handle: RichTextHandle) => void;
  onInput: () => void;
}

const MARKS = ["B", "I", "UL", "OL", "BLOCKQUOTE"] as const;
type Mark = (typeof MARKS)[number];

export function RichText({ words, disabled, onReady, onInput }: RichTextProps) {
  const root = useRef<HTMLDivElement>(null);
  const editor = useRef<Squire>(undefined);
  const [on, setOn] = useState<ReadonlySet<Mark>>(new Set());
  const [isEmpty, setEmpty] = useState(true);
  const id = useId();

  // with the first paint: what somebody types at once must not be cleared by the editor that comes after it
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    // a text area cannot hold marks, so this element has to say what it is
    element.setAttribute("role", "textbox");
    element.setAttribute("aria-multiline", "true");
    element.setAttribute("aria-label", words.text);
    const squire = new Squire(element, {
      blockTag: "P",
      sanitizeToDOMFragment: (html) => safeFragment(html, "editing"),
    });
    editor.current = squire;
    const look = () => setOn(new Set(MARKS.filter((mark) => squire.hasFormat(mark))));
    squire.addEventListener("pathChange", look);
    squire.addEventListener("select", look);
    let before = element.innerHTML;
    squire.addEventListener("input", () => {
      // switched off and on while a reply is being sent is no input: what went wrong must stay to be read
      if (element.innerHTML === before) return;
      before = element.innerHTML;
      setEmpty((element.textContent ?? "").trim() === "" && !element.querySelector("li,blockquote"));
      onInput();
    });
    onReady({
      read: () => {
        const clean = document.createElement("div");
        clean.append(safeFragment(squire.getHTML(), "editing"));
        return { html: clean.innerHTML, text: plainText(clean) };
      },
      focus: () => squire.focus(),
    });
    return () => squire.destroy();
  }, []);

  function toggle(mark: Mark) {
    const squire = editor.current;
    if (!squire) return;
    const has = squire.hasFormat(mark);
    if (mark === "B") has ? squire.removeBold() : squire.bold();
    else if (mark === "I") has ? squire.removeItalic() : squire.italic();
    else if (mark === "BLOCKQUOTE") has ? squire.decreaseQuoteLevel() : squire.increaseQuoteLevel();
    else if (has) squire.removeList();
    else if (mark === "UL") squire.makeUnorderedList();
    else squire.makeOrderedList();
    squire.focus();
  }

  const tool = (mark: Mark, icon: string, label: string) => (
    <IconButton
      small
      icon={icon}
      label={label}
      disabled={disabled}
      aria-pressed={on.has(mark)}
      onClick={() => toggle(mark)}
    />
  );
  return (
    <div class="rich">
      <div class="rich__tools" role="toolbar" aria-label={words.formatting} aria-controls={id}>
        {tool("B", bold, words.bold)}
        {tool("I", italic, words.italic)}
        {tool("UL", list, words.bullets)}
        {tool("OL", numlist, words.numbers)}
        {tool("BLOCKQUOTE", quote, words.quote)}
      </div>
      <div
        ref={root}
        id={id}
        class={`rich__text${isEmpty ? " rich__text--empty" : ""}`}
        aria-disabled={disabled}
        contentEditable={!disabled}
        data-placeholder={words.placeholder}
      />
    </div>
  );
}

const BLOCKS: ReadonlySet<string> = new Set([
  "p",
  "div",
  "li",
  "blockquote",
  "pre",
  "tr",
  "h1",
  "h2",
  "h3",
  "h4",
  "br",
]);

/** The words alone, a line a block. */
function plainText(node: Node): string {
  let text = "";
  const walk = (from: Node) => {
    for (const child of from.childNodes) {
      if (child instanceof Text) text += child.data.replace(/\s+/g, " ");
      else {
        if (child instanceof Element && child.localName === "li")
          text += child.parentElement?.localName === "ol" ? "1. " : "- ";
        walk(child);
        if (child instanceof Element && BLOCKS.has(child.localName) && !text.endsWith("\n")) text += "\n";
      }
    }
  };
  walk(node);
  return text.replace(/\u200b/g, "").trim();
}
