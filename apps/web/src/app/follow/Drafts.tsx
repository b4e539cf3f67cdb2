/** Drafts kept on this device, sealed under its own key (M1). */

import { IconButton } from "../../kit/Button.tsx";
import { trash } from "../../kit/icons.ts";
import { Logo } from "../../kit/Seal.tsx";
import type { DraftListItem } from "../../worker/app-drafts.ts";
import { confirm } from "../dialogs.tsx";
import { when } from "../format.ts";
import { lookAtKeys } from "../keys/keys.ts";
import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { useLoad, Waiting } from "../loading.tsx";
import { sayProblem } from "../problem.tsx";

export function Drafts() {
  const { follow, compose } = words();
  const [loaded, again] = useLoad(async () => {
    await lookAtKeys();
    return callWorker("listDrafts", undefined);
  }, []);
  const remove = async (draft: DraftListItem) => {
    const sure = await confirm({
      title: compose.deleteTitle,
      text: draft.files > 0 ? compose.deleteText : compose.deleteEmptyText,
      back: compose.keepDraft,
      action: compose.deleteDraft,
      danger: true,
    });
    if (!sure) return;
    await callWorker("deleteDraft", { draftId: draft.draftId }).catch(sayProblem);
    again();
  };
  return (
    <Waiting loaded={loaded} again={again} lines={4}>
      {(drafts) =>
        drafts.length === 0 ? (
          <div class="empty">
            <Logo />
            <h2 class="title--s">{follow.draftsEmptyTitle}</h2>
            <p>{follow.draftsEmptyText}</p>
          </div>
        ) : (
          <ul class="list">
            {drafts.map((draft) => (
              <li key={draft.draftId} class="list__item">
                <div class="list__main">
                  <a class="list__link" href={`/app/write/${draft.draftId}`}>
                    {draft.subject.trim() || follow.noSubject}
                  </a>
                  <p class="meta dots">
                    <span class="addr">
                      {draft.people === 0
                        ? follow.draftNobody
                        : draft.people === 1
                          ? draft.firstPerson
                          : follow.andMore({ name: draft.firstPerson, count: draft.people - 1 })}
                    </span>
                    {draft.files > 0 && <span>{follow.draftFiles({ count: draft.files })}</span>}
                    <span>{follow.draftSaved({ date: when(draft.savedAtMs) })}</span>
                  </p>
                </div>
                <IconButton
                  icon={trash}
                  label={`${follow.draftDelete} ${draft.subject}`}
                  onClick={() => void remove(draft)}
                />
              </li>
            ))}
          </ul>
        )
      }
    </Waiting>
  );
}
