/** Who sends, to which mailbox, until when, how many openings are left, and one button (M12). */
import { formatDateTime, formatDuration, formatTime } from "@pli/texts/format";
import { useState } from "preact/hooks";
import { Button } from "../kit/Button.tsx";
import { Icon } from "../kit/Icon.tsx";
import { check, lock } from "../kit/icons.ts";
import { ClosedLetter } from "./ClosedLetter.tsx";
import { serverNowMs } from "./link.ts";
import { isRunning, needsCode, type StepProps } from "./step.ts";
import "../kit/badge.css";
import "../kit/facts.css";

export interface LandingProps extends StepProps {
  onAct: () => Promise<void>;
  /** The button was pressed, and what comes next is on its way. */
  busy?: boolean;
}

export function Landing({ t, language, info, sender, onAct, busy = false }: LandingProps) {
  const [pressed, setPressed] = useState(false);
  const { expiresAt, openingsLeft, openingsTotal } = info;
  const act = actOf({ t, language, info, sender });
  return (
    <ClosedLetter>
      <div class="stack stack--s">
        <p class="muted small">{t.page.kicker}</p>
        <h1 class="letter__title addr" tabIndex={-1} data-focus>
          {t.landing.title({ sender })}
        </h1>
        {sender !== info.sender.address && <p class="muted small addr">{info.sender.address}</p>}
      </div>
      <dl class="facts">
        <div>
          <dt>{t.landing.to}</dt>
          <dd class="addr">{info.maskedAddress}</dd>
        </div>
        {expiresAt && (
          <div>
            <dt>{t.landing.before}</dt>
            <dd>
              {formatDateTime(language, Date.parse(expiresAt))}
              <small>{t.landing.thenDestroyed({ wait: formatDuration(language, secondsUntil(expiresAt)) })}</small>
            </dd>
          </div>
        )}
        {openingsLeft !== undefined && openingsTotal !== undefined && (
          <div>
            <dt>{t.landing.openings}</dt>
            <dd>
              <Pips left={openingsLeft} total={openingsTotal} />{" "}
              {t.landing.left({ left: openingsLeft, total: openingsTotal })}
              <small>{t.landing.openingLasts}</small>
            </dd>
          </div>
        )}
      </dl>
      <div class="stack stack--s">
        <Button
          kind="primary"
          size="big"
          wide
          busy={busy || pressed}
          onClick={() => {
            setPressed(true);
            void onAct().finally(() => setPressed(false));
          }}
        >
          {act.label}
        </Button>
        <p class="meta">{act.cost}</p>
      </div>
      <p class="assure">
        <Icon of={lock} />
        <span>{info.conversation ? t.landing.toAll(info.conversation) : t.landing.assurance({ sender })}</span>
      </p>
      <div>
        <details class="more">
          <summary>{t.landing.genuine}</summary>
          <ul>
            <li>
              {t.landing.genuineHost} <b class="addr">{location.host}</b>.
            </li>
            <li>{t.landing.genuineAsk}</li>
            <li>{t.landing.genuineCall}</li>
          </ul>
        </details>
        <NotForYou t={t} sender={info.conversation?.name ?? sender} grantId={info.grantId} />
      </div>
    </ClosedLetter>
  );
}

function actOf({ t, language, info }: StepProps): { label: string; cost: string } {
  const { device, factors, openingsLeft } = info;
  const words = t.landing;
  if (device.openUntil && isRunning(info)) {
    const time = formatTime(language, Date.parse(device.openUntil));
    return { label: words.readAgain, cost: words.readAgainCost({ time }) };
  }
  if (needsCode(info)) return { label: words.askCode, cost: words.askCodeCost };
  if (factors.smsCode && !device.smsProven) return { label: words.askSms, cost: words.askSmsCost };
  if (factors.password) return { label: words.toPassword, cost: words.toPasswordCost };
  return { label: words.read, cost: words.readCost({ left: openingsLeft ?? 1 }) };
}

/** Above this, dots say less than the figure. */
const MOST_PIPS = 12;

function Pips({ left, total }: { left: number; total: number }) {
  if (total > MOST_PIPS) return null;
  return (
    <span class="pips" aria-hidden="true">
      {Array.from({ length: total }, (_, index) => (
        <i key={index} class={index < left ? "left" : undefined} />
      ))}
    </span>
  );
}

function NotForYou({ t, sender, grantId }: { t: StepProps["t"]; sender: string; grantId: string }) {
  const [state, setState] = useState<"" | "busy" | "done" | "failed">("");
  return (
    <details class="more">
      <summary>{t.landing.notForYou}</summary>
      <div class="stack stack--s">
        <p>{t.landing.notForYouText}</p>
        {state !== "done" && (
          <p>
            <Button
              size="small"
              busy={state === "busy"}
              onClick={() => {
                setState("busy");
                import("./session.ts")
                  .then(({ worker }) => worker().call("requestCopy", { grantId, reason: "not_for_me" }))
                  .then(
                    () => setState("done"),
                    () => setState("failed"),
                  );
              }}
            >
              {t.landing.notForYouAct({ sender })}
            </Button>
          </p>
        )}
        <div role="status">
          {state === "done" && (
            <p class="done-line">
              <Icon of={check} small />
              <span>{t.landing.notForYouDone({ sender })}</span>
            </p>
          )}
          {state === "failed" && <p class="bad-line">{t.page.failed}</p>}
        </div>
      </div>
    </details>
  );
}

function secondsUntil(iso: string): number {
  return Math.max(0, (Date.parse(iso) - serverNowMs()) / 1000);
}
