/**
 * Cross-site writes are refused (Q9): by Sec-Fetch-Site where a browser sends it, and by Origin. Programs send neither. A
 * bearer token is not sent by browsers of their own accord, so it needs no such check.
 */
import type { IncomingMessage } from "node:http";
import { PliError } from "@pli/core/errors";

/** @throws PliError `forbidden_origin` */
export function checkOrigin(request: IncomingMessage, publicOrigin: string): void {
  const { method, headers } = request;
  if (method === "GET" || method === "HEAD" || method === "OPTIONS") return;
  if (headers.authorization !== undefined && headers.cookie === undefined) return;
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") throw new PliError("forbidden_origin");
  const { origin, host } = headers;
  if (origin === undefined || origin === publicOrigin) return;
  // The name the browser used: another page cannot choose it.
  if (host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)) return;
  throw new PliError("forbidden_origin");
}
