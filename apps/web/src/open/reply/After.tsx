/** What comes after the letter's text: what was said since (M24), and the offer to reply (M16). Loaded when the text is there to be read. */
import type { Manifest } from "@pli/core/sealing";
import { loadReply } from "@pli/texts/open/reply";
import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { lock, reply } from "../../kit/icons.ts";
import { useTexts } from "../language.ts";
import type { StepProps } from "../step.ts";
import { Said } from "../thread/Said.tsx";
import { OwnCopy } from "./OwnCopy.tsx";
import type { ReplyProps } from "./Reply.tsx";

export interface AfterProps extends Pick<StepProps, "language" | "sender" | "info"> {
  manifest: Manifest;
  over: boolean;
  overTitle: string;
  /** Somebody begins to write, or is done. */
  onWriting: (writing: boolean) => void;
}

export function After(props: AfterProps) {
  const { language, sender, info, manifest, over, overTitle, onWriting } = props;
  const [Reply, setReply] = useState<ComponentType<ReplyProps>>();
  const [replies, setReplies] = useState(0);
  const [gone, setGone] = useState(false);
  const onGone = () => setGone(true);
  async function begin() {
    const { Reply } = await import("./Reply.tsx");
    setReply(() => Reply);
    onWriting(true);
  }
  return (
    <>
      {!over && (
        <Said
          language={language}
          sender={sender}
          info={info}
          manifest={manifest}
          replies={replies}
          gone={gone}
          onGone={onGone}
        />
      )}
      {Reply ? (
        <Reply
          language={language}
          sender={sender}
          overTitle={overTitle}
          manifest={manifest}
          maskedAddress={info.maskedAddress}
          over={over}
          gone={gone}
          onGone={onGone}
          onSent={() => setReplies(replies + 1)}
          onClose={() => {
            setReply(undefined);
            onWriting(false);
          }}
        />
      ) : (
        <ReplyOffer {...props} gone={gone} onReply={begin} />
      )}
    </>
  );
}

interface OfferProps extends AfterProps {
  gone: boolean;
  onReply: () => Promise<void>;
}

function ReplyOffer({ language, sender, info, manifest, gone, onReply }: OfferProps) {
  const words = useTexts(loadReply, language);
  const [busy, setBusy] = useState(false);
  if (!words) return null;
  if (info.conversation) return <OwnCopy language={language} conversation={info.conversation} />;
  if (manifest.replyKey === undefined) return <p class="muted small no-print">{words.impossible}</p>;
  if (gone) return <p class="muted small no-print">{words.goneOffer}</p>;
  return (
    <div class="stack no-print">
      <div class="row">
        <Button
          kind="primary"
          size="big"
          icon={reply}
          busy={busy}
          onClick={() => {
            setBusy(true);
            void onReply().finally(() => setBusy(false));
          }}
        >
          {words.act({ sender })}
        </Button>
      </div>
      <p class="assure">
        <Icon of={lock} />
        <span>{words.assurance({ sender })}</span>
      </p>
    </div>
  );
}
