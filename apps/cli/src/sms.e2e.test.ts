/** SMS from the command line: numbers for recipients, and both codes of an opening by options and by standard input. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { mailsTo, runCli, startCli, temporaryFolder, waitForMail } from "../../../e2e/harness.ts";
import { newSender } from "./testing/people.ts";

const sender = await newSender();
const NUMBER = "+33612345678";

/** Types each code as it arrives, one line each. */
async function openTyping(
  link: string,
  home: string,
  codes: readonly (() => Promise<string>)[],
  args: readonly string[],
) {
  const child = startCli(["open", link, "--out", `${home}/out`, ...args], { home });
  const ended = new Promise<number | null>((finish) => child.on("close", finish));
  child.stdout.resume();
  child.stderr.resume();
  for (const code of codes) child.stdin.write(`${await code()}\n`);
  child.stdin.end();
  return await ended;
}

async function codeOf(to: string, pattern: RegExp): Promise<string> {
  const { text } = await waitForMail(sender.server, to, (mail) => pattern.test(mail.text));
  return (pattern.exec(text)?.[1] ?? "").replaceAll(/\D/g, "");
}
const MAIL_CODE = /(?<![\w-])(\d{4}[\s\u00a0\u202f]?\d{4})(?![\w-])/;
const SMS_CODE = /^(\d{6}) /;

test("C3, M4: send with --sms asks for both codes; --code-stdin and --sms-code-stdin read one line each", async (t) => {
  const { server } = sender;
  const to = "both@courriel.example";
  const sent = await sender.send(...["--to", to, "--subject", "S", "--text", "T", "--sms", `${to}=0033 6 12 34 56 78`]);
  const link = sent.grants[0]?.link ?? "";
  const home = await temporaryFolder(t, "pli-home");
  const codes = [() => codeOf(to, MAIL_CODE), () => codeOf(NUMBER, SMS_CODE)];
  assert.equal(await openTyping(link, home, codes, ["--code-stdin", "--sms-code-stdin"]), 0);
  const other = await temporaryFolder(t, "pli-home");
  const unasked = await runCli(["open", link, "--out", `${other}/out`, "--code", "00000000"], { home: other });
  assert.equal(unasked.status, 4);
  const texts = (await mailsTo(server, NUMBER)).length;
  assert.equal(texts, 1, "no SMS before the mailbox is proven");
});

test("C3, M8: a number alone gets its link by SMS; refused numbers and strangers end with 2", async (t) => {
  const number = "+33612345679";
  const sent = await sender.send(...["--to", number, "--subject", "S", "--text", "T"]);
  const link = sent.grants[0]?.link ?? "";
  assert.ok((await waitForMail(sender.server, number)).text.includes(link));
  const home = await temporaryFolder(t, "pli-home");
  const said = await runCli(["open", link, "--out", `${home}/out`], { home });
  assert.equal(said.status, 4);
  assert.match(said.stderr, /by SMS to \+33 ••• 79[\s\S]*--sms-code/);
  const code = await codeOf(number, SMS_CODE);
  const opened = await runCli(["open", link, "--out", `${home}/out`, "--sms-code", code], { home });
  assert.equal(opened.status, 0, opened.stderr);

  const tried = async (...args: readonly string[]) =>
    (await runCli(["send", "--to", "a@b.example", "--subject", "S", "--text", "T", ...args], { home: sender.home }))
      .status;
  assert.equal(await tried("--sms", "a@b.example=+33142345678"), 2, "a landline");
  assert.equal(await tried("--sms", `c@d.example=${NUMBER}`), 2, "nobody of this message");
  assert.equal(await tried("--sms", "a@b.example"), 2);
  assert.equal(await tried("--delivery", "sms"), 2, "no number");
  assert.equal(await tried("--delivery", "sms", "--mobile", `a@b.example=${NUMBER}`), 0);
});
