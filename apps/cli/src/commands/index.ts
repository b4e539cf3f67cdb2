/** All commands, in the order in which help shows them. */
import type { Command } from "../command.ts";
import { change } from "./change.ts";
import { contacts } from "./contacts.ts";
import { correct } from "./correct.ts";
import { destroy } from "./destroy.ts";
import { inbox } from "./inbox.ts";
import { link } from "./link.ts";
import { list } from "./list.ts";
import { login } from "./login.ts";
import { logout } from "./logout.ts";
import { open } from "./open.ts";
import { receipt } from "./receipt.ts";
import { reply } from "./reply.ts";
import { resend } from "./resend.ts";
import { reveal } from "./reveal.ts";
import { revoke } from "./revoke.ts";
import { secret } from "./secret.ts";
import { secrets } from "./secrets.ts";
import { send } from "./send.ts";
import { status } from "./status.ts";
import { answer, thread } from "./thread.ts";
import { verifyServerCommand } from "./verify-server.ts";

export const COMMANDS: readonly Command[] = [
  login,
  send,
  open,
  reply,
  receipt,
  inbox,
  list,
  status,
  thread,
  answer,
  resend,
  link,
  change,
  correct,
  revoke,
  secret,
  reveal,
  secrets,
  destroy,
  contacts,
  logout,
  verifyServerCommand,
];
