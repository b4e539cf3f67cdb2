/** Text ↔ HTML: nothing typed may become markup, nothing readable may get lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { htmlToText, textToHtml } from "./message-text.ts";

test("M1: text becomes paragraphs, breaks and links", () => {
  assert.equal(
    textToHtml("Bonjour,\r\nvoir https://example.org/a?b=1&c=2.\n\n\nMerci"),
    '<p>Bonjour,<br>voir <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>.</p><p>Merci</p>',
  );
  assert.equal(textToHtml(""), "");
});

test("M14: no text can become markup of its own", () => {
  const nasty = fc.array(
    fc.constantFrom(
      "<",
      ">",
      '"',
      "'",
      "&",
      "https://a.b/",
      "javascript:",
      "<script>",
      "\n",
      " ",
      "é",
      "<img onerror=x>",
      "&lt;",
    ),
  );
  fc.assert(
    fc.property(nasty, (pieces) => {
      const html = textToHtml(pieces.join(""));
      const left = html.replace(/<\/?p>|<br>|<\/a>|<a href="https?:\/\/[^"<>]*">/g, "");
      assert.doesNotMatch(left, /[<>"']/);
      assert.doesNotMatch(left, /&(?!(?:amp|lt|gt|quot|#39);)/);
    }),
  );
});

test("M14: HTML that came without text can be read as text", () => {
  const html =
    "<style>p{}</style><h1>Titre</h1><p>Un &amp; deux<br>trois&nbsp;!</p><ul><li>a</li><li>b</li></ul><script>x()</script>";
  assert.equal(htmlToText(html), "Titre\n\nUn & deux\ntrois\u00a0!\n\n- a\n- b");
  assert.equal(htmlToText("&#x41;&#66;&unknown;&#0;"), "AB&unknown;");
});

test("M14: text survives the way there and back", () => {
  const words = fc.array(fc.constantFrom("mot", "a<b", "x&y", '"q"', "https://example.org/x", "1 > 0"), {
    minLength: 1,
  });
  const lines = fc.array(
    words.map((list) => list.join(" ")),
    { minLength: 1 },
  );
  fc.assert(fc.property(lines, (text) => assert.equal(htmlToText(textToHtml(text.join("\n"))), text.join("\n"))));
});

test("M14: HTML made to be slow is read in no time", () => {
  for (const piece of ["<br ", "<li ", "</p ", "<script", "<!", "&#32;", "&#9;", "&#10;", "&#10;&#32;"]) {
    // of this process: others may have the machine meanwhile
    const before = process.cpuUsage();
    htmlToText(`${piece.repeat(200_000)}x`);
    assert.ok(process.cpuUsage(before).user < 3_000_000, piece);
  }
});
