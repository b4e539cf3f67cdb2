/** In the place of replies that ask for the second step before they are shown (M16): what to do, and reading goes on after it. */
import { Button } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { lock } from "../../kit/icons.ts";
import { askConfirmation } from "../confirmation.ts";
import { useSecurityWords } from "./words.ts";

const show = async (onShown: () => void) => {
  if (await askConfirmation()) onShown();
};

/** One reply, as a page of its own. */
export function ProtectedReply({ onShown }: { onShown: () => void }) {
  const texts = useSecurityWords();
  if (!texts) return null;
  return (
    <section class="card empty">
      <Icon of={lock} />
      <h1 class="title--s">{texts.protectedTitle}</h1>
      <p>{texts.protectedText}</p>
      <Button kind="primary" onClick={() => void show(onShown)}>
        {texts.protectedAction}
      </Button>
    </section>
  );
}

/** In place of one reply's subject or words. */
export function ProtectedWord() {
  return <>{useSecurityWords()?.protectedRow}</>;
}

/** Above a list, or beside what was said. */
export function ProtectedReplies({ onShown }: { onShown: () => void }) {
  const texts = useSecurityWords();
  if (!texts) return null;
  return (
    <div class="row" role="status">
      <Icon of={lock} />
      <p>{texts.protectedList}</p>
      <Button size="small" onClick={() => void show(onShown)}>
        {texts.protectedListAction}
      </Button>
    </div>
  );
}
