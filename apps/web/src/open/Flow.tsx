/** From the click to the open message: codes, password, opening, reading, and what may refuse (spec: messages.md M12 to M19). */
import { type ErrorCode, PliError } from "@pli/core/errors";
import type { CodeSent, GrantInfo, MailboxProof } from "@pli/core/wire";
import type { Language } from "@pli/texts/languages";
import type { Landing as LandingTexts } from "@pli/texts/open/landing";
import { loadRefused } from "@pli/texts/open/refused";
import { loadSteps } from "@pli/texts/open/steps";
import type { ComponentType } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { OpenedMessage } from "../worker/open-worker.ts";
import { CodeStep } from "./CodeStep.tsx";
import { Landing } from "./Landing.tsx";
import { useTexts } from "./language.ts";
import { askCode, type Failed, type OwnLink } from "./link.ts";
import { PasswordStep } from "./PasswordStep.tsx";
import type { RefusedProps } from "./Refused.tsx";
import { Reading } from "./reading/Reading.tsx";
import { type Refusal, refusalOf } from "./refusal.ts";
import { Stuck } from "./Stuck.tsx";
import { worker } from "./session.ts";
import type { SmsStepProps } from "./sms/SmsStep.tsx";
import { isRunning, needsCode, senderOf } from "./step.ts";
import { Waiting } from "./Waiting.tsx";

/** How it begins: the landing's button, a reload while the message is open, or a refusal at the first look. */
export type Start = "act" | "resume" | { readonly refused: ErrorCode };

export interface FlowProps {
  t: LandingTexts;
  language: Language;
  info: GrantInfo | undefined;
  link: OwnLink | undefined;
  start: Start;
  /** The code that the landing's button asked for already. */
  asked: Promise<CodeSent | Failed> | undefined;
  /** Looks anew, from the beginning. */
  onAgain: () => void;
}

type Step =
  | { at: "waiting" }
  | { at: "stuck" }
  | { at: "landing" }
  | { at: "code"; sent: CodeSent }
  | { at: "sms"; sent: CodeSent; SmsStep: ComponentType<SmsStepProps> }
  | { at: "password" }
  | { at: "reading"; message: OpenedMessage }
  | { at: "refused"; refusal: Refusal; again: () => void; Refused: ComponentType<RefusedProps> };

/** Loads what the next steps need, and starts the worker. Touches nothing on the server. */
export async function prepare(language: Language | undefined): Promise<void> {
  worker();
  // a refusal may be that the connection is gone: its page must be here by then
  await Promise.all([import("./Refused.tsx"), language && loadRefused[language](), language && loadSteps[language]()]);
  // what stands under the text comes with it, and nothing moves
  await import("./reply/After.tsx");
}

/** @throws PliError `rate_limited`; `network`; `unavailable` */
async function sentCode(asking: Promise<CodeSent | Failed>): Promise<CodeSent> {
  const answer = await asking;
  if ("code" in answer) throw new PliError(answer.code, answer.details && { details: answer.details });
  return answer;
}

