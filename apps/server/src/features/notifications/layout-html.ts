/**
 * A mail as HTML (M11): tables and styles in attributes, as mail programs need them; a style sheet only for dark mode and narrow
 * screens. No image, no script, nothing remote. All words are escaped by `html`.
 */
import { type Html, html, raw } from "./html.ts";
import type { MailLayout } from "./layout.ts";

const SANS = "font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
const SERIF = "font-family:Charter,Cambria,Georgia,serif;";
const MONO = "font-family:ui-monospace,Consolas,Menlo,monospace;";
const INK = "#16203a";
const INK_2 = "#4a5670";
const LINE = "#dde2eb";
const WRAP = "word-break:break-word;overflow-wrap:anywhere;";
const PREHEADER_FILL = 60;
const ORGANISATION = "#2b3f73";
const ACTION = "#1d54bf";

/**
 * What attributes cannot say: narrow screens and the dark. Nothing rests on it alone, since some programs drop it. Class names repeat those of the
 * cells below. Outlook.com has no media query for the dark: it marks what it has recoloured (data-ogsc, data-ogsb).
 */
const DARK: readonly (readonly [string, string, string])[] = [
  [".pm", "background", "#0c0f16"],
  [".sheet", "background", "#181c26"],
  [".orgn,.h,.p,.v,.true b,.digits", "color", "#ebe8e1"],
  [".next,.k,.d,.true,.end,.end a", "color", "#aab2c3"],
  [".k,.v,.true", "border-top-color", "#2a3140"],
  [".box", "background", "#11151d"],
  [".box", "border-color", "#7d879d"],
  [".cta", "background", "#8fb4ff"],
  [".cta", "border-color", "#8fb4ff"],
  [".cta a", "color", "#0a1836"],
];
const dark = (mark: (property: string) => string): string =>
  DARK.map(([names, property, value]) => {
    const marked = names.split(",").map((name) => `${mark(property)}${name}`);
    return `${marked.join(",")}{${property}:${value}!important}`;
  }).join("");

const STYLES: Html = raw(`<style>
@media (max-width:480px){.k{width:92px!important;padding-right:12px!important}.pad{padding:24px 20px!important}.end{padding:16px 20px 24px!important}.cta a{display:block!important;padding-left:16px!important;padding-right:16px!important}.wide{width:100%!important}}
@media (prefers-color-scheme:dark){${dark(() => "")}}
${dark((property) => (property === "background" ? "[data-ogsb] " : "[data-ogsc] "))}
</style>
<!--[if mso]><style>h1{font-family:Georgia,serif!important}.digits{font-family:Consolas,monospace!important}</style><xml xmlns:o="urn:schemas-microsoft-com:office:office"><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]-->`);

/** Outlook for Windows knows no greatest width: it gets a table of its own around. */
const MSO_OPEN: Html = raw(
  `<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->`,
);
const MSO_CLOSE: Html = raw("<!--[if mso]></td></tr></table><![endif]-->");

export function layoutHtml(mail: MailLayout): string {
  const { words } = mail;
  return html`<!doctype html>
<html lang="${mail.language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${words.subject}</title>
${STYLES}
</head>
<body class="pm" bgcolor="#e9edf3" style="margin:0;padding:0;background:#e9edf3;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%">
${preheader(words.lead.at(-1) ?? "")}<div role="article" aria-roledescription="email" aria-label="${words.subject}" lang="${mail.language}">
<table class="pm" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#e9edf3" style="border-collapse:collapse;background:#e9edf3;color:${INK};${SANS}">
<tr><td align="center">
${MSO_OPEN}
<table class="sheet" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#fffefb" style="border-collapse:collapse;width:100%;max-width:600px;background:#fffefb;${SANS}">
<tr><td bgcolor="${ORGANISATION}" height="8" style="height:8px;line-height:8px;font-size:1px;background:${ORGANISATION}">&nbsp;</td></tr>
<tr><td class="pad" style="padding:32px 40px;${SANS}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
<tr><td style="padding:0 0 24px"><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td bgcolor="${ORGANISATION}" width="40" height="40" align="center" valign="middle" style="width:40px;height:40px;background:${ORGANISATION};color:#ffffff;font-size:18px;line-height:40px;font-weight:700;${SANS}" aria-hidden="true">${initial(mail.organisation)}</td><td class="orgn" style="padding-left:12px;font-size:16px;line-height:21px;font-weight:700;color:${INK};${SANS}">${mail.organisation}</td></tr></table></td></tr>
<tr><td style="padding:0 0 16px"><h1 class="h" style="margin:0;font-size:25px;line-height:31px;font-weight:700;color:${INK};${WRAP}${SERIF}">${words.heading}</h1></td></tr>
<tr><td class="p" style="padding:0 0 24px;font-size:16px;line-height:25px;color:${INK};${WRAP}${SANS}">${lines(words.lead)}</td></tr>
${code(mail)}${button(mail)}${rows(mail)}
<tr><td class="true" style="padding:20px 0 0;border-top:1px solid ${LINE};font-size:14px;line-height:21px;color:${INK_2};${WRAP}${SANS}"><b style="color:${INK}">${words.genuine.question}</b> ${withHost(words.genuine.answer, mail.host)}</td></tr>
</table>
</td></tr>
</table>
${MSO_CLOSE}
${MSO_OPEN}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;width:100%;max-width:600px"><tr><td class="end" align="center" style="padding:20px 40px 32px;font-size:12px;line-height:18px;color:${INK_2};${WRAP}${SANS}">${lines(words.footer)}${plainLink(mail)}${stopLink(mail)}</td></tr></table>
${MSO_CLOSE}
</td></tr>
</table>
</div>
</body>
</html>
`.text;
}

