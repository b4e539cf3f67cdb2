/** From a link to its content: mailbox code, SMS code, password, opening, manifest (spec: messages.md M12, M13, M17). For `open` and `reply`. */
import {
  askCode,
  askSmsCode,
  getGrantInfo,
  openGrant,
  proveMailbox,
  proveNumber,
  readManifest,
  type Transport,
} from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import { type ErrorCode, PliError } from "@pli/core/errors";
import { type ContentKey, type GrantLink, type Manifest, parseLink } from "@pli/core/sealing";
import type { CodeSent, GrantInfo, Opening } from "@pli/core/wire";
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

/** What a code proves: where it goes, which options bring it, and the words for it. */
interface Code {
  readonly send: () => Promise<CodeSent>;
  readonly prove: (code: string) => Promise<unknown>;
  readonly given: string | undefined;
  readonly fromStdin: boolean;
  readonly said: (sent: CodeSent) => string;
  readonly question: string;
  readonly needed: ErrorCode;
  readonly neededText: string;
}

function mailboxCode({ texts }: Context, t: Transport, info: GrantInfo, values: Values): Code {
  const privateComputer = values["private-computer"] === true ? { privateComputer: true } : {};
  return {
    send: () => askCode(t, info.grantId),
    prove: (code) => proveMailbox(t, info.grantId, { code, ...privateComputer }),
    given: values.code,
    fromStdin: values["code-stdin"] === true,
    said: ({ reference }) =>
      texts.codeSent({ reference: printable(reference), address: printable(info.maskedAddress) }),
    question: texts.askCode,
    needed: "mailbox_proof_required",
    neededText: texts.codeNeeded,
  };
}

function smsCode({ texts }: Context, t: Transport, info: GrantInfo, values: Values): Code {
  return {
    send: () => askSmsCode(t, info.grantId),
    prove: (code) => proveNumber(t, info.grantId, code),
    given: values["sms-code"],
    fromStdin: values["sms-code-stdin"] === true,
    said: ({ reference }) =>
      texts.smsSent({ reference: printable(reference), number: printable(info.maskedMobile ?? "") }),
    question: texts.askSmsCode,
    needed: "sms_proof_required",
    neededText: texts.smsCodeNeeded,
  };
}

/** Has a code sent, and says which. When one was sent a moment ago, that one is still good. */
async function requestCode(context: Context, code: Code): Promise<void> {
  try {
    context.say(code.said(await code.send()));
  } catch (error) {
    if (!isWrong(error, "rate_limited")) throw error;
    context.say(context.texts.codeStillThere);
  }
}

/** Proves by what was given, by standard input, or by asking until it is right. @throws PliError `wrong_code`, `code_expired`… */
async function proveByCode(context: Context, code: Code): Promise<void> {
  const { texts } = context;
  if (code.given !== undefined) {
    await code.prove(code.given);
    return;
  }
  await requestCode(context, code);
  if (code.fromStdin) {
    await code.prove(await readLine(context));
    return;
  }
  if (!canAsk(context)) throw new Refused(code.needed, code.neededText);
  for (;;) {
    try {
      await code.prove(await ask(context, code.question));
      return;
    } catch (error) {
      if (isWrong(error, "wrong_code", "bad_input") && error.details.triesLeft !== 0) context.say(texts.codeWrong);
      else if (isWrong(error, "code_expired")) {
        context.say(texts.codeTooOld);
        await requestCode(context, code);
      } else throw error;
    }
  }
}

/** Mailbox first, then number: each where it is asked for and not proven yet. */
async function prove(context: Context, t: Transport, info: GrantInfo, values: Values): Promise<void> {
  const { factors, device } = info;
  if (factors.mailboxCode && !device.mailboxProven) await proveByCode(context, mailboxCode(context, t, info, values));
  if (factors.smsCode && !device.smsProven) await proveByCode(context, smsCode(context, t, info, values));
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
  for (const option of ["code-stdin", "sms-code-stdin"] as const) {
    if (!values[option] || values["password-file"] !== "-") continue;
    throw new UsageError(context.texts.oneOf({ options: `--${option}, --password-file -` }));
  }
  const link = parseLink(linkText);
  const { t, saved } = await asDevice(context, link.origin);
  try {
    const info = await getGrantInfo(t, link.grantId, context.signal);
    const isRunning = info.device.openUntil !== undefined;
    if (info.state !== "active" && !isRunning) throw new PliError(info.state);
    if (!isRunning) await prove(context, t, info, values);
    const entering = { link, info, values };
    const opened = await openWithPassword(context, t, entering).catch(async (error: unknown) => {
      // The hour ended just now, or the server wants the mailbox or the number again.
      if (!isWrong(error, "mailbox_proof_required", "sms_proof_required") || !isRunning) throw error;
      await prove(context, t, info, values);
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
