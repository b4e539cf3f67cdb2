/** `pli secret`: a one-time link out of the text on standard input (spec: exchanges.md S1). */
import { createSecret } from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import { LIMITS } from "@pli/core/wire";
import { formatShortDateTime } from "@pli/texts/format";
import { type Command, UsageError } from "../command.ts";
import { asMember } from "../connect.ts";
import { parseCount, parseExpiry, readPassword } from "../message-input.ts";
import { canAsk, readSecret } from "../terminal.ts";

export const secret: Command = {
  name: "secret",
  options: ["views", "expires", "password-file", "password", "reference", "json"],
  async run(context, { values }) {
    const { texts, language, signal } = context;
    if (values["password-file"] === "-") {
      throw new UsageError(texts.wrongValue({ option: "--password-file", value: "-" }));
    }
    const { secretViewsMin, secretViewsMax, secretViewsDefault } = LIMITS;
    const views =
      values.views === undefined
        ? secretViewsDefault
        : parseCount(context, "--views", values.views, secretViewsMin, secretViewsMax);
    const expiresAt = parseExpiry(context, values.expires ?? `${LIMITS.secretExpiryDefaultHours}h`, {
      leastHours: LIMITS.secretExpiryMinMinutes / 60,
      mostHours: LIMITS.secretExpiryMaxHours,
      nowMs: Date.now(),
    });
    const { t } = await asMember(context);
    const password = await readPassword(context, values);
    if (canAsk(context)) context.say(texts.typeSecret);
    const text = await readSecret(context, "-");
    if (text === "") throw new UsageError(texts.emptySecret);
    const { link, item } = await createSecret(t, nodeCrypto, {
      ...{ text, views, expiresAt, signal },
      ...(password !== undefined && { password }),
      ...(values.reference !== undefined && { reference: values.reference }),
    });
    if (values.json) {
      return context.printJson({ link, secretId: item.secretId, views, expiresAt: item.expiresAt });
    }
    context.say(texts.secretMade({ views, when: formatShortDateTime(language, Date.parse(item.expiresAt)) }));
    context.print(link);
  },
};
