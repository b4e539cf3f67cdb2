/**
 * Makes our own published vectors (vectors/*.json beside those of the independent implementation): sealed boxes, own values, key slots,
 * manifests, commitments, secrets, receipts and one whole envelope. Every run gives the same bytes (fixed-bytes.ts); a suite makes them again and
 * compares. write-vectors.ts writes the files.
 */
import { fromBase64url, fromUtf8, toBase64url, toHex, utf8 } from "../src/bytes.ts";
import { sealBytes } from "../src/sealing/content.ts";
import { INFO_REPLY, INFO_SELF, sealTo } from "../src/sealing/hpke.ts";
import { deriveKeyring } from "../src/sealing/keyring.ts";
import { asContentKey, asSeed, asSenderKey } from "../src/sealing/keys.ts";
import { formatLink } from "../src/sealing/links.ts";
import { decodeManifest, encodeManifest, type Manifest } from "../src/sealing/manifest.ts";
import { createGrant } from "../src/sealing/new-grant.ts";
import type { CryptoProvider } from "../src/sealing/provider.ts";
import { recoveryWords } from "../src/sealing/recovery-words.ts";
import { type OwnPlace, sealOwn } from "../src/sealing/sender-key.ts";
import { createDeviceSlot, createPasskeySlot, createPassphraseSlot, createRecoverySlot } from "../src/sealing/slots.ts";
import { computeCommitment } from "../src/verify.ts";
import { BINARY, fixed, fixedCrypto, PLAIN_COST } from "./fixed-bytes.ts";
import { withRandomness } from "./harness.ts";
import { makeReceipts, makeSecrets } from "./make-file-vectors.ts";

async function makeSealed(crypto: CryptoProvider) {
  const seed = asSeed(await fixed(crypto, "sealed/seed", 32));
  const { kemPrivate, kemPublic } = await deriveKeyring(crypto, seed);
  const cases = [];
  for (const [name, info, associatedData, plaintext] of [
    ["sender-key", INFO_SELF, "01K5ENVELOPE", await fixed(crypto, "sealed/key", 32)],
    ["reply", INFO_REPLY, "01K5REPLY", await fixed(crypto, "sealed/reply", 32)],
    ["empty", INFO_SELF, "é", new Uint8Array(0)],
  ] as const) {
    const encapsulationSeed = await fixed(crypto, `sealed/${name}`, 64);
    const random = withRandomness(crypto, encapsulationSeed);
    const sealed = await sealTo(random, { publicKey: kemPublic, info, associatedData, plaintext });
    cases.push({
      name,
      info,
      associatedData,
      plaintext: toBase64url(plaintext),
      encapsulationSeed: toBase64url(encapsulationSeed),
      sealed: toBase64url(sealed),
    });
  }
  return {
    about: `Z12, Z13: sealed = enc (1120) || ciphertext || tag by HPKE base mode, single shot (RFC 9180): KEM X-Wing 0x647a, HKDF-SHA256, AES-256-GCM; info as given; associated data = the id as UTF-8. encapsulationSeed = the 64 bytes of X-Wing's EncapsulateDerand. ${BINARY}`,
    seed: toBase64url(seed),
    kemPrivate: toBase64url(kemPrivate),
    kemPublicSha256: toHex(await crypto.sha256(kemPublic)),
    cases,
  };
}

async function makeOwn(crypto: CryptoProvider) {
  const senderKey = asSenderKey(await fixed(crypto, "own/sender-key", 32));
  const cases = [];
  const envelopeId = "01K5ENVELOPE";
  const link: OwnPlace = { envelopeId, purpose: "link", grantId: "AAECAwQFBgcICQoLDA0ODw" };
  for (const [name, place, value] of [
    ["content-key", { envelopeId, purpose: "key" }, await fixed(crypto, "own/key", 32)],
    ["summary", { envelopeId, purpose: "summary" }, utf8('{"subject":"Été à Nöel","attachments":[]}')],
    ["link-secret", link, await fixed(crypto, "own/link", 32)],
    ["empty", { envelopeId: "é", purpose: "summary" }, new Uint8Array(0)],
  ] as const satisfies readonly (readonly [string, OwnPlace, Uint8Array])[]) {
    const nonce = await fixed(crypto, `own/${name}/nonce`, 12);
    const sealed = await sealOwn(withRandomness(crypto, nonce), senderKey, place, value);
    cases.push({ name, ...place, value: toBase64url(value), nonce: toBase64url(nonce), sealed: toBase64url(sealed) });
  }
  return {
    about: `Z12: sealed = nonce (12) || AES-256-GCM(own key, nonce, value, associated data = grantId where there is one, else envelopeId); own key = HKDF-SHA256(senderKey, salt = envelopeId, info = 'pli/1/self/PURPOSE'), 32 bytes; ids as UTF-8 text. ${BINARY}`,
    senderKey: toBase64url(senderKey),
    cases,
  };
}

