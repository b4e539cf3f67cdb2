/** Machines and people told apart (M12): user agents as they stand in logs, with the headers that come with them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { tellMachine } from "./tell-machine.ts";

const EDGE =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0";
/** What browsers send when a person follows a link from a mail program. */
const FOLLOWED = {
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "accept-language": "fr-FR,fr;q=0.9",
  "sec-fetch-mode": "navigate",
  "sec-fetch-dest": "document",
  "sec-fetch-site": "none",
};

const PEOPLE: readonly (readonly [string, string])[] = [
  [EDGE, "Edge, Windows"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox, Linux"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
    "Safari, iPhone",
  ],
  [
    "Mozilla/5.0 (Linux; Android 9; CUBOT_X19 Build/PPR1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile Safari/537.36",
    "Chrome, Android",
  ],
  [
    "Mozilla/5.0 (Linux; Android 14; SM-A546B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
    "Samsung Internet, Android",
  ],
];

test("M12: people with browsers of today are people", () => {
  for (const [agent, shown] of PEOPLE) {
    const told = tellMachine({ method: "GET", headers: { ...FOLLOWED, "user-agent": agent } });
    assert.deepEqual(told, { machine: false, agent: shown }, agent);
  }
});

test("M12: previews, scanners and crawlers that name themselves are machines, under their name, whatever headers they copy", () => {
  const machines: readonly (readonly [string, string])[] = [
    [
      "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
      "Microsoft Teams",
    ],
    ["MicrosoftPreview/2.0 +https://aka.ms/MicrosoftPreview", "Microsoft Teams"],
    ["Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "Slack"],
    ["WhatsApp/2.23.20.0 A", "WhatsApp"],
    ["TelegramBot (like TwitterBot)", "Telegram"],
    ["Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)", "Discord"],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
      "iMessage",
    ],
    ["facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "Facebook"],
    [
      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/130.0.0.0 Safari/537.36",
      "Google",
    ],
    ["Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "Bing"],
    ["Mozilla/5.0 (compatible; proofpoint-url-defense/1.0)", "Proofpoint"],
    ["Mimecast-URL-Protect/1.0", "Mimecast"],
    ["BarracudaCentral", "Barracuda"],
    [
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0.0.0 Safari/537.36",
      "Chrome, headless",
    ],
  ];
  for (const [agent, shown] of machines) {
    const told = tellMachine({ method: "GET", headers: { ...FOLLOWED, "user-agent": agent } });
    assert.deepEqual(told, { machine: true, agent: shown }, agent);
  }
  for (const agent of [
    "python-requests/2.32.3",
    "curl/8.10.1",
    "Go-http-client/2.0",
    "LinkScanner/1.0",
    "node",
    `${EDGE} UrlCheck/1 (crawler)`,
  ])
    assert.equal(tellMachine({ method: "GET", headers: { ...FOLLOWED, "user-agent": agent } }).machine, true, agent);
});

test("M12: a scanner that takes a browser's name is found by what it does not send", () => {
  const disguised: readonly (readonly [string, Record<string, string>])[] = [
    // as Safe Links and URL Defense knock: a browser's name and little else
    ["no fetch metadata", { accept: FOLLOWED.accept, "accept-language": "en-US" }],
    ["no language", { ...FOLLOWED, "accept-language": "" }],
    ["anything will do", { ...FOLLOWED, accept: "*/*" }],
    ["asked by a script", { ...FOLLOWED, "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" }],
    ["drawn in a frame", { ...FOLLOWED, "sec-fetch-dest": "iframe" }],
    ["headless by its hints", { ...FOLLOWED, "sec-ch-ua": '"HeadlessChrome";v="130", "Not?A_Brand";v="99"' }],
    ["loaded ahead", { ...FOLLOWED, "sec-purpose": "prefetch;prerender" }],
    ["loaded ahead, as it used to be said", { ...FOLLOWED, purpose: "prefetch" }],
    ["loaded ahead by Firefox", { ...FOLLOWED, "x-moz": "prefetch" }],
    ["a picture of it", { ...FOLLOWED, "x-purpose": "preview" }],
  ];
  for (const [why, headers] of disguised)
    assert.equal(tellMachine({ method: "GET", headers: { ...headers, "user-agent": EDGE } }).machine, true, why);
  assert.equal(tellMachine({ method: "HEAD", headers: { ...FOLLOWED, "user-agent": EDGE } }).machine, true, "HEAD");
  assert.equal(tellMachine({ method: "GET", headers: FOLLOWED }).machine, true, "no name at all");
});

test("M12: whatever a caller sends as headers is told, quickly and in few words", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000 }), fc.string({ maxLength: 200 }), (agent, purpose) => {
      const told = tellMachine({
        method: "GET",
        headers: { ...FOLLOWED, "user-agent": agent, "sec-purpose": purpose },
      });
      assert.ok(told.agent.length > 0 && told.agent.length < 40);
    }),
  );
});
