/** What recipients ask the sender (M17): a new copy, in one press; "it was not me"; "not for me". */
import type { CopyRequest, Envelope } from "@pli/core/wire";
import { Button } from "../../kit/Button.tsx";
import { nameOf } from "../compose/addresses.ts";
import { beginWith } from "../compose/draft.ts";
import { when } from "../format.ts";
import { words } from "../language.ts";
import { navigate } from "../router.ts";
import { type Actions, mayOpenMore } from "./actions.ts";

export function Requests({ envelope, actions }: { envelope: Envelope; actions: Actions }) {
  const { follow } = words();
  const open = envelope.requests.filter(({ done }) => !done);
  if (open.length === 0) return null;
  return (
    <section class="card" aria-labelledby="requests-title">
      <div class="card__head">
        <h2 class="title--s" id="requests-title">
          {follow.requests}
        </h2>
      </div>
      <ul class="asked">
        {open.map((request) => (
          <OneRequest key={request.requestId} request={request} envelope={envelope} actions={actions} />
        ))}
      </ul>
    </section>
  );
}

function OneRequest({ request, envelope, actions }: { request: CopyRequest; envelope: Envelope; actions: Actions }) {
  const { follow } = words();
  const grant = envelope.grants.find(({ grantId }) => grantId === request.grantId);
  if (!grant) return null;
  const { recipient } = grant;
  const name = nameOf(recipient);
  const isLive = grant.state === "active";
  const canGrant = mayOpenMore(grant);
  const asksCopy = request.reason === "new_copy";
  const write = () => {
    beginWith({ to: [recipient] });
    void navigate("/app/write");
  };
  return (
    <li>
      <p>
        <b>{follow.request[request.reason]({ name })}</b> <span class="meta">{when(request.askedAt)}</span>
      </p>
      <p class="muted small">{asksCopy && !canGrant ? follow.requestNewGone : follow.requestHelp[request.reason]}</p>
      <div class="row">
        {asksCopy && canGrant && (
          <Button kind="primary" size="small" onClick={() => void actions.giveCopy(request, grant)}>
            {follow.requestGrant}
          </Button>
        )}
        {asksCopy && !canGrant && (
          <Button size="small" onClick={write}>
            {follow.requestWrite}
          </Button>
        )}
        {!asksCopy && isLive && (
          <Button kind="danger" size="small" onClick={() => void actions.revokeOne(grant)}>
            {follow.revokeOne}
          </Button>
        )}
        <Button kind="quiet" size="small" onClick={() => void actions.markDone(request)}>
          {follow.requestDone}
        </Button>
      </div>
    </li>
  );
}
