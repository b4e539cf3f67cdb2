/**
 * The second step of a sign-in (A2): after the link, before anything else. Where the organisation wants one and there is none yet, it is added
 * here, and recovery codes with it.
 */
import { enterStepCode, makeRecoveryCodes, readStep, sendStepSms, stepDoor } from "@pli/client";
import { PliError } from "@pli/core/errors";
import type { CodeFactor } from "@pli/core/wire";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { setStepDue } from "../account-state.ts";
import { anonymous } from "../api.ts";
import { Door } from "../entry/Door.tsx";
import { useLoad, Waiting } from "../loading.tsx";
import { navigate } from "../router.ts";
import { Enrol } from "./Enrol.tsx";
import { enterByPasskey, entered } from "./enter.ts";
import { FactorForm } from "./FactorForm.tsx";
import { RecoveryCodes } from "./RecoveryCodes.tsx";
import { useSecurityWords } from "./words.ts";

interface Kept {
  readonly address: string;
  readonly codes: readonly string[];
}

async function finish(): Promise<void> {
  await entered();
  setStepDue(false);
  await navigate("/app", { replace: true });
}

export function SecondStep() {
  const texts = useSecurityWords();
  const [kept, setKept] = useState<Kept>();
  const [loaded, again] = useLoad(
    () =>
      readStep(anonymous).catch((error: unknown) => {
        if (error instanceof PliError && error.code === "not_signed_in") return null;
        throw error;
      }),
    [],
  );
  if (!texts) return null;
  if (kept)
    return (
      <Door title={texts.recoveryTitle} step="codes">
        <RecoveryCodes texts={texts} {...kept} onDone={() => void finish()} />
      </Door>
    );
  const code = async (kind: CodeFactor, typed: string) => {
    try {
      return await enterStepCode(anonymous, { kind, code: typed });
    } catch (error) {
      // the tries are used up, or the time is over: nothing waits any more
      if (error instanceof PliError && (error.details.triesLeft === 0 || error.code === "not_signed_in")) again();
      throw error;
    }
  };
  const over = () => {
    setStepDue(false);
    void navigate("/app/sign-in", { replace: true });
  };
  return (
    <Door title={texts.stepTitle} step="step">
      <Waiting loaded={loaded} again={again} lines={3}>
        {(step) => {
          if (step === null || (!step.enrol && step.factors.length === 0))
            return (
              <div class="stack">
                <p>{texts.stepOver}</p>
                <Button kind="primary" wide size="big" onClick={over}>
                  {texts.stepNew}
                </Button>
              </div>
            );
          if (!step.enrol)
            return (
              <div class="stack">
                <p class="muted">{texts.stepLead}</p>
                <FactorForm
                  texts={texts}
                  factors={step.factors}
                  send={() => sendStepSms(anonymous)}
                  number={step.maskedNumber}
                  action={texts.stepAction}
                  byPasskey={async () => {
                    await enterByPasskey(stepDoor);
                    await finish();
                  }}
                  byCode={async (kind, typed) => {
                    await code(kind, typed);
                    await finish();
                  }}
                />
              </div>
            );
          return (
            <Enrol
              texts={texts}
              ways={step.enrolBy ?? ["totp"]}
              byCode={(typed) => code("totp", typed)}
              onAdded={async ({ address }) => setKept({ address, codes: await makeRecoveryCodes(anonymous) })}
            />
          );
        }}
      </Waiting>
    </Door>
  );
}
