/** Ways to spoil an honest request: as fast-check arbitraries, so that a failure is told by the smallest spoilt request. */
import fc from "fast-check";
import type { Call } from "./http.ts";

export interface SpoiltRequest extends Call {
  readonly method: string;
  readonly path: string;
  /** For the report of a failure. */
  readonly how: string;
}

type Honest = Call & { readonly method: string; readonly path: string };

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

/** What no field expects, in JSON text. */
const WRONG_VALUES: readonly string[] = [
  "null",
  "true",
  "-1",
  "0",
  "1.5",
  "1e308",
  "1e999",
  "-9007199254740993",
  '""',
  '" "',
  '"\\u0000"',
  '"\\ud800"',
  '"\\u202egnp.exe"',
  '"a\\r\\nBcc: x@y.example"',
  '"../../../../etc/passwd"',
  '"<script>alert(1)</script>"',
  '"\'; drop table grants; --"',
  '"%s%n"',
  `"${"x".repeat(70_000)}"`,
  `"${"é".repeat(5000)}"`,
  '"2020-01-01T00:00:00.000Z"',
  '"9999-12-31T23:59:59.999Z"',
  '"+275760-09-13T00:00:00.001Z"',
  "[]",
  "[[]]",
  "{}",
  '{"__proto__":{"isAdmin":true}}',
  '{"length":1}',
  nested(400, "[", "]"),
];

