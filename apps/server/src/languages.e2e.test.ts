/** The language of a recipient's mails and pages (M7): the sender's choice, or none, and then what was used before and the sender's default. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Envelope, GrantInfo, KnownRecipients, Language } from "@pli/core/wire";
import { sendBlindly } from "./testing/blind-sender.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { type Member, suiteScope, type World } from "./testing/world.ts";

onBothProfiles(({ createWorld }) => {
  describe("a recipient's language", () => {
    const scope = suiteScope();
    let world: World;
    before(async () => {
      world = await createWorld(scope);
    });

    async function told(author: Member, address: string, language?: Language) {
      const { envelopeId, grants } = await sendBlindly(world, author, {
        delivery: "link",
        to: [address],
        language: language ?? null,
      });
      const info = (await world.visitor().call("GET", `/api/v1/grants/${grants[0]?.grantId}`)).json<GrantInfo>();
      const envelope = (await author.call("GET", `/api/v1/envelopes/${envelopeId}`)).json<Envelope>();
      assert.equal(envelope.grants[0]?.language, info.language);
      return `${info.language}, ${info.languageChosen ? "chosen" : "open"}`;
    }

    test("M7: a language that was named is chosen; without one the mail takes the last one used, else the sender's default", async () => {
      const author = await world.newMember();
      const changed = await author.call("PATCH", "/api/v1/me", { json: { defaults: { recipientLanguage: "fr" } } });
      assert.equal(changed.status, 200);
      assert.equal(await told(author, "new@courriel.example"), "fr, open");
      assert.equal(await told(author, "named@courriel.example", "de"), "de, chosen");
      assert.equal(await told(author, "Named@courriel.example"), "de, open");
      assert.equal(await told(author, "named@courriel.example", "nl"), "nl, chosen");
      assert.equal(await told(author, "named@courriel.example"), "nl, open");
      const known = async () => {
        const json = { addresses: ["named@courriel.example", "new@courriel.example"] };
        const { items } = (await author.call("POST", "/api/v1/recipients/look-up", { json })).json<KnownRecipients>();
        return items.map(({ address, language }) => `${address}: ${language ?? "open"}`).toSorted();
      };
      assert.deepEqual(await known(), ["named@courriel.example: nl", "new@courriel.example: open"]);
      // the default changed, and what was chosen for somebody stays chosen
      await author.call("PATCH", "/api/v1/me", { json: { defaults: { recipientLanguage: "de" } } });
      await told(author, "named@courriel.example");
      assert.deepEqual(await known(), ["named@courriel.example: nl", "new@courriel.example: open"]);
      // what another member used says nothing
      assert.equal(await told(world.colleague, "named@courriel.example"), "en, open");
    });

    test("M7: many at once without a language each get one", async () => {
      const author = await world.newMember();
      const found = await Promise.all(
        Array.from({ length: 20 }, (_, at) => told(author, `p${at % 3}@courriel.example`, at % 2 ? "fr" : undefined)),
      );
      for (const [at, one] of found.entries()) assert.match(one, at % 2 ? /^fr, chosen$/ : /^(en|fr), open$/);
    });

    test("M7: what was chosen for somebody outlasts a message that the organisation's settings put in another language", async () => {
      const author = await world.newMember();
      assert.equal(await told(author, "stays@courriel.example", "nl"), "nl, chosen");
      const administrator = await world.newMember("administrator");
      const settle = async (version: number, policies: object) => {
        const json = { version, policies };
        assert.equal((await administrator.call("PUT", "/api/v1/organisation/policies", { json })).status, 200);
      };
      await settle(0, { recipientLanguage: { value: "fr", locked: true } });
      assert.equal(await told(author, "stays@courriel.example"), "fr, open");
      await settle(1, {});
      assert.equal(await told(author, "stays@courriel.example"), "nl, open");
    });
  });
});
