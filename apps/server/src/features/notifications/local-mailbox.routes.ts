/**
 * The local mailbox over HTTP: page `/dev/mailbox`, data `/dev/mailbox.json`. Added only where there is a local mailbox; elsewhere
 * these paths do not exist. Answers only requests that name this machine: a page of the web that points its own name here
 * (DNS rebinding), or a proxy in front, gets what it would get without it.
 */

import type { IncomingHttpHeaders } from "node:http";
import { PliError } from "@pli/core/errors";
import { chooseLanguage } from "@pli/texts/languages";
import { localMailboxTexts } from "@pli/texts/mail";
import type { Api } from "../../http/api.ts";
import { readOwnFile } from "../../platform/own-files.ts";
import type { LocalMailbox } from "./local-mailbox.ts";
import { mailboxPage } from "./mailbox-page/page.ts";

const FILES = [
  ["mailbox.css", "text/css; charset=utf-8"],
  ["mailbox.js", "text/javascript; charset=utf-8"],
] as const;

/** A mail's own styles are in attributes; it runs nothing, loads nothing, and only this page may frame it. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; form-action 'none'; base-uri 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";

export function localMailboxRoutes(api: Api, mailbox: LocalMailbox): void {
  api.get("/dev/mailbox", (c) => {
    onlyThisMachine(c.env.incoming.headers);
    const language = chooseLanguage(c.req.header("accept-language"));
    return c.html(mailboxPage(language, localMailboxTexts(language)));
  });

  api.get("/dev/mailbox.json", (c) => {
    onlyThisMachine(c.env.incoming.headers);
    const address = c.req.query("to");
    const etag = `"${mailbox.version()}.${encodeURIComponent(address ?? "")}"`;
    c.header("ETag", etag);
    if (c.req.header("if-none-match") === etag) return c.body(null, 304);
    return c.json(mailbox.list(address));
  });

  for (const [name, type] of FILES) {
    const content = readOwnFile(new URL(`./mailbox-page/${name}`, import.meta.url));
    api.get(`/dev/mailbox/${name}`, (c) => {
      onlyThisMachine(c.env.incoming.headers);
      return c.body(content, 200, { "Content-Type": type });
    });
  }

  api.get("/dev/mailbox/:file{[0-9a-f-]+\\.html}", (c) => {
    onlyThisMachine(c.env.incoming.headers);
    const id = c.req.param("file").replace(/\.html$/, "");
    const mail = mailbox.list().find((one) => one.id === id);
    if (mail?.channel !== "mail") throw new PliError("not_found");
    // The headers of every answer are set on the raw response; this page alone may be framed, by our own.
    c.env.outgoing.removeHeader("X-Frame-Options");
    c.header("Content-Security-Policy", MAIL_POLICY);
    // Links open beside the mailbox: the pages they lead to refuse to be framed.
    return c.html(mail.html.replace("<head>", '<head><base target="_blank">'));
  });
}

const LOOPBACK_HOST = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(:\d{1,5})?$/i;

function onlyThisMachine(headers: IncomingHttpHeaders): void {
  const forwarded = headers.forwarded ?? headers["x-forwarded-for"] ?? headers["x-forwarded-host"] ?? headers.via;
  if (forwarded !== undefined || !LOOPBACK_HOST.test(headers.host ?? "")) throw new PliError("not_found");
}
