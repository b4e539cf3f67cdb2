/** What a sender can do with a sent message (M21): each asks first where something would be gone, says when it is done, and loads again. */
import { changeGrant, markRequestDone, revoke } from "@pli/client";
import type { CopyRequest, Delivery, Envelope, GrantChange, GrantStatus } from "@pli/core/wire";
import { server } from "../api.ts";
import { copyText } from "../clipboard.ts";
import { nameOf, type Person } from "../compose/addresses.ts";
import { confirm } from "../dialogs.tsx";
import { requireKeys } from "../keys/keys.ts";
import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { sayProblem } from "../problem.tsx";
import { say } from "../toasts.tsx";

export interface NewPerson {
  readonly person: Person;
  readonly type: "to" | "cc" | "bcc";
  readonly openings: number;
  readonly password?: string | undefined;
  readonly delivery: Delivery;
  /** E.164, where something goes by SMS. */
  readonly mobile?: string | undefined;
  readonly smsCode: boolean;
}

/** Openings can be added: also to who has used all of theirs, as long as the hour of the last one runs and nothing is destroyed. */
export function mayOpenMore({ state, sealedSecret }: GrantStatus): boolean {
  return state === "active" || (state === "used_up" && sealedSecret !== undefined);
}

export type Actions = ReturnType<typeof useActions>;

export function useActions(envelope: Envelope, reload: () => void) {
  const { envelopeId } = envelope;
  const { follow } = words();
  const who = (grant: GrantStatus) => nameOf(grant.recipient);
  const live = envelope.grants.filter(({ state }) => state === "active");

  /** Runs an action that changes the message. @returns whether it was done */
  async function run(work: () => Promise<unknown>, done?: string): Promise<boolean> {
    try {
      await work();
      if (done) say(done);
      return true;
    } catch (error) {
      sayProblem(error);
      return false;
    } finally {
      reload();
    }
  }

  const resendOne = (grant: GrantStatus) => callWorker("resend", { envelope, grant });

  return {
    async remind(grants: readonly GrantStatus[]): Promise<void> {
      if (!(await requireKeys())) return;
      await run(
        async () => {
          for (const grant of grants) await resendOne(grant);
        },
        follow.remindedAll({ count: grants.length }),
      );
    },

    async sendAgain(grant: GrantStatus): Promise<void> {
      if (await requireKeys()) await run(() => resendOne(grant), follow.sentAgain({ name: who(grant) }));
    },

    /** @returns nothing when it could not be read */
    async linkOf(grant: GrantStatus): Promise<string | undefined> {
      if (!(await requireKeys())) return undefined;
      return callWorker("linkOf", { envelope, grant }).catch((error: unknown) => {
        sayProblem(error);
        return undefined;
      });
    },

    async copyLink(grant: GrantStatus): Promise<void> {
      const link = await this.linkOf(grant);
      if (link) await copyText(link, follow.linkCopied);
    },

    change: (grants: readonly GrantStatus[], change: GrantChange) =>
      run(async () => {
        for (const grant of grants) await changeGrant(server, envelopeId, grant.grantId, change);
      }, follow.changed),

    async revokeOne(grant: GrantStatus): Promise<void> {
      const sure = await confirm({
        title: follow.revokeOneTitle({ name: who(grant) }),
        text: live.length === 1 ? follow.revokeLastText : follow.revokeOneText,
        back: follow.keep,
        action: follow.revokeOneAction,
        danger: true,
      });
      if (sure) await run(() => revoke(server, envelopeId, grant.grantId), follow.revokedOne({ name: who(grant) }));
    },

    async revokeAll(): Promise<void> {
      const unopened = live.filter(({ firstOpenedAt }) => !firstOpenedAt).length;
      const sure = await confirm({
        title: follow.revokeAllTitle,
        text: unopened > 0 ? follow.revokeAllText({ unopened }) : follow.revokeAllTextOpened,
        back: follow.keep,
        action: follow.revokeAllAction,
        danger: true,
      });
      if (sure) await run(() => revoke(server, envelopeId), follow.revoked);
    },

    /** @returns the new link; nothing when it was not done */
    async addPerson(added: NewPerson, instead?: GrantStatus): Promise<string | undefined> {
      if (!(await requireKeys())) return undefined;
      const { person, type, openings, password, delivery, mobile, smsCode } = added;
      const language = (instead ?? envelope.grants[0])?.language ?? "en";
      let link: string | undefined;
      const said = instead ? follow.corrected : follow.added({ name: nameOf(person) });
      await run(async () => {
        const made = await callWorker("addGrant", {
          envelope,
          recipient: {
            ...{ address: person.address, type, openings, ...(person.name && { name: person.name }) },
            ...(mobile !== undefined && { mobile, smsCode }),
          },
          policy: { openings, language, delivery, ...(password && { password }) },
        });
        link = made.link;
        // the new one first: without it the last recipient's going would destroy the message
        if (instead?.state === "active") await revoke(server, envelopeId, instead.grantId);
      }, said);
      return link;
    },

    /** One press: one more opening, and the link once more (M17). */
    async giveCopy(request: CopyRequest, grant: GrantStatus): Promise<void> {
      if (!(await requireKeys())) return;
      await run(
        async () => {
          await changeGrant(server, envelopeId, grant.grantId, { openingsLeft: grant.openingsLeft + 1 });
          if (grant.delivery !== "link") await resendOne(grant);
          await markRequestDone(server, envelopeId, request.requestId);
        },
        follow.requestGranted({ name: who(grant) }),
      );
    },

    markDone: (request: CopyRequest) => run(() => markRequestDone(server, envelopeId, request.requestId)),
  };
}