async function makeSlots(crypto: CryptoProvider) {
  const seed = asSeed(await fixed(crypto, "slots/seed", 32));
  const recoverySecret = await fixed(crypto, "slots/recovery/1", 20);
  const deviceKey = await fixed(crypto, "slots/device-key", 32);
  const prf = await fixed(crypto, "slots/prf", 32);
  const passphrase = "un coffre à 3 clés";
  const recovery = await createRecoverySlot(await fixedCrypto(crypto, "slots/recovery", 16, 20, 12), {
    seed,
    name: "Recovery kit",
    language: "en",
  });
  return {
    about: `Z10: wrappedSeed = nonce (12) || AES-256-GCM(KEK, nonce, seed, associated data 'pli/1/slot/KIND/SLOTID'), SLOTID as text; KEK = HKDF-SHA256(secret, salt = slot id as 16 bytes, info 'pli/1/slot/KIND'), 32 bytes; secret = Argon2id of the passphrase (NFKC, UTF-8), the 20 bytes of the recovery code, or the 32 bytes of the passkey's PRF for the input 'pli/1/slot/passkey'; for a device the KEK is the device's key itself. words = BIP-39, 160 bits. ${BINARY}`,
    seed: toBase64url(seed),
    passphrase: {
      text: passphrase,
      slot: await createPassphraseSlot(await fixedCrypto(crypto, "slots/passphrase", 16, 16, 12), {
        seed,
        passphrase,
        name: "Passphrase",
        argon2: PLAIN_COST,
      }),
    },
    recovery: {
      hex: toHex(recoverySecret),
      words: {
        en: (await recoveryWords(recoverySecret, "en")).join(" "),
        fr: (await recoveryWords(recoverySecret, "fr")).join(" "),
      },
      slot: recovery.slot,
    },
    device: {
      deviceKey: toBase64url(deviceKey),
      slot: await createDeviceSlot(await fixedCrypto(crypto, "slots/device", 16, 12), {
        seed,
        name: "This device",
        deviceKey: await crypto.aes256Gcm(deviceKey),
      }),
    },
    passkey: {
      prf: toBase64url(prf),
      slot: await createPasskeySlot(await fixedCrypto(crypto, "slots/passkey", 16, 12), {
        seed,
        name: "Passkey",
        credentialId: toBase64url(await fixed(crypto, "slots/credential", 16)),
        prf,
      }),
    },
  };
}

/** A manifest with every field. */
function fullManifest(replyKey: string, partSha256: string): Manifest {
  return {
    v: 1,
    kind: "message",
    subject: "Votre dossier n° 42 – pièces",
    body: { html: "<p>Bonjour,<br>voici les pièces.</p>", text: "Bonjour,\nvoici les pièces." },
    from: { name: "Claire Martin", address: "claire@mairie.example" },
    to: [
      { name: "Jean Petit", address: "jean@courriel.example", type: "to" },
      { address: "greffe@courriel.example", type: "cc" },
    ],
    createdAt: "2026-11-23T09:30:00.000Z",
    attachments: [
      {
        parts: [1],
        name: "été.txt",
        mediaType: "text/plain",
        sizeBytes: 20,
        sha256: partSha256,
        restriction: "view-only",
      },
    ],
    replyKey,
    inReplyTo: "01K5EARLIER",
  };
}

