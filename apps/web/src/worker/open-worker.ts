/**
 * Where a recipient's keys live: derives, opens, downloads, decrypts. The page gets the manifest, progress and finished files; the content
 * key, what unwraps it and the plaintext in between never leave this worker. What the text does not need is loaded when it is asked for.
 */
import { openGrant, proveMailbox, readManifest, requestCopy } from "@pli/client/open";
import { webCrypto } from "@pli/core/crypto-web";
import { PliError } from "@pli/core/errors";
import type { ContentKey, LinkSecret, Manifest } from "@pli/core/sealing";
import type { CopyRequestCreation, MailboxProof, Opening, PasswordParams } from "@pli/core/wire";
import type { DownloadAllInput, DownloadInput, JobEvent, OpenFiles, PreviewInput } from "./open-files.ts";
import type { ReplyEvent, ReplyText } from "./open-reply.ts";
import type { Conversation } from "./open-thread.ts";
import { transport } from "./open-transport.ts";
import { type Call, serve } from "./rpc.ts";

/** What is open in this worker. */
export interface OpenMessage {
  readonly grantId: string;
  readonly linkSecret: LinkSecret;
  readonly contentKey: ContentKey;
  readonly opening: Opening;
  readonly manifest: Manifest;
  /** Not the message itself, but what was said after it: the entry's id. */
  readonly said?: string;
}
/** What the page may know of it. */
export interface OpenedMessage {
  readonly opening: Omit<Opening, "wrappedKey">;
  readonly manifest: Manifest;
}

const t = transport();
let message: OpenMessage | undefined;
const replies = () => import("./open-reply.ts");

function opened(): OpenMessage {
  if (!message) throw new PliError("opening_required");
  return message;
}

interface Where {
  /** Not of the message, but of this entry of its conversation. */
  readonly said?: string | undefined;
}

async function filesAt({ said: entry }: Where): Promise<OpenFiles> {
  let at = opened();
  if (entry) at = (await import("./open-thread.ts")).saidMessage(entry) ?? at;
  const { grantId, said, contentKey, opening, manifest } = at;
  return { source: { grantId, ...(said !== undefined && { said }) }, contentKey, parts: opening.parts, manifest };
}

const procedures = {
  /** @throws PliError `wrong_code`, `code_expired`, `rate_limited` */
  async proveMailbox({ grantId, ...proof }: MailboxProof & { grantId: string }): Promise<void> {
    await proveMailbox(t, grantId, proof);
  },
  /** Has a code sent by SMS; with one, proves the number. @throws PliError of sms-doors */
  async sms({ grantId, code }: { grantId: string; code?: string }) {
    return (await import("./open-sms.ts")).sms(t, grantId, code);
  },
  requestCopy: ({ grantId, reason }: CopyRequestCreation & { grantId: string }): Promise<void> =>
    requestCopy(t, grantId, reason),

  /**
   * Uses an opening, unless this browser has one running; with `proof`, proves the mailbox on the same way. Safe to call again after a
   * failure. @throws PliError of openGrant, readManifest
   */
  async open(input: {
    grantId: string;
    linkSecret: string;
    password?: string | undefined;
    passwordParams?: PasswordParams | undefined;
    proof?: MailboxProof | undefined;
  }): Promise<OpenedMessage> {
    const { grantId, linkSecret, password, passwordParams, proof } = input;
    // its form was checked by the page, its bytes are by the derivation
    const link = { grantId, linkSecret: linkSecret as LinkSecret };
    const info = passwordParams ? { passwordParams } : {};
    const given = { ...(password && { password }), ...(proof && { proof }) };
    const released = await openGrant(t, webCrypto, { link, info, withManifest: true, ...given });
    const { contentKey } = released;
    const { manifest: sealed, ...opening } = released.opening;
    const manifest = await readManifest(t, webCrypto, { source: { grantId }, contentKey, ...(sealed && { sealed }) });
    message = { ...link, contentKey, opening, manifest };
    const { wrappedKey: _kept, ...shown } = opening;
    return { opening: shown, manifest };
  },

  /** One attachment to its target, verified. @returns a Blob for targets of kind `browser` */
  async download(input: DownloadInput & Where, call: Call<JobEvent>): Promise<Blob | undefined> {
    const { download } = await import("./open-files.ts");
    return download(await filesAt(input), input, call);
  },
  /** All attachments as one ZIP (stored, ZIP64 when needed). */
  async downloadAll(input: DownloadAllInput & Where, call: Call<JobEvent>): Promise<Blob | undefined> {
    const { downloadAll } = await import("./open-files.ts");
    return downloadAll(await filesAt(input), input, call);
  },
  /** The beginning of an attachment for showing, or all of it. */
  async preview(input: PreviewInput & Where, call: Call<JobEvent>): Promise<Blob | undefined> {
    const { preview } = await import("./open-files.ts");
    return preview(await filesAt(input), input, call);
  },
  /** Pauses a running job, or lets it go on. */
  async steer({ job, paused }: { job: number; paused: boolean }): Promise<void> {
    const { steer } = await import("./open-files.ts");
    steer(job, paused);
  },

  /** What was said after the message. */
  async readThread(): Promise<Conversation> {
    const { readThread } = await import("./open-thread.ts");
    return readThread(opened(), t);
  },
  // What a reply is, and its state, is in open-reply.ts: loaded when somebody replies.
  say: async (input: Omit<ReplyText, "html" | "files">) => (await replies()).say(opened(), t, input),
  startReply: async () => (await replies()).startReply(opened(), t),
  addReplyFile: async (input: { id: number; file: File }, call: Call<ReplyEvent>) =>
    (await replies()).addReplyFile(input, call),
  removeReplyFile: async (input: { id: number }) => (await replies()).removeReplyFile(input),
  sendReply: async (input: ReplyText) => (await replies()).sendReply(input),
  dropReply: async () => (await replies()).dropReply(),
  readers: async () => (await replies()).readersOf(opened(), t),
};

export type OpenProcedures = typeof procedures;
serve(procedures);
