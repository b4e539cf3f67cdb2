/** Links that the sender passes on (M8): right after sending by link, and later for one person. */
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { alert } from "../../kit/icons.ts";
import { LinkRow } from "../compose/LinkRow.tsx";
import { type PassedOn, passedOn } from "../compose/sending.ts";
import { words } from "../language.ts";

export function PassOn({ envelopeId, passed }: { envelopeId: string; passed: PassedOn }) {
  const { compose } = words();
  const done = () => {
    const left = new Map(passedOn.peek());
    left.delete(envelopeId);
    passedOn.value = left;
  };
  return (
    <section class="card card__in stack" aria-labelledby="links-title">
      <h2 class="title--s" id="links-title">
        {compose.linksTitle}
      </h2>
      <p>{compose.linksLead}</p>
      {passed.hasPassword && (
        <p class="row row--nowrap small">
          <Icon of={alert} small />
          <span>{compose.linksPassword}</span>
        </p>
      )}
      <ul>
        {passed.links.map(({ to, grantId, link }) => (
          <LinkRow key={grantId} link={link} name={passed.names.get(to) ?? to} open={passed.links.length === 1} />
        ))}
      </ul>
      <p>
        <Button onClick={done}>{compose.linksDone}</Button>
      </p>
    </section>
  );
}

export function LinkDialog({ link, name, onClose }: { link: string; name: string; onClose: () => void }) {
  const { follow, compose, shell } = words();
  return (
    <Dialog
      title={follow.showLink}
      lead={<p>{compose.linksLead}</p>}
      onClose={onClose}
      light
      actions={<Button onClick={onClose}>{shell.close}</Button>}
    >
      <ul>
        <LinkRow link={link} name={name} open />
      </ul>
    </Dialog>
  );
}
