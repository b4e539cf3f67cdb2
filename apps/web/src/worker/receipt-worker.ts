/** Receipts of replies: sealed and opened here, off the page's thread. Asks no server for anything. */
import { webCrypto } from "@pli/core/crypto-web";
import { openReceipt, type Receipt, sealReceipt } from "@pli/core/sealing";
import { passwordProcedures } from "./app-passwords.ts";
import { serve } from "./rpc.ts";

const procedures = {
  ...passwordProcedures,
  /** @throws PliError `bad_input` */
  async seal({ receipt, password }: { receipt: Receipt; password: string }): Promise<Blob> {
    const bytes = await sealReceipt(webCrypto, receipt, { password });
    return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/octet-stream" });
  },
  /** @throws PliError `wrong_password`, `bad_input`, `unsupported_version` */
  async open({ file, password }: { file: Blob; password: string }): Promise<Receipt> {
    return openReceipt(webCrypto, new Uint8Array(await file.arrayBuffer()), password);
  },
};

export type ReceiptProcedures = typeof procedures;
serve(procedures);
