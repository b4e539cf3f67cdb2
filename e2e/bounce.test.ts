/** A mail system made by others tells us of a mailbox that does not exist and of one that has to wait, and the sender hears of both. */
import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { freePort } from "../tools/services/free-ports.ts";
import { type BouncingExim, startBouncingExim } from "./harness/bouncing-exim.ts";
import { loginCli, runCli, sendByCli, startServer } from "./harness.ts";

const DOMAIN = "bounces.town.example";
const skip = process.getuid?.() === 0 ? false : "needs root, to own the settings of exim4";

/** Stands for the servers of recipients: one mailbox is unknown, one has to wait, the others are there. */
async function startElsewhere(scope: { after(clean: () => Promise<void>): void }) {
  const mails: { readonly to: string; readonly mail: Email }[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    authOptional: true,
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) => {
      const refuse = (responseCode: number, words: string) => done(Object.assign(new Error(words), { responseCode }));
      if (address.startsWith("nobody@")) refuse(550, "5.1.1 no such user here");
      else if (address.startsWith("patience@")) refuse(451, "4.2.2 mailbox full, try later");
      else done();
    },
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        void PostalMime.parse(Buffer.concat(pieces)).then((mail) => {
          for (const { address } of session.envelope.rcptTo) mails.push({ to: address, mail });
          done();
        });
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  scope.after(() => new Promise((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, mails };
}

interface Followed {
  readonly grants: readonly {
    readonly recipient: { readonly address: string };
    readonly notification?: { readonly state: string; readonly reasonCode?: string; readonly statusCode?: string };
  }[];
}

test("M21, Q11: exim4 reports an unknown mailbox and a full one; status and a mail to the sender tell of them", {
  skip,
}, async (t) => {
  const elsewhere = await startElsewhere(t);
  const bounces = await freePort();
  const exim: BouncingExim = await startBouncingExim(t, { bounces, bouncesDomain: DOMAIN, elsewhere: elsewhere.port });
  const server = await startServer(t, {
    env: {
      PLI_SMTP_URL: exim.smtpUrl,
      PLI_MAIL_FROM: "pli@town.example",
      PLI_BOUNCE_ADDRESS: `bounce@${DOMAIN}`,
      PLI_BOUNCE_LISTEN: `127.0.0.1:${bounces}`,
    },
  });
  const home = await loginCli(t, server);
  const to = ["nobody@there.example", "patience@there.example", "jeanne@there.example"];
  const message = [...to.flatMap((address) => ["--to", address]), "--subject", "s", "--text", "t"];
  const sent = await sendByCli(home, message);
  const follow = async () => {
    const { stdout } = await runCli(["status", sent.envelopeId, "--json"], { home });
    const { grants } = JSON.parse(stdout) as Followed;
    return Object.fromEntries(
      grants.map(({ recipient, notification }) => [
        recipient.address.split("@")[0],
        [notification?.state, notification?.reasonCode, notification?.statusCode].filter(Boolean).join(" "),
      ]),
    );
  };
  await t
    .waitFor(
      async () =>
        assert.deepEqual(await follow(), {
          nobody: "failed no_mailbox 5.1.1",
          patience: "delayed mailbox_full 4.2.2",
          jeanne: "accepted",
        }),
      { timeout: 60_000, interval: 1000 },
    )
    .catch(async (error: unknown) => {
      throw new Error(`${String(error)}\n${await exim.log()}`);
    });
  const told = () =>
    elsewhere.mails
      .filter(({ to: address }) => address.startsWith("owner@"))
      .map(({ mail }) => mail.subject)
      .filter((subject) => subject?.includes("did not reach"));
  await t.waitFor(() => assert.ok(told().length > 0), { timeout: 60_000, interval: 200 });
  assert.deepEqual(told(), ["Your message did not reach nobody@there.example"]);
  const { stdout: words } = await runCli(["status", sent.envelopeId], { home });
  assert.match(words, /This mailbox does not exist\. Check the address\. 5\.1\.1/);
});
