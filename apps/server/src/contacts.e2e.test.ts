/** Contacts and history through their doors (M1, M7, M10, M23): whose they are, who finds whom, what an import does, and two at once. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type {
  Contact,
  ContactContent,
  ContactImportAnswer,
  KnownRecipients,
  Page,
  RecipientCircle,
} from "@pli/core/wire";
import { sendBlindly } from "./testing/blind-sender.ts";
import type { Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { addContact, someContact } from "./testing/route-cases/contact-cases.ts";
import { type Member, suiteScope, type World } from "./testing/world.ts";

onBothProfiles(({ createWorld, startNode }) => {
  describe("contacts", () => {
    const scope = suiteScope();
    let world: World;
    before(async () => {
      world = await createWorld(scope);
    });

    const list = async (by: Person, query = "") =>
      (await by.call("GET", `/api/v1/contacts?${query}`)).json<Page<Contact>>();
    const names = async (by: Person, query = "") => (await list(by, query)).items.map(({ name }) => name);
    const proposed = async (by: Person, q: string) =>
      (await by.call("GET", `/api/v1/recipients?q=${encodeURIComponent(q)}`))
        .json<KnownRecipients>()
        .items.map(({ address }) => address);
    const lookUp = async (by: Person, ...addresses: string[]) =>
      (await by.call("POST", "/api/v1/recipients/look-up", { json: { addresses } })).json<KnownRecipients>().items;
    const bringIn = async (by: Person, contacts: readonly unknown[], more: object = {}) => {
      const answer = await by.call("POST", "/api/v1/contacts/import", { json: { contacts, ...more } });
      assert.equal(answer.status, 200, answer.bytes.toString());
      return answer.json<ContactImportAnswer>().rows;
    };
    const write = (by: Member, to: string) => sendBlindly(world, by, { to: [to], delivery: "link" });

    test("M23: one's own contacts are found by any word, without accents, and by nobody else", async () => {
      const member = await world.newMember();
      await addContact(member, {
        name: "Élise Van Dubois",
        company: "Notaires Réunis",
        addresses: ["e.vd@aubre.example"],
      });
      await addContact(member, { name: "Joaquim Prats", addresses: ["jp@courriel.example"] });
      for (const q of ["elise", "DUBOIS", "réu", "aubre", "vd", "dub eli", "+32470"]) {
        assert.ok((await names(member, `q=${encodeURIComponent(q)}`)).includes("Élise Van Dubois"), q);
      }
      assert.deepEqual(await names(member, "q=elise+prats"), []);
      assert.deepEqual(await names(member, "q=%25"), []);
      assert.deepEqual(await names(member, "book=mine"), ["Élise Van Dubois", "Joaquim Prats"]);
      for (const other of [world.colleague, world.stranger]) assert.deepEqual(await names(other, "q=elise"), []);
    });

    test("M23: what is shared is read by the organisation, changed by who shared it or administers, and never leaves it", async () => {
      const member = await world.newMember();
      const admin = await world.newMember();
      await world.server.services.db.write((tx) =>
        tx.updateTable("members").set({ role: "administrator" }).where("member_id", "=", admin.memberId).execute(),
      );
      const shared = await addContact(member, { name: "Shared Notary", shared: true });
      const path = `/api/v1/contacts/${shared.contactId}`;
      const [seen] = (await list(world.colleague, "q=notary&book=shared")).items;
      assert.deepEqual([seen?.shared, seen?.editable], [true, false]);
      assert.deepEqual(await names(world.colleague, "q=notary&book=mine"), []);
      assert.deepEqual(await proposed(world.colleague, "notar"), shared.addresses);
      assert.deepEqual(await proposed(world.stranger, "notar"), []);
      const { contactId, editable, changedAt, ...content } = shared;
      const change = { json: { ...content, name: "Other" } };
      for (const [method, call] of [
        ["PUT", change],
        ["DELETE", {}],
      ] as const) {
        assert.equal((await world.colleague.call(method, path, call)).code, "conflict");
        assert.equal((await world.stranger.call(method, path, call)).code, "not_found");
      }
      assert.equal((await world.stranger.call("GET", path)).code, "not_found");
      assert.equal((await admin.call("PUT", path, change)).json<Contact>().name, "Other");
      // Taken back into the book of who takes it: nobody else sees it any more.
      const back = await member.call("PUT", path, { json: { ...content, version: 2, shared: false } });
      assert.equal(back.json<Contact>().shared, false, back.bytes.toString());
      assert.equal((await world.colleague.call("GET", path)).code, "not_found");
      assert.deepEqual(await proposed(world.colleague, "notar"), []);
    });

    test("M23: of twenty changes made from one version, one wins; an address is in one contact of a book", async () => {
      const other = await startNode(scope, world);
      const { contactId, version } = await addContact(world.owner);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          world.owner.call("PUT", `/api/v1/contacts/${contactId}`, {
            json: { ...someContact(`Name ${at}`), version },
          }),
        ),
      );
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      for (const answer of answers) assert.ok(answer.status === 200 || answer.code === "conflict", `${answer.code}`);
      const same = someContact("Twin");
      const twice = await Promise.all(
        [world.origin, other.url].flatMap((url) =>
          Array.from({ length: 5 }, () =>
            fetch(`${url}/api/v1/contacts`, {
              method: "POST",
              headers: { ...world.owner.headers, "content-type": "application/json" },
              body: JSON.stringify({ ...same, addresses: same.addresses.map((one) => one.toUpperCase()) }),
            }).then(({ status }) => status),
          ),
        ),
      );
      assert.deepEqual(twice.toSorted(), [201, ...Array(9).fill(409)]);
      // In another book it is another contact.
      await addContact(world.owner, { ...same, shared: true });
      const [known] = await lookUp(world.owner, same.addresses[0] ?? "");
      assert.deepEqual([known?.name, known?.shared], ["Twin", false]);
    });

    test("M23: an import judges each row, joins by address, and the same again changes nothing", async () => {
      const member = await world.newMember();
      const known = await addContact(member, { name: "Known", addresses: ["k1@x.example"], note: "kept" });
      const third = await addContact(member, { name: "Third", addresses: ["third@x.example"] });
      const rows: readonly unknown[] = [
        { name: "Known Anew", addresses: ["K1@x.example", "k2@x.example"] },
        { name: "Fresh", addresses: ["f@x.example"] },
        { name: "Fresh", addresses: ["f@x.example"], mobile: "+33612345678" },
        { addresses: ["no-address"] },
        { addresses: ["n@x.example"], mobile: "0612345678" },
        { addresses: ["k1@x.example", "third@x.example"] },
        "not a row",
        { addresses: ["third@x.example"] },
      ];
      const expected = [
        { outcome: "updated" },
        { outcome: "added" },
        { outcome: "updated" },
        { outcome: "refused", field: "addresses" },
        { outcome: "refused", field: "mobile" },
        { outcome: "refused", field: "addresses" },
        { outcome: "refused", field: "row" },
        { outcome: "unchanged" },
      ];
      assert.deepEqual(await bringIn(member, rows, { dryRun: true }), expected);
      assert.deepEqual(await names(member, "book=mine"), ["Known", "Third"], "a dry run keeps nothing");
      assert.deepEqual(await bringIn(member, rows), expected);
      const { items } = await list(member, "book=mine");
      assert.deepEqual(
        items.map(({ name, addresses, mobile, note }) => [name, addresses, mobile, note]),
        [
          ["Fresh", ["f@x.example"], "+33612345678", undefined],
          ["Known Anew", ["k1@x.example", "k2@x.example"], known.mobile, "kept"],
          ["Third", third.addresses, third.mobile, third.note],
        ],
      );
      const again = await bringIn(member, rows);
      assert.ok(!again.some(({ outcome }) => outcome === "added" || outcome === "updated"), JSON.stringify(again));
      const shared = await addContact(world.colleague, { shared: true });
      const taken = { addresses: shared.addresses, name: "Not mine" };
      assert.deepEqual(await bringIn(member, [taken], { shared: true }), [{ outcome: "refused", field: "shared" }]);
    });

    test("M23: thousands come page by page in the order of names, in several imports at once", async () => {
      const member = await world.newMember();
      const rows = Array.from({ length: 1000 }, (_, at): ContactContent => {
        const number = String((at * 7919) % 1000).padStart(4, "0");
        return { name: `Person ${number}`, addresses: [`p${number}@courriel.example`] };
      });
      const slices = [0, 200, 400, 600, 800].map((from) => rows.slice(from, from + 200));
      await Promise.all(slices.map((some) => bringIn(member, some)));
      const found: string[] = [];
      let next: string | undefined;
      do {
        const page = await list(member, `book=mine&limit=200${next === undefined ? "" : `&cursor=${next}`}`);
        found.push(...page.items.map(({ name = "" }) => name));
        ({ next } = page);
      } while (next !== undefined);
      assert.deepEqual(found, rows.map(({ name }) => name).toSorted());
      assert.equal((await list(member, "q=person+0042")).items.length, 1);
      assert.equal((await member.call("GET", "/api/v1/contacts?cursor=AAAA")).code, "bad_input");
      // One character that is eighteen without its form: a page ends after it all the same.
      const long = (end: string): ContactContent => ({
        name: `\ufdfa`.repeat(119) + end,
        addresses: [`${end}@courriel.example`],
      });
      const other = await world.newMember();
      await bringIn(other, [long("a"), long("b"), long("c")]);
      const first = await list(other, "book=mine&limit=2");
      const rest = await list(other, `book=mine&limit=2&cursor=${first.next}`);
      assert.equal(new Set([...first.items, ...rest.items].map(({ contactId }) => contactId)).size, 3);
    });

    test("M1, M7: history knows whom one wrote to, how often and in which language; it is one's own, and can be forgotten", async () => {
      const member = await world.newMember();
      await write(member, "rare@prats.example");
      for (let time = 0; time < 2; time++) await write(member, "often@prats.example");
      assert.deepEqual(await proposed(member, "pra"), ["often@prats.example", "rare@prats.example"]);
      assert.deepEqual(await proposed(member, "OFT"), ["often@prats.example"]);
      const [often] = await lookUp(member, "Often@Prats.example", "nobody@prats.example");
      assert.deepEqual(
        [often?.sends, often?.language, (await lookUp(member, "nobody@prats.example")).length],
        [2, "en", 0],
      );
      await addContact(member, { name: "Olga Often", addresses: ["often@prats.example"], language: "nl" });
      const [named] = await lookUp(member, "often@prats.example");
      assert.deepEqual([named?.name, named?.language, named?.sends], ["Olga Often", "nl", 2]);
      const circle = (await member.call("GET", "/api/v1/recipients/circle")).json<RecipientCircle>();
      assert.deepEqual(circle.items.map(({ address }) => address).toSorted(), [
        "often@prats.example",
        "rare@prats.example",
      ]);
      assert.deepEqual(circle.domains.filter((domain) => domain === "prats.example").length, 1);
      for (const other of [await world.newMember(), world.stranger]) {
        assert.deepEqual(await proposed(other, "pra"), []);
        assert.deepEqual(await lookUp(other, "often@prats.example", "rare@prats.example"), []);
        const theirs = (await other.call("GET", "/api/v1/recipients/circle")).json<RecipientCircle>();
        assert.deepEqual([theirs.items, theirs.domains.includes("prats.example")], [[], false]);
      }
      await member.call("POST", "/api/v1/recipients/forget", { json: { address: "RARE@prats.example" } });
      assert.deepEqual(await proposed(member, "pra"), ["often@prats.example"]);
    });

    test("M1: history is found by the first name, the last one or the domain, without accents", async () => {
      const member = await world.newMember();
      await sendBlindly(world, member, { to: ["zvm@polders.example"], name: "Zoé van Maerlant", delivery: "link" });
      for (const q of ["zoe van", "MAERL", "polders", "zvm@"]) {
        assert.deepEqual(await proposed(member, q), ["zvm@polders.example"], q);
      }
      assert.deepEqual(await proposed(member, "aerlant"), []);
    });

    test("M4: the number that an SMS went to is remembered with the person, and one reached by a number alone is known by it", async () => {
      const member = await world.newMember();
      const mobile = "+33612345678";
      await sendBlindly(world, member, { to: ["sms@prats.example"], delivery: "link", mobile, smsCode: true });
      await sendBlindly(world, member, { to: ["sms@prats.example"], delivery: "link" });
      const [known] = await lookUp(member, "sms@prats.example");
      assert.deepEqual([known?.mobile, known?.sends], [mobile, 2]);
      const newer = "+33612345670";
      await sendBlindly(world, member, { to: ["sms@prats.example"], delivery: "link", mobile: newer, smsCode: true });
      assert.equal((await lookUp(member, "sms@prats.example"))[0]?.mobile, newer);
      await addContact(member, { addresses: ["sms@prats.example"], mobile: "+33612345679" });
      assert.equal((await lookUp(member, "sms@prats.example"))[0]?.mobile, "+33612345679");
    });

    test("M10: who got nothing but a message that was taken back is as new as before", async () => {
      const member = await world.newMember();
      await write(member, "usual@prats.example");
      const message = await sendBlindly(world, member, {
        to: ["usual@prats.example", "slip@prats.example"],
        delivery: "mail",
        holdSeconds: 30,
      });
      assert.equal((await lookUp(member, "slip@prats.example")).length, 1);
      const back = await member.call("POST", `/api/v1/envelopes/${message.envelopeId}/take-back`, { json: {} });
      assert.equal(back.status, 200, back.bytes.toString());
      const [usual, slip] = await lookUp(member, "usual@prats.example", "slip@prats.example");
      assert.deepEqual([usual?.sends, slip], [1, undefined]);
    });

    test("M1: twenty messages at once to the same people are counted as twenty", async () => {
      const member = await world.newMember();
      const to = ["a@many.example", "b@many.example", "c@many.example"];
      await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          sendBlindly(world, member, { delivery: "link", to: at % 2 === 0 ? to : to.toReversed() }),
        ),
      );
      assert.deepEqual(
        (await lookUp(member, ...to)).map(({ sends }) => sends),
        [20, 20, 20],
      );
    });
  });
});
