/** Links that the sender passes on (M8): right after sending by link, and later for one person. */
import { type GrantStatus, isMobileForm } from "@pli/core/wire";
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
          <LinkRow
            key={grantId}
            link={link}
            name={passed.names.get(to) ?? to}
            open={passed.links.length === 1}
            mail={mailFor(to, passed)}
          />
        ))}
      </ul>
      <p>
        <Button onClick={done}>{compose.linksDone}</Button>
      </p>
    </section>
  );
}

/** Who is known by a number alone has no mailbox to write to. */
function mailFor(address: string, { names, languages, expiresAtMs, hasPassword }: PassedOn) {
  if (isMobileForm(address)) return undefined;
  return {
    to: { address, name: names.get(address) },
    language: languages.get(address) ?? "en",
    expiresAtMs,
    hasPassword,
  };
}

interface LinkDialogProps {
  link: string;
  name: string;
  /** Whose link it is. */
  grant: GrantStatus;
  onClose: () => void;
}

export function LinkDialog({ link, name, grant, onClose }: LinkDialogProps) {
  const { recipient, language, expiresAt, hasPassword } = grant;
  const mail = { to: recipient, language, expiresAtMs: Date.parse(expiresAt), hasPassword };
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
        <LinkRow link={link} name={name} open mail={isMobileForm(recipient.address) ? undefined : mail} />
      </ul>
    </Dialog>
  );
}
