/** `pli secrets`: my one-time secrets, newest first. Their links are not among it: nobody keeps them. */
import { listSecrets } from "@pli/client";
import type { SecretItem } from "@pli/core/wire";
import { formatShortDateTime } from "@pli/texts/format";
import type { Command } from "../command.ts";
import { asMember } from "../connect.ts";

export const secrets: Command = {
  name: "secrets",
  options: ["json"],
  async run(context, { values }) {
    const { texts, language } = context;
    const { t } = await asMember(context);
    const found: SecretItem[] = [];
    let cursor: string | undefined;
    do {
      const page = await listSecrets(t, cursor);
      found.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    if (values.json) return context.printJson(found);
    if (found.length === 0) context.say(texts.noSecrets);
    for (const { secretId, createdAt, state, viewsLeft, viewsTotal, reference } of found) {
      const when = formatShortDateTime(language, Date.parse(createdAt));
      const views = texts.viewsOf({ left: viewsLeft, total: viewsTotal });
      context.print([secretId, when, texts.secretStates[state], views, reference ?? ""].join("  ").trimEnd());
    }
  },
};
