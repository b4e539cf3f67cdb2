/** `pli reveal LINK`: uses one view of a one-time secret and prints its text alone on stdout (spec: exchanges.md S1). */
import { getSecretInfo, revealSecret } from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import { PliError } from "@pli/core/errors";
import { parseLink } from "@pli/core/sealing";
import type { Language } from "@pli/texts/languages";
import { loadSecret } from "@pli/texts/secret";
import { type Command, Refused } from "../command.ts";
import { asDevice } from "../connect.ts";
import { ask, canAsk, readSecret } from "../terminal.ts";

/** The general words for these codes speak of messages. */
async function asOfSecret(error: unknown, language: Language): Promise<unknown> {
  if (!(error instanceof PliError)) return error;
  const { code } = error;
  if (code !== "expired" && code !== "used_up" && code !== "destroyed") return error;
  const { title, text } = (await loadSecret[language]()).refused[code];
  return new Refused(code, `${title}. ${text}`);
}

export const reveal: Command = {
  name: "reveal",
  positionals: { shown: "LINK", least: 1, most: 1 },
  options: ["password-file", "json"],
  async run(context, { values, positionals: [text = ""] }) {
    const { texts, signal, language } = context;
    const link = parseLink(text, "s");
    const { t, saved } = await asDevice(context, link.origin);
    try {
      const info = await getSecretInfo(t, link.grantId, signal);
      if (info.state !== "active") throw new PliError(info.state);
      let password: string | undefined;
      if (info.passwordParams !== undefined) {
        const file = values["password-file"];
        if (file === undefined && !canAsk(context)) throw new Refused("wrong_password", texts.secretPasswordNeeded);
        password =
          file === undefined
            ? await ask(context, texts.askSecretPassword, { secret: true })
            : await readSecret(context, file);
      }
      const revealed = await revealSecret(t, nodeCrypto, { link, info, password });
      if (values.json) return context.printJson(revealed);
      context.print(revealed.text);
      const { viewsLeft } = revealed;
      context.say(viewsLeft === 0 ? texts.lastView : texts.viewsLeft({ count: viewsLeft }));
    } catch (error) {
      throw await asOfSecret(error, language);
    } finally {
      await saved();
    }
  },
};
