/** From a link to its content: mailbox code, password, opening, manifest (spec: messages.md M12, M13, M17). For `open` and `reply`. */
import { askCode, getGrantInfo, openGrant, proveMailbox, readManifest, type Transport } from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import { PliError } from "@pli/core/errors";
import { type ContentKey, type GrantLink, type Manifest, parseLink } from "@pli/core/sealing";
import type { GrantInfo, Opening } from "@pli/core/wire";
import { type Context, Refused, UsageError, type Values } from "./command.ts";
import { asDevice } from "./connect.ts";
import { person } from "./heading.ts";
import { printable } from "./printable.ts";
import { ask, canAsk, readLine, readSecret } from "./terminal.ts";

export interface Entered {
  readonly t: Transport;
  readonly info: GrantInfo;
  readonly opening: Opening;
  readonly contentKey: ContentKey;
  readonly manifest: Manifest;
  /** Whom the message itself names as its sender, when that is not who sent it. */
  readonly claimedFrom?: Manifest["from"];
}

function isWrong(error: unknown, ...codes: readonly string[]): error is PliError {
  return error instanceof PliError && codes.includes(error.code);
}

/** Has a code sent, and says which. When one was sent a moment ago, that one is still good. */
async function requestCode(context: Context, t: Transport, info: GrantInfo): Promise<void> {
  try {
    const { reference } = await askCode(t, info.grantId);
    const shown = { reference: printable(reference), address: printable(info.maskedAddress) };
    context.say(context.texts.codeSent(shown));
  } catch (error) {
    if (!isWrong(error, "rate_limited")) throw error;
    context.say(context.texts.codeStillThere);
  }
}

/** Proves the mailbox by --code, by standard input, or by asking until it is right. @throws PliError `wrong_code`, `code_expired`… */
async function proveByCode(context: Context, t: Transport, info: GrantInfo, values: Values): Promise<void> {
  const { texts } = context;
  const privateComputer = values["private-computer"] === true ? { privateComputer: true } : {};
  const prove = (code: string) => proveMailbox(t, info.grantId, { code, ...privateComputer });
  if (values.code !== undefined) {
    await prove(values.code);
    return;
  }
  await requestCode(context, t, info);
  if (values["code-stdin"]) {
    await prove(await readLine(context));
    return;
  }
  if (!canAsk(context)) {
    throw new Refused("mailbox_proof_required", texts.codeNeeded);
  }
  for (;;) {
    try {
      await prove(await ask(context, texts.askCode));
      return;
    } catch (error) {
      if (isWrong(error, "wrong_code", "bad_input") && error.details.triesLeft !== 0) context.say(texts.codeWrong);
      else if (isWrong(error, "code_expired")) {
        context.say(texts.codeTooOld);
        await requestCode(context, t, info);
      } else throw error;
    }
  }
}

async function openWithPassword(
  context: Context,
  t: Transport,
  options: { readonly link: GrantLink; readonly info: GrantInfo; readonly values: Values },
): Promise<Pick<Entered, "opening" | "contentKey">> {
  const { link, info, values } = options;
  if (!info.factors.password) return openGrant(t, nodeCrypto, { link, info });
  const file = values["password-file"];
  if (file !== undefined) {
    return openGrant(t, nodeCrypto, { link, info, password: await readSecret(context, file) });
  }
  if (!canAsk(context)) {
    throw new Refused("wrong_password", context.texts.passwordNeeded);
  }
  for (;;) {
    const password = await ask(context, context.texts.askPassword, { secret: true });
    if (password === "") continue;
    try {
      return await openGrant(t, nodeCrypto, { link, info, password });
    } catch (error) {
      if (!isWrong(error, "wrong_password") || error.details.triesLeft === 0) throw error;
      context.say(context.errorLine(error));
    }
  }
}

/**
 * Opens what the link leads to. Within the hour of an opening on this device it is the same opening again.
 * @throws PliError as the server refuses; `bad_link`
 */
export async function enterGrant(context: Context, linkText: string, values: Values): Promise<Entered> {
  if (values["code-stdin"] && values["password-file"] === "-") {
    throw new UsageError(context.texts.oneOf({ options: "--code-stdin, --password-file -" }));
  }
  const link = parseLink(linkText);
  const { t, saved } = await asDevice(context, link.origin);
  try {
    const info = await getGrantInfo(t, link.grantId, context.signal);
    const isRunning = info.device.openUntil !== undefined;
    if (info.state !== "active" && !isRunning) throw new PliError(info.state);
    if (info.factors.mailboxCode && !info.device.mailboxProven && !isRunning) {
      await proveByCode(context, t, info, values);
    }
    const entering = { link, info, values };
    const opened = await openWithPassword(context, t, entering).catch(async (error: unknown) => {
      // The hour ended just now, or the server wants the mailbox again.
      if (!isWrong(error, "mailbox_proof_required") || !isRunning) throw error;
      await proveByCode(context, t, info, values);
      return openWithPassword(context, t, entering);
    });
    const source = { grantId: link.grantId };
    const { contentKey } = opened;
    const manifest = await readManifest(t, nodeCrypto, { source, contentKey, signal: context.signal });
    // The message's own word on who wrote it is whatever its writer put there.
    const { from } = manifest;
    const isFalse = from.address.toLowerCase() !== info.sender.address.toLowerCase();
    if (isFalse) context.say(context.texts.otherSender({ claimed: person(from), proven: person(info.sender) }));
    return { t, info, ...opened, manifest, ...(isFalse && { claimedFrom: from }) };
  } finally {
    await saved();
  }
}
