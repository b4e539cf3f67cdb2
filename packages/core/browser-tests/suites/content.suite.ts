/** Z2, Z4: content as a sealed stream. */
import fc from "fast-check";
import { concatBytes, fromBase64url, toBase64url } from "../../src/bytes.ts";
import {
  asContentKey,
  createSegmentOpener,
  createSegmentSealer,
  HEADER_BYTES,
  newContentKey,
  openBytes,
  openStream,
  partAssociatedData,
  plainBytes,
  SEGMENT_BYTES,
  type StreamKey,
  sealBytes,
  sealedBytes,
  sealStream,
  TAG_BYTES,
} from "../../src/sealing/index.ts";
import {
  collect,
  cut,
  digestIs,
  flipped,
  type Harness,
  ok,
  refused,
  same,
  sameBytes,
  streamOf,
  withRandomness,
} from "../harness.ts";
import { vectorPlaintext, vectors } from "../vectors.ts";

type Case = (typeof vectors.content.cases)[number];

function keyOf(vector: Case): StreamKey {
  const part = vector.associatedData === "pli/1/manifest" ? 0 : Number(vector.associatedData.split("/")[3]);
  return { contentKey: asContentKey(fromBase64url(vector.contentKey)), part };
}
function named(name: string): Case {
  const found = vectors.content.cases.find((vector) => vector.name === name);
  if (found === undefined) throw new Error(`no vector ${name}`);
  return found;
}

