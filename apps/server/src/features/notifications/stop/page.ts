/** The page of that door: words and one button. No script, and the style of our other small pages (Q9). */
import type { StoppableKind, StopTexts } from "@pli/texts/mail";
import { html } from "../html.ts";
import { pageIcon } from "../page-icon.ts";

export function stopPage(
  language: string,
  texts: StopTexts,
  { kind, off }: { readonly kind: StoppableKind; readonly off: boolean },
): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${texts.title}</title>
${pageIcon}
<link rel="stylesheet" href="/api/page.css">
<link rel="stylesheet" href="/stop/stop.css">
</head>
<body class="stop">
<main>
<h1>${texts.title}</h1>
<h2>${texts.kinds[kind]}</h2>
<p role="status">${off ? texts.isOff : texts.isOn}</p>
<form method="post"><button type="submit" name="want" value="${off ? "on" : "off"}">${off ? texts.start : texts.stop}</button></form>
<p><a href="/app">${texts.toPli}</a></p>
</main>
</body>
</html>
`.text;
}