/** What lists of mails show beside the subject; the filler keeps what follows out of it. Never the code. */
function preheader(text: string): Html {
  const filler = raw("&#847;&zwnj;&nbsp;".repeat(PREHEADER_FILL));
  return html`<div style="display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden;mso-hide:all" aria-hidden="true">${text}${filler}</div>
`;
}

function code(mail: MailLayout): Html | null {
  if (mail.code === null) return null;
  return html`<tr><td style="padding:0 0 24px"><table class="wide" role="presentation" cellpadding="0" cellspacing="0" border="0" style="border-collapse:separate"><tr><td class="box" bgcolor="#f3f5f9" align="center" style="padding:16px 28px;background:#f3f5f9;border:1px solid #76819a;border-radius:10px"><span class="digits" style="font-size:30px;line-height:36px;font-weight:700;letter-spacing:4px;color:${INK};${MONO}">${mail.code}</span></td></tr></table></td></tr>
`;
}

function button(mail: MailLayout): Html | null {
  const { action, next } = mail.words;
  if (action === undefined || mail.link === null) return null;
  const below =
    next === undefined
      ? html`<tr><td style="font-size:1px;line-height:24px" height="24">&nbsp;</td></tr>`
      : html`<tr><td class="next" style="padding:12px 0 24px;font-size:14px;line-height:21px;color:${INK_2};${SANS}">${next}</td></tr>`;
  // The border holds where backgrounds are dropped (forced colours); Outlook takes the cell's padding, the others the link's.
  return html`<tr><td><table class="wide" role="presentation" cellpadding="0" cellspacing="0" border="0" style="border-collapse:separate"><tr><td class="cta" bgcolor="${ACTION}" align="center" style="background:${ACTION};border:1px solid ${ACTION};border-radius:10px;text-align:center;mso-padding-alt:15px 32px"><a href="${mail.link}" style="display:inline-block;padding:15px 32px;font-size:17px;line-height:20px;font-weight:700;color:#ffffff;text-decoration:none;mso-padding-alt:0;${SANS}">${action}</a></td></tr></table></td></tr>
${below}
`;
}

function rows(mail: MailLayout): Html | null {
  if (mail.words.rows.length === 0) return null;
  const cells = mail.words.rows.map(
    (row) =>
      html`<tr><th class="k" scope="row" align="left" width="120" valign="top" style="text-align:left;font-weight:400;padding:10px 16px 10px 0;border-top:1px solid ${LINE};font-size:14px;line-height:21px;color:${INK_2};${SANS}">${row.label}</th><td class="v" valign="top" style="padding:10px 0;border-top:1px solid ${LINE};font-size:14px;line-height:21px;font-weight:600;color:${INK};${WRAP}${SANS}">${row.value}${row.detail === undefined ? null : html`<br><span class="d" style="font-weight:400;color:${INK_2}">${row.detail}</span>`}</td></tr>
`,
  );
  return html`<tr><td><table width="100%" cellpadding="0" cellspacing="0" border="0">
${cells}</table></td></tr>
`;
}

function plainLink(mail: MailLayout): Html | null {
  if (mail.link === null) return null;
  return html`<br>${mail.copyLink}<br><a href="${mail.link}" style="color:${INK_2};word-break:break-all">${mail.link}</a>`;
}

/** Only where a member may do without this kind of mail. */
function stopLink(mail: MailLayout): Html | null {
  if (mail.stopLink === null) return null;
  return html`<br><a href="${mail.stopLink}" style="color:${INK_2}">${mail.stop}</a>`;
}

function lines(texts: readonly string[]): Html {
  return html`${texts.map((text, index) => (index === 0 ? html`${text}` : html`<br>${text}`))}`;
}

/** The host that links lead to, in bold: what a careful reader compares. */
function withHost(text: string, host: string): Html {
  const [first = "", ...others] = text.split(host);
  return html`${first}${others.map((piece) => html`<b style="color:${INK}">${host}</b>${piece}`)}`;
}

function initial(name: string): string {
  return ([...name.trim()][0] ?? "P").toUpperCase();
}
