/**
 * Where a member's keys live: seed, content keys, sealing, uploading, opening. Pages hold references (draft, envelope, grant ids) and get
 * plaintext only to show it. Nothing secret crosses to a page but what a person must see: recovery words once, links, proposed passwords.
 */
import { solveRobotChallenge } from "@pli/client";
import type { RobotChallenge } from "@pli/core/wire";
import { draftProcedures } from "./app-drafts.ts";
import { draftFileProcedures } from "./app-drafts-files.ts";
import { draftSendingProcedures } from "./app-drafts-sending.ts";
import { followProcedures } from "./app-follow.ts";
import { keyProcedures } from "./app-keys.ts";
import { passwordProcedures } from "./app-passwords.ts";
import { secretProcedures } from "./app-secrets.ts";
import { type Call, serve } from "./rpc.ts";

const procedures = {
  ...keyProcedures,
  ...passwordProcedures,
  ...draftProcedures,
  ...draftFileProcedures,
  ...draftSendingProcedures,
  ...followProcedures,
  ...secretProcedures,
  /** The proof of work of the sign-in page, away from its drawing. */
  solve: (input: { challenge: RobotChallenge }, call: Call) => solveRobotChallenge(input.challenge, call.signal),
};

export type AppProcedures = typeof procedures;

serve(procedures);
