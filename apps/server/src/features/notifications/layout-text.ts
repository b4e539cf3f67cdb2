/** A mail as plain text: the same words in the same order, links and codes on lines of their own so that nothing breaks them. */
import type { MailLayout } from "./layout.ts";

const WIDTH = 72;

export function layoutText(mail: MailLayout): string {
  const { words } = mail;
  const labelWidth = Math.max(0, ...words.rows.map((row) => row.label.length)) + 2;
  const blocks = [
    [words.heading, mail.organisation],
    words.lead.flatMap((line) => wrap(line)),
    mail.code === null ? [] : [colon(mail, mail.codeLabel), "", mail.code],
    mail.link === null || words.action === undefined ? [] : [colon(mail, words.action), mail.link],
    words.next === undefined ? [] : wrap(words.next),
    words.rows.flatMap((row) =>
      [row.value, ...(row.detail === undefined ? [] : [row.detail])]
        .flatMap((line) => wrap(line, WIDTH - labelWidth))
        .map((line, index) => (index === 0 ? row.label : "").padEnd(labelWidth) + line),
    ),
    [words.genuine.question, ...wrap(words.genuine.answer)],
    [
      "-- ",
      ...words.footer.flatMap((line) => wrap(line)),
      ...(mail.stopLink === null ? [] : [colon(mail, mail.stop), mail.stopLink]),
    ],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function colon(mail: MailLayout, label: string): string {
  return mail.language === "fr" ? `${label}\u00a0:` : `${label}:`;
}

/** Lines of at most `width` characters, broken at ordinary spaces only. */
function wrap(text: string, width = WIDTH): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
