/** `pli destroy`: one of my one-time secrets shows nothing any more (spec: exchanges.md S1; protocol.md Z8). */
import { destroySecret } from "@pli/client";
import { parseLink } from "@pli/core/sealing";
import { type Command, UsageError } from "../command.ts";
import { asMember } from "../connect.ts";

const ID = /^[\w-]{22}$/;

export const destroy: Command = {
  name: "destroy",
  positionals: { shown: "LINK|ID", least: 1, most: 1 },
  options: ["json"],
  async run(context, { values, positionals: [text = ""] }) {
    const { texts } = context;
    const { t } = await asMember(context);
    const link = ID.test(text) ? null : parseLink(text, "s");
    // Another server may have something of that id.
    if (link !== null && link.origin !== t.origin) {
      throw new UsageError(texts.wrongValue({ option: "LINK", value: link.origin }));
    }
    const secretId = link?.grantId ?? text;
    await destroySecret(t, secretId);
    if (values.json) return context.printJson({ secretId, destroyed: true });
    context.print(texts.secretDestroyed);
  },
};
