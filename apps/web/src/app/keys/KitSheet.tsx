/** The recovery kit: fifteen words on a sheet to print or a file to save. The words are on this page and nowhere else (Z10). */
import { Button } from "../../kit/Button.tsx";
import { down, print } from "../../kit/icons.ts";
import { Logo } from "../../kit/Seal.tsx";
import { saveText } from "../download.ts";
import { fullDateTime } from "../format.ts";
import { words } from "../language.ts";
import { me } from "../session.ts";
import "./kit-sheet.css";

export interface Kit {
  words: readonly string[];
  hex: string;
  fingerprint: string;
}

function kitText(kit: Kit): string {
  const { entry } = words();
  const { address, name } = me();
  const numbered = kit.words.map((word, at) => `${String(at + 1).padStart(2, " ")}. ${word}`);
  return [
    `Pli: ${entry.kitTitle}`,
    "",
    `${entry.kitFor}: ${name} <${address}>`,
    `${entry.kitServer}: ${location.origin}`,
    `${entry.kitMade}: ${fullDateTime(Date.now())}`,
    `${entry.kitKey}: ${kit.fingerprint}`,
    "",
    ...numbered,
    "",
    `${entry.kitHex}: ${kit.hex.replace(/.{4}(?=.)/g, "$& ")}`,
    "",
    entry.kitHow,
    entry.kitKeep,
    "",
  ].join("\r\n");
}

export function KitSheet({ kit }: { kit: Kit }) {
  const { entry } = words();
  const { address, name } = me();
  return (
    <div class="stack">
      <section class="kit" aria-label={entry.kitWords}>
        <header class="kit__head">
          <Logo />
          <p>
            <b>{entry.kitTitle}</b>
            <span class="meta addr">
              {name}, {address}
            </span>
          </p>
        </header>
        <ol class="kit__words" translate={false}>
          {kit.words.map((word, at) => (
            <li key={`${at} ${word}`}>
              <span class="num" aria-hidden="true">
                {at + 1}
              </span>
              {word}
            </li>
          ))}
        </ol>
        <dl class="kit__facts meta">
          <dt>{entry.kitServer}</dt>
          <dd class="addr">{location.origin}</dd>
          <dt>{entry.kitKey}</dt>
          <dd class="num">{kit.fingerprint}</dd>
          <dt class="print-only">{entry.kitMade}</dt>
          <dd class="print-only">{fullDateTime(Date.now())}</dd>
        </dl>
        <p class="meta print-only">{entry.kitHow}</p>
        <p class="meta">{entry.kitKeep}</p>
      </section>
      <div class="row no-print">
        <Button icon={print} onClick={() => window.print()}>
          {entry.kitPrint}
        </Button>
        <Button icon={down} onClick={() => saveText(kitText(kit), entry.kitFileName)}>
          {entry.kitSave}
        </Button>
      </div>
    </div>
  );
}
