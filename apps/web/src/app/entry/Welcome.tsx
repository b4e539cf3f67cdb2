/** The first sign-in in three steps (A4): who you are, your keys with their recovery kit, the first message. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../kit/Icon.tsx";
import { check } from "../../kit/icons.ts";
import { SealClosed } from "../../kit/Seal.tsx";
import "../../kit/letter.css";
import { keyState, lookAtKeys } from "../keys/keys.ts";
import { words } from "../language.ts";
import { me } from "../session.ts";
import { KeysStep } from "./KeysStep.tsx";
import { KitStep } from "./KitStep.tsx";
import { WhoStep } from "./WhoStep.tsx";

type Stage = "who" | "keys" | "kit" | "first";
const STEP_OF: Readonly<Record<Stage, number>> = { who: 1, keys: 2, kit: 2, first: 3 };

export function Welcome() {
  const { entry } = words();
  const { welcome } = me();
  const [stage, setStage] = useState<Stage>(welcome.profile ? "who" : welcome.keyring ? "keys" : "first");
  const heading = useRef<HTMLHeadingElement>(null);
  const titles = { who: entry.whoTitle, keys: entry.keysTitle, kit: entry.kitTitle, first: entry.firstTitle };
  const first = useRef(true);
  useLayoutEffect(() => {
    document.title = `${titles[stage]} · Pli`;
    if (first.current) first.current = false;
    else heading.current?.focus();
  }, [stage]);
  const step = STEP_OF[stage];
  return (
    <div class="welcome stack stack--l">
      <ol class="stages" aria-label={entry.step({ step, of: 3 })}>
        {entry.stepNames.map((name, at) => (
          <li key={name} class={at + 1 < step ? "is-done" : ""} aria-current={at + 1 === step ? "step" : undefined}>
            <span>{at + 1 < step ? <Icon of={check} small /> : at + 1}</span>
            <span>{name}</span>
          </li>
        ))}
      </ol>
      <section class="sheet door__sheet">
        <h1 class="title" tabIndex={-1} ref={heading}>
          {titles[stage]}
        </h1>
        {stage === "who" && (
          <WhoStep
            onDone={async () => {
              await lookAtKeys(true).catch(() => undefined);
              setStage(keyState.peek().state === "none" ? "keys" : "first");
            }}
          />
        )}
        {stage === "keys" && <KeysStep onDone={() => setStage("kit")} />}
        {stage === "kit" && <KitStep onDone={() => setStage("first")} />}
        {stage === "first" && (
          <div class="stack">
            <SealClosed />
            <p>{entry.firstLead}</p>
            <div class="row">
              <a class="btn btn--primary" href="/app/write">
                {entry.firstAction}
              </a>
              <a class="btn btn--quiet" href="/app/sent">
                {entry.firstLook}
              </a>
            </div>
          </div>
        )}
      </section>
    </div>
  );
}