async function makeManifest(crypto: CryptoProvider, replyKey: string) {
  const full = fullManifest(replyKey, toBase64url(await fixed(crypto, "part", 32)));
  const { v, body, from, createdAt } = full;
  const least: Manifest = { v, kind: "reply", subject: "", body, from, to: [], createdAt, attachments: [] };
  const long: Manifest = { ...least, body: { html: "", text: "é".repeat(40_000) } };
  const cases = [];
  for (const [name, manifest] of [
    ["every-field", full],
    ["least", least],
    ["long", long],
  ] as const) {
    const bytes = encodeManifest(manifest);
    const listed = name === "long" ? { bodyText: "é, 40000 times; the rest as in 'least'" } : { manifest };
    cases.push({ name, ...listed, encodedBytes: bytes.length, encodedSha256: toHex(await crypto.sha256(bytes)) });
  }
  return {
    about: `Z3: the manifest as UTF-8 JSON, fields in the order shown, then 'pad' (spaces) up to a size class: 2048 and its doublings to 65536 bytes, above that Padmé. Readers ignore pad and unknown fields. ${BINARY}`,
    cases,
    mustBeRefused: [
      { change: { v: 2 }, code: "unsupported_version" },
      { change: { kind: "telegram" }, code: "unsupported_version" },
      { change: { v: "1" }, code: "integrity" },
      { change: { v: 0 }, code: "integrity" },
      { change: { subject: null }, code: "integrity" },
      { change: { body: [] }, code: "integrity" },
      { change: { from: "claire" }, code: "integrity" },
      { change: { to: [{ address: "x@courriel.example", type: "bcc" }] }, code: "integrity" },
      { change: { createdAt: "yesterday" }, code: "integrity" },
      { change: { createdAt: "2026-13-45T09:30:00Z" }, code: "integrity" },
      { change: { attachments: {} }, code: "integrity" },
      { change: { replyKey: "AAAA" }, code: "integrity" },
    ],
  };
}

async function makeCommitment(crypto: CryptoProvider) {
  const cases = [];
  for (const parts of [1, 2, 5]) {
    const digests = await Promise.all(
      Array.from({ length: parts }, (_, i) => fixed(crypto, `digest/${parts}/${i}`, 32)),
    );
    const commitment = await computeCommitment(digests, crypto.sha256);
    cases.push({ digests: digests.map(toBase64url), commitment: toBase64url(commitment) });
  }
  return {
    about: `Z16: commitment = SHA-256(digest of the manifest's ciphertext || digest of part 1's || ...), digests by SHA-256. ${BINARY}`,
    cases,
  };
}

async function makeEnvelope(crypto: CryptoProvider, replyKey: string) {
  const contentKey = asContentKey(await fixed(crypto, "envelope/key", 32));
  const file = utf8("Bonjour de Pli. Été.\n");
  const manifest = fullManifest(replyKey, toBase64url(await crypto.sha256(file)));
  const [attachment] = manifest.attachments;
  const encoded = encodeManifest({
    ...manifest,
    attachments: attachment === undefined ? [] : [{ ...attachment, sizeBytes: file.length }],
  });
  const part = await sealBytes(await fixedCrypto(crypto, "envelope/part", 32, 7), { contentKey, part: 1 }, file);
  const sealedManifest = await sealBytes(
    await fixedCrypto(crypto, "envelope/0", 32, 7),
    { contentKey, part: 0 },
    encoded,
  );
  const password = "correct horse battery staple";
  const random = await fixedCrypto(crypto, "envelope/grant", 16, 32, 16, 12);
  const { linkSecret, ...grant } = await createGrant(random, { contentKey, password, argon2: PLAIN_COST });
  const digests = [await crypto.sha256(sealedManifest), await crypto.sha256(part)];
  return {
    about: `Z17: one envelope from link and password to text and file. parts[0] is the manifest's stream, parts[1] the attachment's. ${BINARY}`,
    link: formatLink("https://pli.example", grant.grantId, linkSecret),
    password,
    grant,
    contentKey: toBase64url(contentKey),
    manifest: decodeManifest(encoded),
    fileText: fromUtf8(file),
    parts: [toBase64url(sealedManifest), toBase64url(part)],
    commitment: toBase64url(await computeCommitment(digests, crypto.sha256)),
  };
}

/** Every file of ours, by name. */
export async function makeVectors(crypto: CryptoProvider): Promise<Readonly<Record<string, object>>> {
  const sealed = await makeSealed(crypto);
  const { kemPublic } = await deriveKeyring(crypto, asSeed(fromBase64url(sealed.seed)));
  const replyKey = toBase64url(kemPublic);
  return {
    sealed,
    own: await makeOwn(crypto),
    slots: await makeSlots(crypto),
    manifest: await makeManifest(crypto, replyKey),
    commitment: await makeCommitment(crypto),
    envelope: await makeEnvelope(crypto, replyKey),
    secrets: await makeSecrets(crypto),
    receipts: await makeReceipts(crypto),
  };
}