const WRONG_BODIES: readonly (readonly [how: string, body: string | Uint8Array])[] = [
  ["empty object", "{}"],
  ["null", "null"],
  ["a list", "[]"],
  ["a text", '"text"'],
  ["a number", "7"],
  ["broken JSON", '{"kind":'],
  ["nothing but a byte order mark", "\ufeff"],
  ["not UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ["many levels", nested(20_000, "[", "]")],
  ["many levels of objects", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`],
  ["six megabytes", `{"a":"${"x".repeat(6 * 1024 * 1024)}"}`],
  ["a prototype", '{"__proto__":{"kind":"message"},"constructor":{"prototype":{}}}'],
  ["twice the same key", '{"kind":"message","kind":"reply"}'],
];

const WRONG_TYPES: readonly Record<string, string>[] = [
  { "content-type": "text/plain" },
  { "content-type": "application/x-www-form-urlencoded" },
  { "content-type": "multipart/form-data; boundary=x" },
  { "content-type": "application/xml" },
  { "content-type": "application/jsonx" },
  { "content-type": "" },
  { "content-type": "application/json", "content-encoding": "gzip" },
];

const WRONG_SEGMENTS: readonly string[] = [
  "0",
  "-1",
  "1.5",
  "007",
  "99999999999999999999",
  "20001",
  "NaN",
  "%00",
  "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
  "%ff%fe",
  "%",
  "%F0%9F%92%A3",
  "'%20or%201=1",
  "AAAAAAAAAAAAAAAAAAAAAA",
  "AAAAAAAAAAAAAAAAAAAAAB",
  "00000000000000000000000000",
  "x".repeat(4000),
];

const WRONG_QUERIES: readonly string[] = [
  "limit=-1",
  "limit=0",
  "limit=abc",
  "limit=99999999",
  "limit=1&limit=2",
  "cursor=%00",
  "cursor=AAAA",
  `cursor=${"9".repeat(26)}`,
  `cursor=${"9".repeat(40)}-${"0".repeat(19)}`,
  `cursor=${"x".repeat(5000)}`,
  "state=nonsense",
  "from=yesterday",
  "to=9999999999999",
  "q=%25%25%25",
  "q=%ff",
  `q=${"%27".repeat(500)}`,
  "recipient=%00",
  "reference=%F0%9F%92%A3",
];

const WRONG_HEADERS: readonly Record<string, string>[] = [
  { "idempotency-key": "" },
  { "idempotency-key": "x".repeat(5000) },
  { "idempotency-key": "é" },
  { range: "bytes=5-1" },
  { range: "bytes=-0" },
  { range: "bytes=99999999999999999999-" },
  { range: "bytes=0-0,2-2,4-4" },
  { range: "pages=1-2" },
  { cookie: "__Host-pli-device=; __Host-pli-session=%00" },
  { cookie: `__Host-pli-device=${"A".repeat(43)}` },
  { authorization: "Bearer pli_" },
  { authorization: "Basic dXNlcjpwYXNz" },
  { authorization: `Bearer ${"x".repeat(3000)}` },
  { accept: "text/html" },
  { expect: "200-ok" },
  { "x-http-method-override": "DELETE" },
];

/** JSON text of `value` with the node at `place` replaced by `wrong` (JSON text too), left out (null), or joined by an unknown one. */
function replaceAt(value: unknown, place: readonly string[], wrong: string | null): string {
  const [key, ...rest] = place;
  if (key === undefined) return wrong ?? "{}";
  const put = (name: string, part: unknown) =>
    name !== key ? JSON.stringify(part) : rest.length === 0 && wrong === null ? null : replaceAt(part, rest, wrong);
  if (Array.isArray(value)) {
    return `[${value
      .map((part, index) => put(String(index), part))
      .filter((part) => part !== null)
      .join(",")}]`;
  }
  const members = Object.entries(value as object).map(([name, part]) => [name, put(name, part)] as const);
  const kept = members.filter(([, part]) => part !== null && part !== undefined);
  return `{${kept.map(([name, part]) => `${JSON.stringify(name)}:${part}`).join(",")}}`;
}

/** Every node of a JSON value, as the way to it. */
function placesOf(value: unknown, way: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([name, part]) => placesOf(part, [...way, name]))];
}

const asJson = { "content-type": "application/json" };

/** Spoilt forms of `honest`. */
export function spoilt(honest: Honest): fc.Arbitrary<SpoiltRequest> {
  const { method, path, json } = honest;
  const segments = path.split("/");
  const variable = segments.flatMap((segment, index) =>
    /\d|^[\w-]{22}$/.test(segment) && segment !== "v1" ? [index] : [],
  );
  const ways: fc.Arbitrary<SpoiltRequest>[] = [
    fc.constantFrom(...WRONG_HEADERS).map((headers) => ({
      ...honest,
      headers: { ...honest.headers, ...headers },
      how: `header ${JSON.stringify(headers).slice(0, 80)}`,
    })),
    fc
      .constantFrom(...WRONG_QUERIES)
      .map((query) => ({ ...honest, path: `${path}?${query}`, how: `query ${query.slice(0, 60)}` })),
  ];
  if (variable.length > 0) {
    ways.push(
      fc.tuple(fc.constantFrom(...variable), fc.constantFrom(...WRONG_SEGMENTS)).map(([index, wrong]) => ({
        ...honest,
        path: segments.with(index, wrong).join("/"),
        how: `path segment ${index} ${wrong.slice(0, 40)}`,
      })),
    );
  }
  if (method !== "GET") {
    ways.push(
      fc
        .constantFrom(...WRONG_BODIES)
        .map(([how, body]) => ({ method, path, body, headers: asJson, how: `body: ${how}` })),
      fc.constantFrom(...WRONG_TYPES).map((headers) => ({
        ...honest,
        body: honest.body ?? JSON.stringify(json ?? {}),
        headers,
        how: `type ${JSON.stringify(headers)}`,
      })),
    );
  }
  if (json !== undefined) {
    const places = placesOf(json);
    const field = fc
      .tuple(fc.constantFrom(...places), fc.constantFrom(...WRONG_VALUES, null))
      .map(([place, wrong]) => ({
        method,
        path,
        body: replaceAt(json, place, wrong),
        headers: asJson,
        how: `field ${place.join(".")} = ${(wrong ?? "left out").slice(0, 60)}`,
      }));
    const unknown = fc.constantFrom("admin", "__proto__", "state", "organisationId").map((name) => ({
      method,
      path,
      body: `${JSON.stringify(json).slice(0, -1)}${Object.keys(json as object).length > 0 ? "," : ""}"${name}":{"x":1}}`,
      headers: asJson,
      how: `unknown field ${name}`,
    }));
    // Fields are where most can go wrong.
    ways.push(field, field, field, unknown);
  }
  return fc.oneof(...ways);
}
