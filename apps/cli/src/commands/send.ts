/** `pli send` (spec: connectors.md C3; messages.md M3 to M9). */
import { createDraft, deleteDraft, prepareMessage, type Recipient, submitMessage, textToHtml } from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import { type Account, isMobileForm, LANGUAGES, LIMITS, NOTIFIES, PROTECTS, type RecipientType } from "@pli/core/wire";
import { checkPolicies } from "../check-policies.ts";
import { type Command, type Context, UsageError, type Values } from "../command.ts";
import { asMember, checkedAccount } from "../connect.ts";
import {
  parseAddresses,
  parseChoice,
  parseCount,
  parseExpiry,
  parseNumbers,
  readMessageText,
  readPassword,
} from "../message-input.ts";
import { findFiles, restrict, uploadFiles, viewOnlyNames } from "../send-files.ts";

/** Everybody once, in the first role that is named, with their numbers. @throws UsageError when there is nobody */
function readRecipients(context: Context, values: Values, country: string | undefined): readonly Recipient[] {
  const byAddress = new Map<string, Recipient>();
  for (const type of ["to", "cc", "bcc"] satisfies RecipientType[]) {
    for (const person of parseAddresses(context, `--${type}`, values[type] ?? [])) {
      const key = person.address.toLowerCase();
      if (!byAddress.has(key)) byAddress.set(key, { ...person, type });
    }
  }
  if (byAddress.size === 0) throw new UsageError(context.texts.missing({ option: "--to" }));
  for (const option of ["mobile", "sms"] as const) {
    for (const { address, mobile } of parseNumbers(context, `--${option}`, values[option] ?? [], country)) {
      const person = byAddress.get(address.toLowerCase());
      if (person === undefined) throw new UsageError(context.texts.noRecipient({ address }));
      byAddress.set(address.toLowerCase(), { ...person, mobile, ...(option === "sms" && { smsCode: true }) });
    }
  }
  const recipients = [...byAddress.values()];
  if (values.delivery === "sms") {
    const without = recipients.find(({ address, mobile }) => mobile === undefined && !isMobileForm(address));
    if (without !== undefined) throw new UsageError(context.texts.missing({ option: `--mobile ${without.address}=…` }));
  }
  return recipients;
}

/** What was asked for, completed by the member's own defaults. */
function readPolicy(
  context: Context,
  values: Values,
  account: Account,
  password: string | undefined,
  recipients: readonly Recipient[],
) {
  const { defaults } = account;
  const choose = <T extends string>(
    option: "language" | "delivery" | "notify" | "protect",
    choices: readonly T[],
    standard: T,
  ) => {
    const given = values[option];
    return given === undefined ? standard : parseChoice(context, `--${option}`, given, choices);
  };
  // With nothing to seal, or without a mail to say it in, only the whole message can be sealed.
  const delivery = choose("delivery", ["mail", "sms", "link"] as const, "mail");
  const canTell =
    delivery === "mail" && values.attach !== undefined && !recipients.some(({ address }) => isMobileForm(address));
  const protect = choose("protect", PROTECTS, canTell ? defaults.protect : "message");
  if (protect === "attachments" && !canTell) {
    throw new UsageError(context.texts.wrongValue({ option: "--protect", value: protect }));
  }
  const openings = values.openings;
  const expires = values.expires ?? `${defaults.expiryHours}h`;
  return {
    ...(password !== undefined && { password }),
    openings:
      openings !== undefined
        ? parseCount(context, "--openings", openings, LIMITS.openingsMin, LIMITS.openingsMax)
        : password === undefined && !recipients.every(({ smsCode }) => smsCode)
          ? defaults.openings
          : defaults.openingsWithFactor,
    expiresAt: parseExpiry(context, expires, {
      leastHours: LIMITS.expiryMinHours,
      mostHours: LIMITS.expiryMaxHours,
      nowMs: Date.now(),
    }),
    // not named: the recipient's browser chooses
    ...(values.language !== undefined && { language: parseChoice(context, "--language", values.language, LANGUAGES) }),
    delivery,
    protect,
    notify: choose("notify", NOTIFIES, defaults.notify),
    ...(values.reference !== undefined && { reference: values.reference }),
    ...(values.hold !== undefined && { holdSeconds: parseCount(context, "--hold", values.hold, 0, 300) }),
  };
}

export const send: Command = {
  name: "send",
  options: [
    "to",
    "cc",
    "bcc",
    "subject",
    "text",
    "text-file",
    "attach",
    "view-only",
    "password-file",
    "password",
    "openings",
    "expires",
    "language",
    "delivery",
    "sms",
    "mobile",
    "reference",
    "notify",
    "protect",
    "hold",
    "json",
  ],
  async run(context, { values }) {
    const { texts, signal } = context;
    if (values.subject === undefined) throw new UsageError(texts.missing({ option: "--subject" }));
    if (values["text-file"] === "-" && values["password-file"] === "-") {
      throw new UsageError(texts.oneOf({ options: "--text-file -, --password-file -" }));
    }
    const member = await asMember(context);
    const text = await readMessageText(context, values);
    const password = await readPassword(context, values);
    const files = await findFiles(context, values.attach ?? []);
    const viewOnly = viewOnlyNames(context, files, values["view-only"] ?? []);
    const account = await checkedAccount(member);
    const recipients = readRecipients(context, values, account.mobileCountry);
    const policy = readPolicy(context, values, account, password, recipients);
    checkPolicies(account, policy, recipients, Date.now());
    const { t, kept } = member;

    const { draft, contentKey } = await createDraft(t, nodeCrypto, { signal });
    const prepared = await (async () => {
      const { upload, attachments } = await uploadFiles(context, t, { draft, contentKey, files });
      return prepareMessage(t, nodeCrypto, {
        draft,
        contentKey,
        upload,
        account: { keyring: { kemPublic: kept.kemPublic } },
        message: {
          subject: values.subject ?? "",
          html: textToHtml(text),
          text,
          from: { name: account.name, address: account.address },
          recipients,
          attachments: restrict(attachments, viewOnly),
        },
        policy,
        signal,
      });
    })().catch(async (error: unknown) => {
      await deleteDraft(t, draft.envelopeId).catch(() => undefined);
      throw error;
    });
    const { envelopeId } = await submitMessage(t, prepared, signal);
    const { links } = prepared;
    if (values.json) return context.printJson({ envelopeId, grants: links });
    context.say(texts.sent({ count: links.length }));
    context.print(texts.envelope({ id: envelopeId }));
    if (policy.delivery === "link") {
      context.say(texts.passOn);
      for (const { to, link } of links) context.print(`${to}  ${link}`);
    }
  },
};
