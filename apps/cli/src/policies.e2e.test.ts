/** The organisation's settings and attachments-only messages at the command line (P2 to P5, M2): defaults taken, refusals named, the mail's slip. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { createTransport, getOrganisationPolicies, setOrganisationPolicies } from "@pli/client";
import type { Envelope, PolicyChoices } from "@pli/core/wire";
import { runAdmin, temporaryFolder, waitForMail } from "../../../e2e/harness.ts";
import { newRecipient, newSender } from "./testing/people.ts";

const sender = await newSender();
const token = await runAdmin(sender.server, ["create-token", "--member", sender.server.ownerAddress]);
const owner = createTransport({ origin: sender.server.origin, fetch, token });

async function settle(policies: PolicyChoices): Promise<void> {
  const { version } = await getOrganisationPolicies(owner);
  await setOrganisationPolicies(owner, { version, policies });
}
const good = ["--to", "jane@courriel.example", "--subject", "S", "--text", "T", "--delivery", "link"];

test("P2, P3, P4, P6: what is not said is as the organisation has it; what it does not allow is refused by name, before anything goes up", async (t) => {
  const folder = await temporaryFolder(t);
  const password = async (text: string) => {
    await writeFile(join(folder, "password"), text, { mode: 0o600 });
    return ["--password-file", join(folder, "password")];
  };
  await settle({
    openings: { value: 4, locked: true },
    expiryHours: { value: 48, locked: false },
    expiryMostHours: { value: 72, locked: true },
    notify: { value: "each", locked: true },
    passwordLength: { value: 12, locked: true },
    passwordDigits: { value: true, locked: true },
  });
  const { envelopeId } = await sender.send(...good);
  const sent = await sender.json<Envelope>("status", envelopeId);
  assert.equal(sent.grants[0]?.openingsTotal, 4);
  assert.equal(sent.notify, "each");
  const hours = (Date.parse(sent.expiresAt ?? "") - Date.parse(sent.sentAt ?? "")) / 3_600_000;
  assert.ok(Math.abs(hours - 48) < 0.1, `${hours} hours`);
  const refused = async (rule: string, words: RegExp, ...args: readonly string[]) => {
    const run = await sender.run("send", ...good, ...args, "--json");
    assert.equal(run.status, 3, run.stderr);
    assert.match(run.stderr, words);
    const { error } = JSON.parse(run.stdout) as { error: { code: string; details: { rule?: string } } };
    assert.deepEqual([error.code, error.details.rule], ["policy_refused", rule]);
  };
  await refused("openings", /Fewer openings are allowed/, "--openings", "5");
  await refused("expiryMostHours", /must expire sooner/, "--expires", "4d");
  await refused("notify", /is fixed/, "--notify", "first");
  await refused("passwordLength", /too short/, ...(await password("Kürbis-7")));
  await refused("passwordDigits", /needs a digit/, ...(await password("Kürbissuppe mit Ingwer")));
  await sender.send(...good, "--openings", "1", ...(await password("Kürbissuppe mit 7 Ingwer")));
  await settle({ passwordRequired: { value: true, locked: true } });
  await refused("passwordRequired", /password is required/);
  await settle({});
});

test("M2, P5: attachments only: the mail has text and slip, what is attached is sealed, and nothing else may be sent so", async (t) => {
  const folder = await temporaryFolder(t);
  const file = join(folder, "Décompte n° 7.csv");
  await writeFile(file, "montant;8411\n");
  const jane = await newRecipient(t, sender.server);
  const to = ["--to", jane.address, "--subject", "Votre décompte", "--text", "Bonjour,\n\nle voici."];
  const { envelopeId, grants } = await sender.send(...to, "--attach", file, "--protect", "attachments");
  const mail = await waitForMail(sender.server, jane.address, ({ subject }) => subject === "Votre décompte");
  assert.match(mail.text, /le voici\./);
  assert.ok(mail.text.includes("Décompte n° 7.csv"));
  assert.ok(mail.text.includes(createHash("sha256").update("montant;8411\n").digest("hex")));
  assert.ok(!mail.text.includes("8411\n") && !mail.html.includes("montant"));
  assert.equal((await sender.json<Envelope>("status", envelopeId)).protect, "attachments");
  const opened = await jane.open(grants[0]?.link ?? "", "--json");
  assert.equal(opened.status, 0, opened.stderr);
  for (const args of [
    [...to, "--protect", "attachments"],
    [...to, "--attach", file, "--protect", "attachments", "--delivery", "link"],
    [...to, "--attach", file, "--protect", "half"],
  ]) {
    assert.equal((await sender.run("send", ...args)).status, 2, args.join(" "));
  }
  // As the organisation has it, where it can be; with nothing attached, the whole message.
  await settle({ protect: { value: "attachments", locked: false } });
  const byDefault = await sender.send(...to, "--attach", file);
  assert.equal((await sender.json<Envelope>("status", byDefault.envelopeId)).protect, "attachments");
  const bare = await sender.send(...to);
  assert.equal((await sender.json<Envelope>("status", bare.envelopeId)).protect, "message");
  await settle({});
});
