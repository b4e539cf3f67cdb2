/**
 * An SMS provider in this process: Twilio's protocol as its documentation tells it (basic authentication, form in, JSON out, its codes), and a
 * plain gateway beside it. Keeps what it was asked; answers by a script.
 */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface SmsRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
/** What to do with one order: take it, answer with a status and a body, or cut the connection. */
export type SmsReply = "take" | "cut" | { readonly status: number; readonly body: unknown };

export interface SmsProvider {
  readonly host: string;
  readonly requests: readonly SmsRequest[];
  /** Orders that were taken. */
  readonly taken: readonly { readonly to: string; readonly from: string; readonly body: string }[];
}

export const ACCOUNT = "AC0123456789abcdef0123456789abcdef";
export const TOKEN = "t0ken/with=signs";

/** @param script one reply an order, in order; "take" after its end */
export async function startSmsProvider(
  scope: { after(clean: () => Promise<void>): void },
  script: readonly SmsReply[] = [],
): Promise<SmsProvider> {
  const requests: SmsRequest[] = [];
  const taken: { to: string; from: string; body: string }[] = [];
  const replies = [...script];
  const server = createServer((incoming, outgoing) => {
    const pieces: Buffer[] = [];
    incoming.on("data", (piece: Buffer) => pieces.push(piece));
    incoming.on("end", () => {
      const body = Buffer.concat(pieces).toString("utf8");
      const { method = "", url: path = "", headers } = incoming;
      requests.push({ method, path, headers, body });
      const send = (status: number, answer: unknown) => {
        outgoing.writeHead(status, { "content-type": "application/json" });
        outgoing.end(JSON.stringify(answer));
      };
      if (method === "HEAD") return send(404, {});
      if (path.startsWith("/2010-04-01/")) {
        const allowed = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString("base64")}`;
        if (headers.authorization !== allowed) {
          return send(401, {
            code: 20003,
            message: "Authenticate",
            more_info: "https://www.twilio.com/docs/errors/20003",
            status: 401,
          });
        }
        if (method === "GET") return send(200, { sid: ACCOUNT, status: "active" });
        if (path !== `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`) return send(404, { code: 20404, status: 404 });
      }
      const reply = replies.shift() ?? "take";
      if (reply === "cut") return incoming.socket.destroy();
      if (reply !== "take") return send(reply.status, reply.body);
      const form = new URLSearchParams(body);
      taken.push({ to: form.get("To") ?? "", from: form.get("From") ?? "", body: form.get("Body") ?? "" });
      send(201, { sid: `SM${taken.length}`, status: "queued", error_code: null, error_message: null });
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  scope.after(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, requests, taken };
}
