/**
 * Tells a visit of a program from one of a person (M12): link scanners, previews, prefetching, crawlers. A guess for the register alone: it
 * never decides a right, and what it takes for a person is still only a visit, never "read". It does not ask for `Sec-Fetch-User`, the sign
 * of a click: Safari has none, and a mail system's page that leads on by script loses it for people.
 * Sources: fetch.spec.whatwg.org (Fetch Metadata), RFC 9110 12.5.4, and the programs' own pages on how they name themselves.
 */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { agentOf } from "../../http/network.ts";

/** Programs that say who they are, as a sender knows them. The first that fits. */
const NAMED: readonly (readonly [RegExp, string])[] = [
  [/SkypeUriPreview|MicrosoftPreview|TeamsBot/i, "Microsoft Teams"],
  [/SafeLinks|Defender|ms-office|Microsoft Office|Exchange/i, "Microsoft 365"],
  [/Slackbot|Slack-ImgProxy/i, "Slack"],
  [/^WhatsApp\//i, "WhatsApp"],
  [/TelegramBot/i, "Telegram"],
  [/Discordbot/i, "Discord"],
  [/LinkedInBot/i, "LinkedIn"],
  // Apple's own preview of a link in Messages names both: it comes first
  [/facebookexternalhit.*Twitterbot/i, "iMessage"],
  [/facebookexternalhit|facebot|meta-external/i, "Facebook"],
  [/Twitterbot/i, "X"],
  [/Googlebot|Google-\w+|GoogleImageProxy|APIs-Google/i, "Google"],
  [/bingbot|BingPreview/i, "Bing"],
  [/Applebot/i, "Apple"],
  [/proofpoint/i, "Proofpoint"],
  [/mimecast/i, "Mimecast"],
  [/barracuda/i, "Barracuda"],
  [/trendmicro|trend micro/i, "Trend Micro"],
  [/ironport|cisco/i, "Cisco"],
  [/zscaler/i, "Zscaler"],
  [/symantec|messagelabs/i, "Symantec"],
  [/sophos/i, "Sophos"],
  [/virustotal/i, "VirusTotal"],
  [/headless/i, "Chrome, headless"],
];

/** Words that only programs carry. `bot` not within a name such as CUBOT, a maker of phones. */
const PROGRAMS =
  /(?<!\bcu)bot|crawl|spider|scan|preview|prefetch|fetch|monitor|proxy|validator|archive|curl|wget|python|perl|ruby|java\/|go-http|headless|phantom|selenium|playwright|puppeteer|okhttp|libwww|axios|undici|^node|postman/i;

export interface Told {
  readonly machine: boolean;
  /** Short name for the register. */
  readonly agent: string;
}

/** Who comes to a page, by the headers of the request alone. */
export function tellMachine({ headers, method }: Pick<IncomingMessage, "headers" | "method">): Told {
  const text = headers["user-agent"] ?? "";
  const named = NAMED.find(([pattern]) => pattern.test(text))?.[1];
  return {
    machine: named !== undefined || PROGRAMS.test(text) || !looksLikeBrowser(headers, method) || isAhead(headers),
    agent: named ?? agentOf(headers),
  };
}

/** As every browser that can open a message asks for a page that a person goes to. */
function looksLikeBrowser(headers: IncomingHttpHeaders, method: string | undefined): boolean {
  return (
    method === "GET" &&
    /^Mozilla\/5\.0 \(/.test(headers["user-agent"] ?? "") &&
    headers["sec-fetch-mode"] === "navigate" &&
    headers["sec-fetch-dest"] === "document" &&
    (headers.accept ?? "").includes("text/html") &&
    (headers["accept-language"] ?? "") !== "" &&
    !/headless/i.test(String(headers["sec-ch-ua"] ?? ""))
  );
}

/** Loaded before anybody asked, or to draw a small picture of it. */
function isAhead(headers: IncomingHttpHeaders): boolean {
  const said = ["sec-purpose", "purpose", "x-purpose", "x-moz"].map((name) => headers[name] ?? "").join(" ");
  return /prefetch|prerender|preview/i.test(said);
}
