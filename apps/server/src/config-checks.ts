/** What a value of the configuration must look like. Nothing is asked of the network or the disk. */

/** Where metrics are served. */
export interface MetricsPlace {
  readonly host: string;
  readonly port: number;
}

const ADDRESS = /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+$/;

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

export function isAddress(value: string): boolean {
  return ADDRESS.test(value) && value.length <= 254;
}

export function isName(value: string): boolean {
  const hasControl = [...value].some((character) => character < " " || character === "\u007f");
  return value.trim() !== "" && value.length <= 120 && !hasControl;
}

export function isOrigin(value: string): boolean {
  const url = URL.parse(value);
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.pathname === "/" &&
    url.search === "" &&
    url.hash === "" &&
    url.username === ""
  );
}

export function originOf(value: string | null): string | null {
  return value === null ? null : new URL(value).origin;
}

export function isSmtpUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== "";
}

/** Null when it is not `host:port`. */
export function metricsPlaceOf(text: string | null): MetricsPlace | null {
  const [, bracketed, plain, port = ""] = /^(?:\[([0-9a-fA-F:.]+)\]|([\w.-]+)):(\d{1,5})$/.exec(text ?? "") ?? [];
  const host = bracketed ?? plain;
  return host === undefined || Number(port) > 65_535 ? null : { host, port: Number(port) };
}
