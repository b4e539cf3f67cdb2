/** Published vectors of what stands alone beside messages: one-time secrets (S1) and receipts of replies (M16). */
import { toBase64url } from "../src/bytes.ts";
import { formatLink } from "../src/sealing/links.ts";
import type { CryptoProvider } from "../src/sealing/provider.ts";
import { type Receipt, sealReceipt } from "../src/sealing/receipts.ts";
import { sealSecret } from "../src/sealing/secrets.ts";
import { BINARY, fixed, fixedCrypto, PLAIN_COST } from "./fixed-bytes.ts";

export async function makeSecrets(crypto: CryptoProvider) {
  const cases = [];
  for (const [name, text, password] of [
    ["plain", "Zebra-42-Été", undefined],
    ["password", "ligne 1\nligne 2 « 3 »", "correct horse battery staple"],
  ] as const) {
    const protection = password === undefined ? {} : { password, argon2: PLAIN_COST };
    const lengths = [32, 16, 32, ...(password === undefined ? [] : [16]), 12, 12];
    const random = await fixedCrypto(crypto, `secrets/${name}`, ...lengths);
    const { linkSecret, ...secret } = await sealSecret(random, { text, ...protection });
    cases.push({
      name,
      link: formatLink("https://pli.example", secret.grantId, linkSecret, "s"),
      ...(password === undefined ? {} : { password }),
      secret,
      text,
    });
  }
  return {
    about: `S1: grantId, wrappedKey, verifierSha256, passwordParams as in grant.json; content = nonce (12) || AES-256-GCM(key, nonce, plain, associated data = id), key = HKDF-SHA256(content key, salt = id, info = 'pli/1/secret'), 32 bytes; plain = UTF-8 JSON {v, text, pad}, padded like a manifest. ${BINARY}`,
    cases,
  };
}

export async function makeReceipts(crypto: CryptoProvider) {
  const digest = async (label: string) => toBase64url(await fixed(crypto, `receipts/${label}`, 32));
  const full: Receipt = {
    v: 1,
    origin: "https://pli.example",
    envelopeId: "01K5REPLY",
    inReplyTo: "01K5ENVELOPE",
    createdAt: "2026-11-23T09:41:07.250Z",
    sentAt: "2026-11-23T09:41:09.000Z",
    commitment: await digest("commitment"),
    from: { name: "", address: "jean@courriel.example" },
    to: [
      { name: "Claire Martin", address: "claire@mairie.example" },
      { name: "", address: "greffe@courriel.example" },
    ],
    subject: "Re: Votre dossier n° 42",
    text: "Bonjour,\nvoici les pièces : « été » 📎",
    files: [{ name: "relevé n° 7.pdf", sizeBytes: 48_213, sha256: await digest("file") }],
  };
  const least: Receipt = { ...full, to: full.to.slice(0, 1), subject: "", text: "", files: [] };
  const cases = [];
  for (const [name, receipt, password] of [
    ["every-field", full, "ﬁn d’e\u0301te\u0301 42"],
    ["least", least, "correct horse battery staple"],
  ] as const) {
    const random = await fixedCrypto(crypto, `receipts/${name}`, 16, 32, 7);
    const file = await sealReceipt(random, receipt, { password, argon2: PLAIN_COST });
    cases.push({ name, password, receipt, file: toBase64url(file) });
  }
  return {
    about: `M16: file = 'pli/1/receipt' || 0x0a || salt (16) || memory in KiB || passes || lanes (each uint32, big-endian) || the receipt as UTF-8 JSON, sealed as a manifest's stream (content.json) under key; key = HKDF-SHA256(Argon2id of the password (NFKC, UTF-8) with these, the same salt, info 'pli/1/receipt'), 32 bytes. ${BINARY}`,
    cases,
  };
}
