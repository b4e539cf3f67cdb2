/** Reading a reply: marked as read when it is opened; answered by writing to the person; deleted only after a question (M25). */
import { canBeAnswered, deleteInboxItem, getEnvelope, markRead, markUnread } from "@pli/client";
import { PliError } from "@pli/core/errors";
import { useEffect } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { back, lock, mail, print, reply, trash } from "../../kit/icons.ts";
import "../../kit/facts.css";
import "../../kit/print.css";
import "./received.css";
import { server } from "../api.ts";
import { nameOf } from "../compose/addresses.ts";
import { beginWith } from "../compose/draft.ts";
import { confirm } from "../dialogs.tsx";
import { Readers } from "../follow/Readers.tsx";
import { isUnlocked, lookAtKeys, requireKeys } from "../keys/keys.ts";
import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { useLoad, Waiting } from "../loading.tsx";
import { sayProblem } from "../problem.tsx";
import { navigate } from "../router.ts";
import { ProtectedReply } from "../security/Protected.tsx";
import { askAgain } from "../session.ts";
import { useThreadWords } from "../thread-words.ts";
import { say } from "../toasts.tsx";
import { findItem } from "./inbox-model.ts";
import { Letter } from "./Letter.tsx";

async function load(envelopeId: string) {
  await lookAtKeys();
  const item = await findItem(envelopeId);
  if (!item) throw new PliError("not_found");
  if (!isUnlocked() || item.keyWithheld) return { item, manifest: undefined };
  const manifest = await callWorker("readReceived", { item });
  if (!item.read) {
    await markRead(server, envelopeId);
    void askAgain();
  }
  return { item, manifest };
}

async function canAnswer(messageId: string, address: string): Promise<boolean> {
  try {
    const { contentAvailable, grants } = await getEnvelope(server, messageId);
    return contentAvailable && grants.some((grant) => grant.recipient.address === address && canBeAnswered(grant));
  } catch {
    return false;
  }
}

export function ReplyPage({ envelopeId }: { envelopeId: string }) {
  const { received, compose, shell } = words();
  const thread = useThreadWords();
  const [loaded, again] = useLoad(() => load(envelopeId), [envelopeId], [isUnlocked()]);
  const subject = loaded.state === "done" ? loaded.value.manifest?.subject : undefined;
  useEffect(() => {
    document.title = `${subject || received.title} · Pli`;
  }, [subject]);
  const unread = async () => {
    try {
      await markUnread(server, envelopeId);
      void askAgain();
      await navigate("/app/received");
    } catch (error) {
      sayProblem(error);
    }
  };
  const remove = async () => {
    const toAll = loaded.state === "done" && (loaded.value.item.readers?.length ?? 0) > 0;
    const sure = await confirm({
      title: received.removeTitle,
      text: toAll && thread ? `${received.removeText} ${thread.goneForAll}` : received.removeText,
      back: received.keep,
      action: received.removeAction,
      danger: true,
    });
    if (!sure) return;
    try {
      await deleteInboxItem(server, envelopeId);
      say(received.removed);
      void askAgain();
      await navigate("/app/received");
    } catch (error) {
      sayProblem(error);
    }
  };
  return (
    <div class="stack stack--l">
      <p class="no-print">
        <a class="small row row--back" href="/app/received">
          <Icon of={back} small />
          {received.back}
        </a>
      </p>
      <Waiting loaded={loaded} again={again}>
        {({ item, manifest }) => {
          if (item.keyWithheld && !manifest) return <ProtectedReply onShown={again} />;
          if (!manifest)
            return (
              <section class="card empty">
                <Icon of={lock} />
                <h1 class="title--s">{received.unlockTitle}</h1>
                <p>{received.unlockText}</p>
                <Button kind="primary" onClick={() => void requireKeys()}>
                  {shell.unlock}
                </Button>
              </section>
            );
          // the sealed reply's own name and address may be anything: the server says whose mailbox was proven
          const { from } = item;
          const answer = async () => {
            // as long as they can read on, in the conversation; then by a message of its own
            if (item.inReplyTo && (await canAnswer(item.inReplyTo, from.address))) {
              return void navigate(`/app/sent/${item.inReplyTo}#said`);
            }
            const first = compose.reply({ subject: "" }).trim();
            const title = manifest.subject;
            const begun = title
              .toLowerCase()
              .replaceAll(/\s/gu, "")
              .startsWith(first.toLowerCase().replaceAll(/\s/gu, ""));
            beginWith({
              to: [from],
              subject: begun ? title : compose.reply({ subject: title }),
            });
            void navigate("/app/write");
          };
          return (
            <div class="reading stack stack--l">
              <Letter envelopeId={envelopeId} manifest={manifest} from={from} title />
              {thread && <Readers readers={item.readers} words={thread} />}
              <div class="row no-print">
                <Button kind="primary" icon={reply} onClick={() => void answer()}>
                  {received.answer({ name: nameOf(from) })}
                </Button>
                <Button kind="quiet" size="small" icon={print} onClick={() => window.print()}>
                  {received.print}
                </Button>
                {thread && (
                  <Button kind="quiet" size="small" icon={mail} onClick={() => void unread()}>
                    {thread.unreadAgain}
                  </Button>
                )}
                <Button kind="danger" size="small" icon={trash} onClick={() => void remove()}>
                  {received.remove}
                </Button>
              </div>
              {item.inReplyTo && (
                <p class="small no-print">
                  <a href={`/app/sent/${item.inReplyTo}`}>{received.inReplyTo}</a>
                </p>
              )}
              <p class="assure no-print">
                <Icon of={lock} />
                <span>{received.assure}</span>
              </p>
            </div>
          );
        }}
      </Waiting>
    </div>
  );
}
