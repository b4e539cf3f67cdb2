/** `pli logout`: this computer forgets server, token and keys. The token itself is revoked in the settings of the web page. */
import type { Command } from "../command.ts";
import { forgetAccount } from "../home.ts";

export const logout: Command = {
  name: "logout",
  options: ["json"],
  async run(context, { values }) {
    await forgetAccount(context.home);
    if (values.json) context.printJson({ loggedOut: true });
    else context.print(context.texts.loggedOut);
  },
};
