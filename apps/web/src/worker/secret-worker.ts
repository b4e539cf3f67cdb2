/** Where the keys of a one-time secret live: derives, asks for one view, decrypts. The page gets the text, which a person asked to see. */
import { type RevealedSecret, revealSecret } from "@pli/client/open";
import { webCrypto } from "@pli/core/crypto-web";
import type { LinkSecret } from "@pli/core/sealing";
import type { PasswordParams } from "@pli/core/wire";
import { transport } from "./open-transport.ts";
import { serve } from "./rpc.ts";

const t = transport();

const procedures = {
  /** Uses one view, each time. @throws PliError of revealSecret */
  reveal(input: {
    secretId: string;
    linkSecret: string;
    password?: string | undefined;
    passwordParams?: PasswordParams | undefined;
  }): Promise<RevealedSecret> {
    const { secretId, linkSecret, password, passwordParams } = input;
    // its form was checked by the page, its bytes are by the derivation
    const link = { grantId: secretId, linkSecret: linkSecret as LinkSecret };
    return revealSecret(t, webCrypto, { link, password, info: passwordParams ? { passwordParams } : {} });
  },
};

export type SecretProcedures = typeof procedures;
serve(procedures);
