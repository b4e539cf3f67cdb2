/** Confirming with the second factor what changes the ways in (A2): once, then not again for a quarter of an hour. */
import { confirmationDoor, confirmByCode, getSecurity, sendConfirmationCode } from "@pli/client";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { anonymous } from "../api.ts";
import { confirmationAsked } from "../confirmation.ts";
import { words } from "../language.ts";
import { useLoad, Waiting } from "../loading.tsx";
import { FactorForm } from "./FactorForm.tsx";
import { touchPasskey } from "./webauthn.ts";
import { useSecurityWords } from "./words.ts";

export function ConfirmDialog() {
  const answer = confirmationAsked.value;
  const texts = useSecurityWords();
  const [loaded, again] = useLoad(() => getSecurity(anonymous), []);
  if (!answer || !texts) return null;
  const close = (confirmed: boolean) => {
    confirmationAsked.value = null;
    answer(confirmed);
  };
  return (
    <Dialog
      title={texts.confirmTitle}
      lead={<p>{texts.confirmLead}</p>}
      onClose={() => close(false)}
      actions={
        <Button kind="quiet" onClick={() => close(false)}>
          {words().shell.cancel}
        </Button>
      }
    >
      <Waiting loaded={loaded} again={again} lines={3}>
        {({ confirmBy, sms }) => {
          return (
            <FactorForm
              texts={texts}
              factors={confirmBy}
              action={texts.confirmAction}
              byPasskey={async () => {
                const { answer } = await touchPasskey(await confirmationDoor.request(anonymous));
                await confirmationDoor.answer(anonymous, answer);
                close(true);
              }}
              send={(by) => sendConfirmationCode(anonymous, by)}
              number={sms.number}
              byCode={async (kind, code) => {
                await confirmByCode(anonymous, { kind, code });
                close(true);
              }}
            />
          );
        }}
      </Waiting>
    </Dialog>
  );
}
