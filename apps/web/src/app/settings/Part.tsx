/** A part of the settings: a card with its title and what it is for; one that is a form saves itself and says so. */
import type { ComponentChildren } from "preact";
import { Button } from "../../kit/Button.tsx";
import { useAttempt } from "../form/attempt.ts";
import { Form } from "../form/Form.tsx";
import { words } from "../language.ts";
import { sayProblem } from "../problem.tsx";
import { say } from "../toasts.tsx";

export interface PartProps {
  /** Unlike any other on the page. */
  name: string;
  title: string;
  lead: string;
  children: ComponentChildren;
}

export function Part({ name, title, lead, children }: PartProps) {
  return (
    <section class="card" aria-labelledby={`${name}-title`}>
      <div class="card__head">
        <h2 class="title--s" id={`${name}-title`}>
          {title}
        </h2>
        <p class="meta">{lead}</p>
      </div>
      {children}
    </section>
  );
}

/** @param save answers false when something is not filled in: the fields say what */
export function SavingPart({ save, children, ...part }: PartProps & { save: () => Promise<void> | false }) {
  const { busy, attempt } = useAttempt(sayProblem);
  return (
    <Part {...part}>
      <Form
        class="card__in"
        onSubmit={() =>
          attempt(async () => {
            const saving = save();
            if (saving === false) return;
            await saving;
            // the language may be another one now
            say(words().settings.saved);
          })
        }
      >
        {children}
        <p>
          <Button kind="primary" type="submit" busy={busy}>
            {words().settings.save}
          </Button>
        </p>
      </Form>
    </Part>
  );
}
