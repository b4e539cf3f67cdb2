/**
 * "Send the password of this message" (S2): a one-time secret of it, whose link goes another way: copied, photographed, or in a new message to
 * another address. Never into the message that it protects.
 */
import { LIMITS } from "@pli/core/wire";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { link as linkIcon, pen } from "../../kit/icons.ts";
import { useAttempt } from "../form/attempt.ts";
import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { lazy } from "../lazy.tsx";
import { sayProblem } from "../problem.tsx";
import { navigate, rename } from "../router.ts";
import { smsFacts } from "../sms/facts.ts";
import type { SecretSmsProps } from "../sms/SecretSms.tsx";
import { smsWords } from "../sms/sms-words.ts";
import { beginWith, type Draft, expiryOf } from "./draft.ts";
import { LinkRow } from "./LinkRow.tsx";

const SecretSms = lazy<SecretSmsProps>(async () => {
  const [part] = await Promise.all([import("../sms/SecretSms.tsx"), smsWords.load()]);
  return part.SecretSms;
});

const MINUTE_MS = 60_000;

export function PasswordLink({ draft }: { draft: Draft }) {
  const { secrets } = words();
  const { password } = draft.protection.value;
  const [link, setLink] = useState<string>();
  const { busy, attempt } = useAttempt(sayProblem);
  const make = () =>
    attempt(async () => {
      const nowMs = Date.now();
      const least = nowMs + LIMITS.secretExpiryMinMinutes * MINUTE_MS;
      const most = nowMs + LIMITS.secretExpiryMaxHours * 60 * MINUTE_MS;
      // no longer than the message itself, and once for each who gets it
      const endsAtMs = expiryOf(draft.protection.peek(), nowMs) || most;
      const { link: made } = await callWorker("makeSecret", {
        text: password.typed,
        views: Math.min(LIMITS.secretViewsMax, Math.max(1, draft.people().length)),
        expiresAt: new Date(Math.min(most, Math.max(least, endsAtMs))).toISOString(),
      });
      setLink(made);
    });
  return (
    <>
      <Button
        kind="quiet"
        size="small"
        icon={linkIcon}
        busy={busy}
        disabled={password.typed === ""}
        onClick={() => void make()}
      >
        {secrets.passOn}
      </Button>
      {link !== undefined && <PassOnDialog draft={draft} link={link} onClose={() => setLink(undefined)} />}
    </>
  );
}

function PassOnDialog({ draft, link, onClose }: { draft: Draft; link: string; onClose: () => void }) {
  const { secrets, shell } = words();
  const write = async () => {
    await draft.saveNow();
    // this draft by its own address, so that the new one is another page
    rename(`/app/write/${draft.draftId}`);
    beginWith({
      subject: secrets.passOnSubject,
      html: `<p>${secrets.passOnBody}</p><p><a href="${link}">${link}</a></p>`,
    });
    await navigate("/app/write");
  };
  return (
    <Dialog
      title={secrets.passOnTitle}
      lead={<p>{secrets.passOnLead}</p>}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {shell.close}
          </Button>
          <Button icon={pen} onClick={() => void write().catch(sayProblem)}>
            {secrets.passOnWrite}
          </Button>
        </>
      }
    >
      <ul>
        <LinkRow link={link} name={secrets.linkName} open />
      </ul>
      {smsFacts.value?.sms && draft.protection.value.delivery !== "sms" && <SecretSms draft={draft} link={link} />}
      <p class="meta">{secrets.passOnWriteHint}</p>
    </Dialog>
  );
}