export function contentSuite({ crypto, test }: Harness): void {
  const seeded = (vector: Case) =>
    withRandomness(crypto, fromBase64url(vector.salt), fromBase64url(vector.noncePrefix));
  const sealVector = async (vector: Case) =>
    sealBytes(seeded(vector), keyOf(vector), await vectorPlaintext(crypto, vector.name, vector.plaintextBytes));
  const throughStream = async (stream: TransformStream<Uint8Array, Uint8Array>, pieces: Iterable<Uint8Array>) =>
    concatBytes(...(await collect(streamOf(pieces).pipeThrough(stream))));
  for (const vector of vectors.content.cases) {
    test(`Z2: content vector ${vector.name} seals and opens whole, in chunks and byte by byte`, async () => {
      const key = keyOf(vector);
      const plaintext = await vectorPlaintext(crypto, vector.name, vector.plaintextBytes);
      await digestIs(crypto, plaintext, vector.plaintextSha256, "plaintext");
      const sealed = await sealBytes(seeded(vector), key, plaintext);
      await digestIs(crypto, sealed, vector.ciphertextSha256, "ciphertext");
      same(sealed.length, vector.ciphertextBytes, "size");
      if (vector.ciphertext !== undefined) same(toBase64url(sealed), vector.ciphertext, "ciphertext");
      same(partAssociatedData(key.part), vector.associatedData, "associated data");
      same(sealedBytes(vector.plaintextBytes), vector.ciphertextBytes, "size foretold");
      same(plainBytes(vector.ciphertextBytes), vector.plaintextBytes, "size told");
      sameBytes(await openBytes(crypto, key, sealed), plaintext, "opened whole");

      for (const size of [1, 65_521, 262_128, 1_000_003]) {
        sameBytes(
          await throughStream(sealStream(seeded(vector), key), cut(plaintext, size)),
          sealed,
          `sealed by ${size}`,
        );
        sameBytes(await throughStream(openStream(crypto, key), cut(sealed, size)), plaintext, `opened by ${size}`);
      }
    });
  }

  test("Z2: streams take single bytes and empty chunks", async () => {
    const vector = named("short");
    const plaintext = await vectorPlaintext(crypto, vector.name, vector.plaintextBytes);
    const sealed = await sealVector(vector);
    const withGaps = (bytes: Uint8Array) => [...cut(bytes, 1)].flatMap((byte) => [new Uint8Array(0), byte]);
    sameBytes(await throughStream(sealStream(seeded(vector), keyOf(vector)), withGaps(plaintext)), sealed, "sealed");
    sameBytes(await throughStream(openStream(crypto, keyOf(vector)), withGaps(sealed)), plaintext, "opened");
  });

  test("Z2: segments open at any offset, in any order", async () => {
    const vector = named("three-odd");
    const sealed = await sealVector(vector);
    const plaintext = await vectorPlaintext(crypto, vector.name, vector.plaintextBytes);
    const stream = { ...keyOf(vector), header: sealed.subarray(0, HEADER_BYTES), sealedBytes: sealed.length };
    const opener = await createSegmentOpener(crypto, stream);
    same([opener.segmentCount, opener.plainBytes], [3, vector.plaintextBytes], "counts");
    const pieces = new Map<number, Uint8Array>();
    for (const index of [2, 0, 1]) {
      const { start, end } = opener.segmentRange(index);
      const piece = await opener.open(index, sealed.subarray(start, end));
      pieces.set(index, piece);
      const target = new Uint8Array(piece.length + 1);
      same(await opener.openInto(index, sealed.subarray(start, end), target), piece.length, "written");
      sameBytes(target.subarray(0, -1), piece, "opened in place");
      await refused(
        "bad_input",
        () => opener.openInto(index, sealed.subarray(start, end), target.subarray(2)),
        "too small a target",
      );
    }
    sameBytes(concatBytes(...[0, 1, 2].map((index) => pieces.get(index) as Uint8Array)), plaintext, "pieces");
    await refused("bad_input", () => opener.segmentRange(3), "a segment too many");
    const first = opener.segmentRange(0);
    await refused("integrity", () => opener.open(1, sealed.subarray(first.start, first.end)), "a segment for another");
    const longer = await createSegmentOpener(crypto, { ...stream, sealedBytes: sealed.length + SEGMENT_BYTES });
    const { start, end } = longer.segmentRange(2);
    ok(end > sealed.length, "a wrong size asks for more than there is");
    await refused("integrity", () => longer.open(2, sealed.subarray(start)), "a wrong size");
  });

  test("Z2: a sealer uses no segment number twice and nothing after the last", async () => {
    const sealer = await createSegmentSealer(crypto, { contentKey: newContentKey(crypto), part: 1 });
    await refused("bad_input", () => sealer.seal(new Uint8Array(5), false), "a short segment in the middle");
    await sealer.seal(new Uint8Array(sealer.nextPlainBytes()), false);
    await refused("bad_input", () => sealer.seal(new Uint8Array(0), true), "an empty last one after others");
    await sealer.seal(new Uint8Array(5), true);
    await refused("bad_input", () => sealer.seal(new Uint8Array(5), true), "after the last");
  });

  /** Every way of opening must refuse `sealed`. */
  async function refusedEverywhere(key: StreamKey, sealed: Uint8Array, what: string): Promise<void> {
    await refused("integrity", () => openBytes(crypto, key, sealed), `${what}, whole`);
    await refused("integrity", () => throughStream(openStream(crypto, key), cut(sealed, 100_000)), `${what}, stream`);
  }

  function changed(change: string, sealed: Uint8Array): Uint8Array | undefined {
    const segment = (number: number) =>
      sealed.subarray(number === 1 ? HEADER_BYTES : (number - 1) * SEGMENT_BYTES, number * SEGMENT_BYTES);
    const header = sealed.subarray(0, HEADER_BYTES);
    const flip = /^flip the lowest bit of byte (\d+)$/.exec(change)?.[1];
    if (flip !== undefined) return flipped(sealed, Number(flip));
    switch (change) {
      case "drop the last segment":
        return sealed.subarray(0, 2 * SEGMENT_BYTES);
      case "drop the last byte":
        return sealed.subarray(0, -1);
      case "append one zero byte":
        return concatBytes(sealed, new Uint8Array(1));
      case "swap segments 2 and 3 (numbering from 1)":
        return concatBytes(header, segment(1), segment(3), segment(2));
      case "repeat segment 2":
        return concatBytes(header, segment(1), segment(2), segment(2), segment(3));
      case "keep only the header":
        return header;
      case "empty input":
        return new Uint8Array(0);
      default:
        return undefined;
    }
  }

  for (const refusal of vectors.content.mustBeRefused) {
    test(`Z2: refused: ${refusal.change} (${refusal.why})`, async () => {
      const vector = named(refusal.from);
      const sealed = await sealVector(vector);
      const key = keyOf(vector);
      const other = changed(refusal.change, sealed);
      if (other !== undefined) return refusedEverywhere(key, other, refusal.change);
      if (refusal.change === "use associated data pli/1/part/4")
        return refusedEverywhere({ ...key, part: 4 }, sealed, "part");
      same(refusal.change, "use the content key of another case", "known changes");
      await refusedEverywhere({ ...keyOf(named("empty")), part: key.part }, sealed, "key");
    });
  }

  test("Z2: refused: any bit of any byte of a short stream", async () => {
    const key = { contentKey: newContentKey(crypto), part: 1 };
    const sealed = await sealBytes(crypto, key, crypto.randomBytes(3));
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      await refused("integrity", () => openBytes(crypto, key, flipped(sealed, bit >> 3, bit & 7)), `bit ${bit}`);
    }
  });

  test("Z2: refused: a stream that ends with an empty segment, which no sealer makes", async () => {
    const contentKey = newContentKey(crypto);
    const full = await sealBytes(
      crypto,
      { contentKey, part: 1 },
      new Uint8Array(SEGMENT_BYTES - HEADER_BYTES - TAG_BYTES),
    );
    const header = full.subarray(0, HEADER_BYTES);
    const derived = await crypto.hkdfSha256(contentKey, header.subarray(1, 33), "pli/1/part/1", 32);
    const aead = await crypto.aes256Gcm(derived);
    const nonce = (index: number, last: number) =>
      concatBytes(header.subarray(33), new Uint8Array([0, 0, 0, index, last]));
    const first = await aead.seal(nonce(0, 0), new Uint8Array(SEGMENT_BYTES - HEADER_BYTES - TAG_BYTES));
    const empty = await aead.seal(nonce(1, 1), new Uint8Array(0));
    await refusedEverywhere({ contentKey, part: 1 }, concatBytes(header, first, empty), "an empty last segment");
  });

  test("Z2: what comes before a change is given, nothing of the changed segment is", async () => {
    const vector = named("three-odd");
    const sealed = flipped(await sealVector(vector), SEGMENT_BYTES + 100_000);
    const reader = streamOf(cut(sealed, 65_536))
      .pipeThrough(openStream(crypto, keyOf(vector)))
      .getReader();
    same((await reader.read()).value?.length, SEGMENT_BYTES - HEADER_BYTES - TAG_BYTES, "first segment");
    await refused("integrity", () => reader.read(), "second segment");
  });

  test("Z4: streams take no more than is read of them, and stopping early cancels the source", async () => {
    let given = 0;
    const cancelled = Promise.withResolvers<void>();
    const source = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => controller.enqueue(new Uint8Array(SEGMENT_BYTES).fill(++given)),
        cancel: () => cancelled.resolve(),
      },
      { highWaterMark: 0 },
    );
    const key = { contentKey: newContentKey(crypto), part: 1 };
    const reader = source.pipeThrough(sealStream(crypto, key)).pipeThrough(openStream(crypto, key)).getReader();
    for (let read = 0; read < 20; read++) {
      await reader.read();
      ok(given <= read + 8, `${given} segments taken for ${read + 1} read`);
    }
    await reader.cancel();
    await cancelled.promise;
  });

  test("Z2: property: any bytes in any pieces come back, and sizes are foretold", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 700_000 }),
        fc.array(fc.integer({ min: 1, max: 300_000 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 2 ** 31 }),
        async (size, cuts, part) => {
          const key = { contentKey: newContentKey(crypto), part };
          const plaintext = new Uint8Array(size).map((_, index) => index * 31);
          function* pieces(bytes: Uint8Array) {
            for (let at = 0, i = 0; at < bytes.length; i++) {
              const step = cuts[i % cuts.length] as number;
              yield bytes.subarray(at, at + step);
              at += step;
            }
          }
          const sealed = await throughStream(sealStream(crypto, key), pieces(plaintext));
          same(sealed.length, sealedBytes(size), "sealed size");
          same(plainBytes(sealed.length), size, "plain size");
          sameBytes(await throughStream(openStream(crypto, key), pieces(sealed)), plaintext, "back");
        },
      ),
      { numRuns: 25 },
    );
  });

  test("Z2: property: sizes of streams and plaintexts belong together", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 46 }), (size) => {
        same(plainBytes(sealedBytes(size)), size, "back");
      }),
    );
    const none: number[] = [];
    for (let size = 0; size < HEADER_BYTES + TAG_BYTES; size++) none.push(size);
    for (const size of [...none, SEGMENT_BYTES + 1, SEGMENT_BYTES + TAG_BYTES, 56.5, Number.NaN, -1]) {
      let size_ = -1;
      try {
        size_ = plainBytes(size);
      } catch {
        continue;
      }
      same(size_, "refused", `a stream of ${size} bytes`);
    }
  });
}
