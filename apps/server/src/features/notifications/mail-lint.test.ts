/** Every kind of mail in every language, held against what mail programs understand and readers can see (M11). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES } from "@pli/core/wire";
import { composeMail } from "./compose-mail.ts";
import { contrast, darkRules, type MailElement, readMailHtml, seen, styleOf } from "./testing/read-mail-html.ts";
import { SAMPLES } from "./testing/samples.ts";

const ORIGIN = "https://plis.aubrelune.example";
const SECRET = "n4dJ7QsYl3vQx0bTq2mZ8aR1uK9wAn4dJ7QsYl3vQx0b";
const CODE = "12345678";
const MAILS = LANGUAGES.flatMap((language) =>
  SAMPLES.map((row) => {
    const secret = row.kind === "code" ? CODE : SECRET;
    const house = {
      origin: ORIGIN,
      organisation: "Ville d’Aubrelune <& Cie>",
      mailFrom: "plis@aubrelune.example",
      stopLink: row.kind === "opened" ? `${ORIGIN}/stop/x` : null,
    };
    return { name: `${language} ${row.kind}`, row, mail: composeMail({ ...row, language }, secret, house, 0) };
  }),
);

test("M11: mails are well-formed, laid out by tables that say so, and small enough for Gmail to show whole", () => {
  for (const { name, mail } of MAILS) {
    const { elements } = readMailHtml(mail.html);
    const parents: Readonly<Record<string, readonly string[]>> = { td: ["tr"], th: ["tr"], tr: ["table"], h1: ["td"] };
    for (const element of elements) {
      const allowed = parents[element.name];
      if (allowed !== undefined) assert.ok(allowed.includes(element.parent?.name ?? ""), `${name}: ${element.name}`);
      if (element.name !== "table") continue;
      const isData = elements.some((one) => one.name === "th" && one.parent?.parent === element);
      assert.equal(element.attributes.get("role"), isData ? undefined : "presentation", name);
      for (const attribute of ["cellpadding", "cellspacing", "border"])
        assert.equal(element.attributes.get(attribute), "0");
    }
    for (const element of elements) {
      const background = styleOf(element).get("background");
      if (background !== undefined && element.name !== "div")
        assert.equal(
          element.attributes.get("bgcolor"),
          background,
          `${name}: Outlook needs bgcolor on ${element.name}`,
        );
    }
    const button = elements.find((one) => one.attributes.get("class") === "cta");
    assert.equal(button === undefined, name.endsWith(" code"), `${name}: one button, but a code`);
    if (button !== undefined) assert.match(styleOf(button).get("mso-padding-alt") ?? "", /^15px 32px$/);
    assert.equal(mail.html.match(/<!--\[if mso\]>/g)?.length, mail.html.match(/<!\[endif\]-->/g)?.length);
    assert.ok(Buffer.byteLength(mail.html) < 20_000, `${name}: ${Buffer.byteLength(mail.html)} bytes`);
    for (const line of mail.html.split("\n")) assert.ok(line.length < 3000, `${name}: a long line`);
  }
});

test("M11: mails load nothing, run nothing, and lead to our own host alone, by one link", () => {
  for (const { name, mail } of MAILS) {
    const { elements } = readMailHtml(mail.html);
    const forbidden = ["img", "script", "link", "iframe", "form", "object", "video", "base"];
    for (const element of elements) {
      assert.ok(!forbidden.includes(element.name), `${name}: ${element.name}`);
      for (const key of element.attributes.keys()) assert.ok(!/^on|^src|^background$/.test(key), `${name}: ${key}`);
    }
    assert.doesNotMatch(mail.html, /url\(|@import|@font-face/);
    const links = elements.flatMap((one) => one.attributes.get("href") ?? []);
    for (const link of links) assert.ok(link.startsWith(`${ORIGIN}/`), `${name}: ${link}`);
    assert.ok(new Set(links).size <= (name.endsWith("opened") ? 2 : 1), name);
    for (const link of mail.text.match(/https?:\S+/g) ?? [])
      assert.ok(link.startsWith(`${ORIGIN}/`), `${name}: ${link}`);
  }
});

test("M11: every word of a mail can be read, in the light and in the dark", () => {
  for (const { name, mail } of MAILS) {
    const { texts } = readMailHtml(mail.html);
    const rules = darkRules(mail.html);
    assert.ok(rules.length > 15);
    for (const scheme of [[], rules]) {
      for (const { text, inside } of texts) {
        if (isHidden(inside) || inside.name === "title" || text === "&nbsp;") continue;
        const [ink, paper] = [seen(inside, "color", scheme), seen(inside, "background", scheme)];
        const ratio = contrast(ink, paper);
        assert.ok(ratio >= 4.5, `${name}: ${ink} on ${paper} is ${ratio.toFixed(2)}: ${text.slice(0, 40)}`);
      }
    }
  }
});

test("M11: plain text says the same, in lines that nothing breaks, and no list of mails shows a code", () => {
  for (const { name, row, mail } of MAILS) {
    const { texts } = readMailHtml(mail.html);
    for (const line of mail.text.split("\n")) {
      assert.ok(line.length <= 78 || /^\S+$|\S{50}/.test(line), `${name}: ${line}`);
      assert.ok(line === "-- " || line === line.trimEnd(), `${name}: a space at the end`);
    }
    const plain = mail.text.replaceAll(/\s+/g, " ");
    const hidden = texts.filter(({ inside }) => isHidden(inside)).map(({ text }) => text);
    assert.ok(hidden.length > 0 && hidden.every((text) => !text.includes(CODE)), `${name}: the preheader`);
    assert.ok(!mail.subject.includes(CODE));
    for (const { text, inside } of texts) {
      if (isHidden(inside) || ["a", "title"].includes(inside.name) || text === "V") continue;
      const words = unescaped(text).replaceAll(/\s+/g, " ").trim();
      // The line above the link belongs to the button, which plain text has not.
      if (words !== "" && inside.attributes.get("class") !== "end")
        assert.ok(plain.includes(words), `${name}: ${words}`);
    }
    if (row.kind === "message") assert.ok(mail.text.split("\n").includes(`${ORIGIN}/o/${row.grant_id}#${SECRET}`));
    assert.ok(!mail.html.includes("<& Cie>") && mail.html.includes("&lt;&amp; Cie&gt;"));
  }
});

function isHidden(element: MailElement | null): boolean {
  for (let one = element; one !== null; one = one.parent) if (styleOf(one).get("display") === "none") return true;
  return false;
}

function unescaped(text: string): string {
  return text
    .replaceAll("&nbsp;", "\u00a0")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
