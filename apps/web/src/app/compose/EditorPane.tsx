/** The text of the message with its toolbar. The editor itself comes as a chunk of its own; until then the text can be read. */
import { useEffect, useRef, useState } from "preact/hooks";
import "./editor.css";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field } from "../../kit/Field.tsx";
import { bold, clip, head, italic, link, list, numlist, quote } from "../../kit/icons.ts";
import { words } from "../language.ts";
import { Problem } from "../problem.tsx";
import { isAddress } from "./addresses.ts";
import type { Format, RichEditor } from "./editor.ts";

export interface EditorPaneProps {
  /** What it begins with; later changes come from the editor itself. */
  html: string;
  onHtml: (html: string) => void;
  onAttach: () => void;
  onFiles: (files: readonly File[]) => void;
  error?: string | undefined;
}

type Toggle = Exclude<Format, "link">;
const TOGGLES: readonly (readonly [Toggle, string] | null)[] = [
  ["bold", bold],
  ["italic", italic],
  ["heading", head],
  null,
  ["list", list],
  ["numbered", numlist],
  ["quote", quote],
  null,
];

export function EditorPane({ html, onHtml, onAttach, onFiles, error }: EditorPaneProps) {
  const { compose } = words();
  const root = useRef<HTMLDivElement>(null);
  const editor = useRef<RichEditor | undefined>(undefined);
  const [ready, setReady] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [formats, setFormats] = useState<ReadonlySet<Format>>(new Set());
  const [linking, setLinking] = useState<string | null>(null);
  const files = useRef(onFiles);
  files.current = onFiles;

  useEffect(() => {
    let gone = false;
    import("./editor.ts").then(({ createEditor }) => {
      if (gone || !root.current) return;
      editor.current = createEditor(root.current, html, {
        onInput: () => onHtml(editor.current?.html() ?? ""),
        onPath: () => setFormats(editor.current?.formats() ?? new Set()),
        onLinkWanted: () => setLinking(editor.current?.linkHere() ?? ""),
        onFiles: (pasted) => files.current(pasted),
      });
      setReady(true);
    }, setFailure);
    return () => {
      gone = true;
      editor.current?.destroy();
    };
  }, []);

  // no native element holds rich text: what it is to assistive technology is said in attributes
  const asTextbox = {
    role: "textbox",
    "aria-multiline": true,
    "aria-label": compose.body,
    "aria-busy": !ready,
    "aria-invalid": error ? "true" : undefined,
    "aria-describedby": "text-error",
    tabIndex: 0,
  } as const;
  return (
    <>
      <div class="tools" role="toolbar" aria-label={compose.formatting} onKeyDown={moveAlong}>
        {TOGGLES.map((toggle, at) => {
          if (!toggle) return <span key={`space ${at}`} class="sep" />;
          const [format, icon] = toggle;
          return (
            <IconButton
              key={format}
              small
              icon={icon}
              label={compose[format]}
              aria-pressed={formats.has(format)}
              disabled={!ready}
              tabIndex={at === 0 ? 0 : -1}
              // the text keeps its selection
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => editor.current?.toggle(format)}
            />
          );
        })}
        <IconButton
          small
          icon={link}
          label={compose.link}
          aria-pressed={formats.has("link")}
          disabled={!ready}
          tabIndex={-1}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setLinking(editor.current?.linkHere() ?? "")}
        />
        <IconButton small icon={clip} label={compose.attach} tabIndex={-1} onClick={onAttach} />
      </div>
      {failure !== undefined && (
        <div class="card__in">
          <Problem error={failure} retry={() => location.reload()} />
        </div>
      )}
      <div ref={root} class="write letter__text" {...asTextbox} />
      <p class="vh" role="status">
        {ready ? "" : compose.editorLoading}
      </p>
      <div class="write__error" id="text-error" role="alert">
        {error && <p class="field__error">{error}</p>}
      </div>
      {linking !== null && (
        <LinkDialog
          address={linking}
          onSet={(address) => {
            setLinking(null);
            editor.current?.setLink(address);
          }}
          onRemove={() => {
            setLinking(null);
            editor.current?.removeLink();
          }}
          onClose={() => {
            setLinking(null);
            editor.current?.focus();
          }}
        />
      )}
    </>
  );
}

/** One stop for Tab; arrows move within (WAI-ARIA toolbar). */
function moveAlong(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const keys: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };
  const step = keys[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>("button:not([disabled])")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const next = buttons[(at + step + buttons.length) % buttons.length];
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next?.focus();
  event.preventDefault();
}

/** A web or mail address as people type it, as a whole one. */
function wholeAddress(typed: string): string | null {
  const text = typed.trim();
  if (isAddress(text)) return `mailto:${text}`;
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  try {
    const url = new URL(withScheme);
    const web = /^https?:$/.test(url.protocol) && url.hostname.includes(".");
    return web || (url.protocol === "mailto:" && isAddress(url.pathname)) ? url.href : null;
  } catch {
    return null;
  }
}

function LinkDialog({
  address,
  onSet,
  onRemove,
  onClose,
}: {
  address: string;
  onSet: (address: string) => void;
  onRemove: () => void;
  onClose: () => void;
}) {
  const { compose, shell } = words();
  const [typed, setTyped] = useState(address);
  const [wrong, setWrong] = useState(false);
  const set = () => {
    const whole = wholeAddress(typed);
    if (whole) onSet(whole);
    else setWrong(true);
  };
  return (
    <Dialog
      title={compose.linkTitle}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {shell.cancel}
          </Button>
          {address && (
            <Button kind="secondary" onClick={onRemove}>
              {compose.linkRemove}
            </Button>
          )}
          <Button kind="primary" onClick={set}>
            {compose.linkSet}
          </Button>
        </>
      }
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          set();
        }}
      >
        <Field
          type="url"
          label={compose.linkAddress}
          value={typed}
          error={wrong && compose.linkWrong}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setWrong(false);
          }}
        />
      </form>
    </Dialog>
  );
}
