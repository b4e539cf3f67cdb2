/** The local mailbox page: a frame that its script fills. Words by the reader's language, style and script as files (Q9). */
import type { LocalMailboxTexts } from "@pli/texts/mail";
import { html } from "../html.ts";
import { pageIcon } from "../page-icon.ts";

export function mailboxPage(language: string, texts: LocalMailboxTexts): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${texts.title} – Pli</title>
${pageIcon}
<link rel="stylesheet" href="/api/page.css">
<link rel="stylesheet" href="/dev/mailbox/mailbox.css">
<script type="module" src="/dev/mailbox/mailbox.js"></script>
</head>
<body data-from="${texts.from}" data-to="${texts.to}" data-message="${texts.message}">
<header class="top">
  <div>
    <h1>${texts.title}</h1>
    <p class="intro">${texts.intro}</p>
  </div>
  <label class="filter"><span>${texts.filter}</span><input id="filter" type="search" autocomplete="off" spellcheck="false"></label>
</header>
<p id="offline" class="offline" role="status" hidden>${texts.offline}</p>
<main>
  <nav class="list" aria-label="${texts.list}">
    <div id="empty" class="empty"><h2>${texts.emptyTitle}</h2><p>${texts.empty}</p></div>
    <ol id="mails"></ol>
  </nav>
  <section id="reading" class="reading" aria-label="${texts.message}" tabindex="-1">
    <p id="nothing" class="nothing">${texts.nothing}</p>
    <article id="mail" hidden>
      <button id="back" class="back" type="button">← ${texts.back}</button>
      <h2 id="subject"></h2>
      <dl>
        <div data-only="mail"><dt>${texts.from}</dt><dd id="from"></dd></div>
        <div><dt>${texts.to}</dt><dd id="to"></dd></div>
        <div id="count-row" hidden><dt>${texts.smsCount}</dt><dd id="count"></dd></div>
      </dl>
      <div class="tabs" role="group" data-only="mail">
        <button id="show-html" type="button" aria-pressed="true">${texts.html}</button>
        <button id="show-text" type="button" aria-pressed="false">${texts.text}</button>
      </div>
      <p id="sms" class="sms" hidden></p>
      <iframe id="html" data-only="mail" title="${texts.message}" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>
      <pre id="text" data-only="mail" hidden></pre>
    </article>
  </section>
</main>
</body>
</html>
`.text;
}
