/** M24: what is said in a conversation is wrapped for one grant of one message, and opens nowhere else. */
import { fromBase64url, toBase64url } from "../../src/bytes.ts";
import {
  createGrant,
  newContentKey,
  openBytes,
  sealBytes,
  type Thread,
  unwrapFromThread,
  wrapForThread,
} from "../../src/sealing/index.ts";
import { flipped, type Harness, refused, same, sameBytes, withRandomness } from "../harness.ts";

export function threadSuite({ crypto, test }: Harness): void {
  async function newThread(): Promise<Thread> {
    const messageKey = newContentKey(crypto);
    const { grantId, linkSecret } = await createGrant(crypto, { contentKey: messageKey });
    return { grantId, linkSecret, messageKey };
  }

  test("M24: the key that is wrapped for a conversation is HKDF of both halves, as the protocol says", async () => {
    const thread = await newThread();
    const contentKey = newContentKey(crypto);
    const nonce = crypto.randomBytes(12);
    const wrapped = fromBase64url(
      await wrapForThread(withRandomness(crypto, nonce), thread, { envelopeId: "01k5reply", contentKey }),
      60,
    );
    const input = new Uint8Array([...thread.messageKey, ...fromBase64url(thread.linkSecret)]);
    const key = await crypto.hkdfSha256(input, fromBase64url(thread.grantId), "pli/1/thread", 32);
    const aead = await crypto.aes256Gcm(key);
    sameBytes(wrapped.subarray(0, 12), nonce, "nonce");
    sameBytes(await aead.open(nonce, wrapped.subarray(12), new TextEncoder().encode("01k5reply")), contentKey, "key");
  });

  test("M24: what was said opens in its own conversation and at its own place only", async () => {
    const thread = await newThread();
    const other = await newThread();
    const contentKey = newContentKey(crypto);
    const said = { envelopeId: "01k5said", wrappedKey: "" };
    said.wrappedKey = await wrapForThread(crypto, thread, { envelopeId: said.envelopeId, contentKey });
    sameBytes(await unwrapFromThread(crypto, thread, said), contentKey, "opened");
    const wrong: readonly Thread[] = [
      { ...thread, messageKey: other.messageKey },
      { ...thread, linkSecret: other.linkSecret },
      { ...thread, grantId: other.grantId },
    ];
    for (const [at, one] of wrong.entries()) {
      await refused("integrity", () => unwrapFromThread(crypto, one, said), `conversation ${at}`);
    }
    await refused("integrity", () => unwrapFromThread(crypto, thread, { ...said, envelopeId: "01k5else" }), "place");
    const bytes = fromBase64url(said.wrappedKey);
    for (const at of [0, 12, 43, 59]) {
      const wrappedKey = toBase64url(flipped(bytes, at));
      await refused("integrity", () => unwrapFromThread(crypto, thread, { ...said, wrappedKey }), `byte ${at}`);
    }
    for (const wrappedKey of ["", said.wrappedKey.slice(2), `${said.wrappedKey}AA`, "!"]) {
      await refused("integrity", () => unwrapFromThread(crypto, thread, { ...said, wrappedKey }), "length");
    }
    const sealed = await sealBytes(crypto, { contentKey, part: 0 }, new Uint8Array([1, 2, 3]));
    const opened = await openBytes(
      crypto,
      { contentKey: await unwrapFromThread(crypto, thread, said), part: 0 },
      sealed,
    );
    same(opened.join(), "1,2,3", "content");
  });
}
