/** A mail system made by others takes our notifications, and what arrives in the mailbox opens the message. */
import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { startMailSystem } from "./harness/mail-system.ts";
import { loginCli, runCli, sendByCli, startCli, startServer, temporaryFolder } from "./harness.ts";

const RECIPIENT = "jeanne.petit@recipients.example";
const SUBJECT = "Your file, completed";
const TEXT = "The amounts are in the attachment.\nRegards";
const LINK = /https?:\/\/\S+\/o\/[\w-]{22}#[\w-]{43}/;
const CODE = /(?<![\w-])(\d{4})[\s\u00a0\u202f]?(\d{4})(?![\w-])/;

// exim takes settings only from a file that root owns.
const skip = process.getuid?.() === 0 ? false : "needs root, to own the settings of exim4";

test("M11, Q11: exim4 takes the notification over STARTTLS, dovecot gives it back by IMAP, its link and code open the message", {
  skip,
}, async (t) => {
  const mail = await startMailSystem(t);
  const server = await startServer(t, {
    env: {
      PLI_SMTP_URL: mail.smtpUrl,
      PLI_MAIL_FROM: "pli@town.example",
      NODE_EXTRA_CA_CERTS: mail.certificateFile,
    },
  });
  const folder = await temporaryFolder(t);
  const attachment = join(folder, "amounts 2026 – été.csv");
  const content = `line;amount\n${"1;2,50\n".repeat(100_000)}`;
  await writeFile(attachment, content);

  assert.equal(
    (await fetch(`${server.origin}/dev/mailbox.json`)).status,
    404,
    "with a relay there is no local mailbox",
  );
  const home = await loginCli(t, server);
  const sent = await sendByCli(home, ["--to", RECIPIENT, "--subject", SUBJECT, "--text", TEXT, "--attach", attachment]);

  const notification = await mail.waitForMail(RECIPIENT, (one) => LINK.test(one.text ?? ""));
  const link = LINK.exec(notification.text ?? "")?.[0] ?? "";
  assert.equal(link, sent.grants[0]?.link);
  assert.equal(notification.from?.address, "pli@town.example");
  assert.ok(notification.html?.includes(link), "the button leads where the plain text does");
  const raw = JSON.stringify(notification);
  for (const secret of [SUBJECT, "amounts", "Regards"]) assert.ok(!raw.includes(secret), `the mail holds “${secret}”`);
  const received = notification.headers.filter(({ key }) => key === "received").map(({ value }) => value);
  assert.ok(
    received.some((line) => /with esmtps\s+\(TLS1\.[23]\)/.test(line)),
    received.join("\n"),
  );
  const header = (name: string) => notification.headers.find(({ key }) => key === name)?.value;
  assert.equal(header("auto-submitted"), "auto-generated");
  assert.match(header("message-id") ?? "", /^<\S+@\S+>$/);

  const out = join(folder, "out");
  const reading = startCli(["open", link, "--out", out, "--code-stdin", "--json"], { home: join(folder, "reader") });
  const printed: string[] = [];
  reading.stdout.setEncoding("utf8").on("data", (piece: string) => printed.push(piece));
  reading.stderr.setEncoding("utf8").on("data", (piece: string) => printed.push(piece));
  const ended = new Promise<number | null>((finish) => reading.on("close", finish));
  const codeMail = await mail.waitForMail(RECIPIENT, (one) => !LINK.test(one.text ?? "") && CODE.test(one.text ?? ""));
  const [, first, second] = CODE.exec((codeMail.text ?? "").replaceAll(/https?:\/\/\S+/g, "")) ?? [];
  reading.stdin.end(`${first}${second}\n`);
  assert.equal(await ended, 0, printed.join(""));
  assert.equal(await readFile(join(out, "amounts 2026 – été.csv"), "utf8"), content);
  const body = (await readdir(out)).find((name) => name.endsWith(".txt"));
  assert.match(await readFile(join(out, body ?? "message.txt"), "utf8"), /The amounts are in the attachment/);

  const status = await runCli(["status", sent.envelopeId, "--json"], { home });
  const followed = JSON.parse(status.stdout) as {
    grants: { notification?: { state: string }; firstOpenedAt?: string }[];
  };
  assert.equal(followed.grants[0]?.notification?.state, "accepted");
  assert.ok(followed.grants[0]?.firstOpenedAt);
  const secret = link.slice(link.indexOf("#") + 1);
  assert.ok(!server.output().includes(secret), "the log of the server holds the link secret");
});
