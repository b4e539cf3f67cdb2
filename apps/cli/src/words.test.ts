/** The command line's words: addresses, times, options, help, completion. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { ERROR_CODES } from "@pli/core/errors";
import { cliTexts } from "@pli/texts/cli";
import { LANGUAGES } from "@pli/texts/languages";
import fc from "fast-check";
import { type Context, OPTIONS, type OptionName, UsageError } from "./command.ts";
import { COMMANDS } from "./commands/index.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { commandHelp, completionScript, generalHelp } from "./help.ts";
import { homeFolder } from "./home.ts";
import { parseAddresses, parseExpiry } from "./message-input.ts";
import { parseArguments } from "./parse-arguments.ts";
import { printable } from "./printable.ts";
import { languageOf } from "./run.ts";

const texts = cliTexts("en");
// The functions under test use nothing else of it.
const context = { texts } as Context;
const NOW_MS = Date.parse("2026-11-23T10:00:00Z");
const BOUNDS = { leastHours: 1, mostHours: 720, nowMs: NOW_MS };

test("C3: addresses are read as people write them", () => {
  const read = (text: string) => parseAddresses(context, "--to", [text]);
  assert.deepEqual(read("a@b.example"), [{ address: "a@b.example" }]);
  assert.deepEqual(read(' "Doe, Jane" <jane@b.example>; Bob <bob@b.example>,c@d.example'), [
    { address: "jane@b.example", name: "Doe, Jane" },
    { address: "bob@b.example", name: "Bob" },
    { address: "c@d.example" },
  ]);
  for (const wrong of ["", " ", "a", "a@", "@b", "a b@c", "a@b c@d", "<a>"])
    assert.throws(() => read(wrong), UsageError, wrong);
});

test("C3, M6: an expiry is a span or a date, within bounds", () => {
  const hours = (text: string) => (Date.parse(parseExpiry(context, text, BOUNDS)) - NOW_MS) / 3_600_000;
  assert.equal(hours("24h"), 24);
  assert.equal(hours("7d"), 168);
  assert.equal(hours("2026-11-24T10:00:00Z"), 24);
  assert.ok(hours("2026-11-25") > 24);
  for (const wrong of ["", "0h", "31d", "721h", "1w", "-1d", "2026-11-22", "2027-11-23", "soon", "2026-13-01"]) {
    assert.throws(() => parseExpiry(context, wrong, BOUNDS), UsageError, wrong);
  }
});

test("C3: options are told apart, repeated where they may be, refused where unknown", () => {
  const send = COMMANDS.find(({ name }) => name === "send");
  assert.ok(send);
  const { values } = parseArguments(send, ["--to", "a", "--to=b", "--text", "-", "--json"], texts);
  assert.deepEqual({ ...values }, { to: ["a", "b"], text: "-", json: true });
  for (const words of [
    ["--nope"],
    ["--to"],
    ["--to", "--cc"],
    ["--json=1"],
    ["--text", "a", "--text", "b"],
    ["x"],
    ["-x"],
  ]) {
    assert.throws(() => parseArguments(send, words, texts), UsageError, words.join(" "));
  }
});

test("C3, S1: an id is an id, with whatever it begins", () => {
  const destroy = COMMANDS.find(({ name }) => name === "destroy");
  assert.ok(destroy);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 15, maxLength: 15 }), fc.constantFrom(0xf8, 0xfb, 0x00), (rest, first) => {
      // 0xf8: "-"; 0xfb with what follows: perhaps "--"
      const id = Buffer.from([first, ...rest]).toString("base64url");
      fc.pre(/[A-Z0-9_]/.test(id));
      assert.deepEqual(parseArguments(destroy, [id], texts).positionals, [id]);
      assert.deepEqual(parseArguments(destroy, ["--json", id], texts).positionals, [id]);
    }),
  );
  assert.throws(() => parseArguments(destroy, ["--a-mistyped-option-na"], texts), UsageError);
});

test("C3: every command and option is in help, in every language; completion knows them", () => {
  for (const language of LANGUAGES) {
    const general = generalHelp(COMMANDS, cliTexts(language));
    for (const command of COMMANDS) {
      assert.ok(general.includes(`  ${command.name}`), command.name);
      const help = commandHelp(command, cliTexts(language));
      for (const option of command.options) assert.ok(help.includes(`--${option}`), `${command.name} --${option}`);
    }
  }
  const about = (name: string) => {
    const found = COMMANDS.find((command) => command.name === name);
    assert.ok(found !== undefined, name);
    return commandHelp(found, cliTexts("en"));
  };
  assert.match(about("correct"), /--to A +the wrong address\n/);
  assert.match(about("inbox"), /--search W +words in the senders/);
  assert.match(about("send"), /--to A +recipient; may be repeated/);
  const used = new Set<OptionName>(COMMANDS.flatMap(({ options }) => options));
  assert.deepEqual(
    Object.keys(OPTIONS).filter((name) => name !== "help" && !used.has(name as OptionName)),
    [],
  );
  const bash = completionScript("bash", COMMANDS) ?? "";
  const ask = `COMP_WORDS=(pli send --att); COMP_CWORD=2; _pli; echo "\${COMPREPLY[@]}"`;
  assert.equal(execFileSync("bash", ["-c", `${bash}\n${ask}`], { encoding: "utf8" }).trim(), "--attach");
  assert.match(completionScript("fish", COMMANDS) ?? "", /-l attach -r -F/);
  assert.equal(completionScript("cmd", COMMANDS), null);
});

test("C3: every error code has one of the promised exit codes", () => {
  const promised = new Set([2, 3, 4, 5, 6, 130]);
  for (const code of ERROR_CODES) assert.ok(promised.has(EXIT_CODES[code]), code);
});

test("C3: state goes where the platform keeps it, or to PLI_HOME", () => {
  assert.equal(homeFolder({ PLI_HOME: "/x" }, "linux"), "/x");
  assert.match(homeFolder({ XDG_CONFIG_HOME: "/c" }, "linux"), /^\/c.pli$/);
  assert.match(homeFolder({}, "darwin"), /Application Support.pli$/);
  assert.match(homeFolder({ APPDATA: "/a" }, "win32"), /^\/a.pli$/);
});

test("Q6: the locale's variables are heeded in their order", () => {
  assert.equal(languageOf({ LANG: "fr_FR.UTF-8" }), "fr");
  assert.equal(languageOf({ LC_ALL: "en_US", LANG: "fr_FR" }), "en");
  assert.equal(languageOf({ LC_MESSAGES: "fr", LANG: "C" }), "fr");
  assert.equal(languageOf({ LANG: "nl_BE.UTF-8" }), "nl");
  assert.equal(languageOf({ LANG: "de_CH" }), "de");
  assert.equal(languageOf({ LANG: "C.UTF-8" }), "en");
});

test("C3: what strangers write cannot steer the terminal", () => {
  assert.equal(printable("a\u001b[2Jb\u202ec\r\nd"), "a\ufffd[2Jb\ufffdc\ufffd\ufffdd");
});
