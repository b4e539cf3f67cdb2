/** One-time secrets in the members' worker: sealed here. The page gets the link, which a person must see once, and nothing keeps it. */
import { createSecret, textSecret } from "@pli/client";
import { webCrypto } from "@pli/core/crypto-web";
import type { Language, SecretItem } from "@pli/core/wire";
import { transport } from "./app-transport.ts";

export const secretProcedures = {
  /** @param input.expiresAt ISO 8601. @throws PliError of createSecret */
  makeSecret(input: {
    text: string;
    views: number;
    expiresAt: string;
    password?: string | undefined;
    reference?: string | undefined;
  }): Promise<{ readonly link: string; readonly item: SecretItem }> {
    const { text, views, expiresAt, password, reference } = input;
    return createSecret(transport, webCrypto, {
      ...{ text, views, expiresAt },
      ...(password !== undefined && { password }),
      ...(reference !== undefined && { reference }),
    });
  },

  /** Its link by SMS. @throws PliError of textSecret */
  textSecret: (sms: { link: string; mobile: string; language: Language }): Promise<void> =>
    textSecret(transport, webCrypto, sms),
};