export function Flow({ t, language, info, link, start, asked, onAgain }: FlowProps) {
  const words = useTexts(loadSteps, language);
  const [step, setStep] = useState<Step>({ at: start === "act" ? "landing" : "waiting" });
  const [proven, setProven] = useState(false);
  const first = useRef(true);

  async function refuse(error: unknown, again: () => void) {
    const known = error instanceof PliError ? error : new PliError("internal");
    try {
      const { Refused } = await import("./Refused.tsx");
      setStep({ at: "refused", refusal: refusalOf(known.code, known.details), again, Refused });
    } catch {
      setStep({ at: "stuck" });
    }
  }

  /**
   * Opens, and shows. @throws PliError where a code was given, whatever it is; `wrong_password`, `rate_limited` where a password was: the
   * step that gave it tells them
   */
  async function open(found: GrantInfo, { password, proof }: { password?: string; proof?: MailboxProof } = {}) {
    if (!link) return;
    try {
      const { passwordParams } = found;
      setStep({ at: "reading", message: await worker().call("open", { ...link, password, passwordParams, proof }) });
    } catch (error) {
      const code = error instanceof PliError ? error.code : "internal";
      if (password !== undefined && (code === "wrong_password" || code === "rate_limited")) throw error;
      if (code === "mailbox_proof_required" || code === "sms_proof_required") onAgain();
      else if (proof) throw error;
      else await refuse(error, password === undefined ? () => void open(found) : () => setStep({ at: "password" }));
    }
  }

  /** The mailbox is proven, or needs no proof: the telephone next, where it is asked for. */
  async function proceed(found: GrantInfo) {
    const { device, factors } = found;
    if (!factors.smsCode || device.smsProven || isRunning(found)) return finish(found);
    try {
      const { SmsStep, prepareSms } = await import("./sms/SmsStep.tsx");
      setStep({ at: "sms", sent: await prepareSms(found, language), SmsStep });
    } catch (error) {
      await refuse(error, () => void proceed(found));
    }
  }

  /** Every code is given: password next, or open. */
  async function finish(found: GrantInfo) {
    if (found.factors.password) setStep({ at: "password" });
    else await open(found);
  }

  async function act(found: GrantInfo) {
    if (proven || !needsCode(found)) return proceed(found);
    try {
      setStep({ at: "code", sent: await sentCode(asked ?? askCode(found.grantId)) });
    } catch (error) {
      await refuse(error, onAgain);
    }
  }

  useEffect(() => {
    if (typeof start === "object") void refuse(new PliError(start.refused), onAgain);
    else if (!info) void refuse(new PliError("internal"), onAgain);
    else void (start === "resume" ? open(info) : act(info));
  }, []);

  // a new step begins at its heading, or at the field that it asks for
  useLayoutEffect(() => {
    if (step.at === "waiting" || step.at === "landing") return;
    // what a page shows first leaves the focus where the browser put it
    if (!first.current || start === "act") document.querySelector<HTMLElement>("[data-focus]")?.focus();
    first.current = false;
    scrollTo({ top: 0 });
  }, [step.at, words === undefined]);

  if (step.at === "refused") {
    const { Refused, refusal, again } = step;
    return <Refused language={language} refusal={refusal} info={info} again={again} />;
  }
  if (step.at === "stuck") return <Stuck t={t} />;
  if (!info) return <Waiting text={t.page.loading} />;
  const props = { t, language, info, sender: senderOf(info) };
  if (step.at === "landing") return <Landing {...props} busy onAct={async () => undefined} />;
  if (!words || step.at === "waiting") return <Waiting text={t.page.loading} />;
  if (step.at === "reading") {
    return <Reading {...props} words={words.letter} message={step.message} onAgain={onAgain} />;
  }
  const afterCodes = info.factors.password ? "password" : undefined;
  if (step.at === "code") {
    const next = info.factors.smsCode && !info.device.smsProven ? "code" : afterCodes;
    return (
      <CodeStep
        key="code"
        {...props}
        words={words.code}
        digits={8}
        to={info.maskedAddress}
        next={next}
        sent={step.sent}
        onAsk={() => sentCode(askCode(info.grantId))}
        onSent={(sent) => setStep({ at: "code", sent })}
        onCode={async (code, privateComputer) => {
          const proof = { code, privateComputer };
          // nothing else is asked for: code and opening go together
          if (!next) return open(info, { proof });
          await worker().call("proveMailbox", { grantId: info.grantId, ...proof });
          setProven(true);
          await proceed(info);
        }}
        onRefused={(error) => void refuse(error, onAgain)}
      />
    );
  }
  if (step.at === "sms") {
    return (
      <step.SmsStep
        {...props}
        CodeStep={CodeStep}
        next={afterCodes}
        sent={step.sent}
        onSent={(sent) => setStep({ ...step, sent })}
        onProven={() => finish(info)}
        onRefused={(error) => void refuse(error, onAgain)}
      />
    );
  }
  return (
    <PasswordStep
      {...props}
      words={words.password}
      tooMany={words.code.tooMany}
      onPassword={(password) => open(info, { password })}
      onRefused={(error) => void refuse(error, onAgain)}
    />
  );
}
