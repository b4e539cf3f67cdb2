/** The half minute after sending: what was sent, the seconds left, one button (M10). Stays over every page while it lasts. */

import { LIMITS } from "@pli/core/wire";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Ring } from "../../kit/Progress.tsx";
import { Toast } from "../../kit/Toast.tsx";
import { words } from "../language.ts";
import { sayProblem } from "../problem.tsx";
import { navigate } from "../router.ts";
import { say } from "../toasts.tsx";
import { type Held, held, letGo, takeBackHeld } from "./sending.ts";

export function TakeBackToast() {
  const present = held.value;
  return present && <Counting key={present.envelopeId} present={present} />;
}

function Counting({ present }: { present: Held }) {
  const { compose } = words();
  const secondsLeft = () => Math.max(0, Math.ceil((present.untilMs - Date.now()) / 1000));
  const [left, setLeft] = useState(secondsLeft);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const clock = setInterval(() => setLeft(secondsLeft()), 250);
    return () => clearInterval(clock);
  }, []);
  useEffect(() => {
    if (left > 0 || busy) return;
    letGo(present);
    say(compose.sentDone({ count: present.people }));
  }, [left, busy]);
  const take = async () => {
    setBusy(true);
    const refusal = await takeBackHeld(present);
    if (!refusal) {
      say(compose.takenBack);
      await navigate(`/app/write/${present.draftId}`);
      return;
    }
    setBusy(false);
    if (refusal.code === "too_late" || refusal.code === "conflict") {
      letGo(present);
      say(compose.takeBackLate);
    } else sayProblem(refusal);
  };
  return (
    <Toast
      before={<Ring share={left / LIMITS.takeBackSeconds} text={String(left)} />}
      action={
        <Button kind="quiet" size="small" busy={busy} onClick={() => void take()}>
          {compose.takeBack}
        </Button>
      }
    >
      {/* spoken once: a count that changes each second must not be read out */}
      <span class="vh">{compose.sentText({ count: present.people, seconds: LIMITS.takeBackSeconds })}</span>
      <span class="num" aria-hidden="true">
        {compose.sentText({ count: present.people, seconds: left })}
      </span>
    </Toast>
  );
}
