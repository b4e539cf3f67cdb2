/**
 * Where the database is: a file of SQLite, or a PostgreSQL server by its URL (the form of libpq, RFC 3986). Read once with the
 * configuration. Holds secrets: never printed; `placeName` is what may be.
 */
import { readFileSync } from "node:fs";

export interface SqlitePlace {
  readonly engine: "sqlite";
  readonly path: string;
}
export interface PostgresPlace {
  readonly engine: "postgres";
  /** Name, address, or folder of a socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** A secret; null: the server asks for none, or trusts the socket's user. */
  readonly password: string | null;
  readonly tls: TlsChoice;
  /** Connections of one node at most. */
  readonly connections: number;
}
export type DatabasePlace = SqlitePlace | PostgresPlace;

/** As libpq's sslmode: encrypted, encrypted to a known authority, and to a known host. */
export interface TlsChoice {
  readonly mode: "disable" | "require" | "verify-ca" | "verify-full";
  /** PEM; null: the authorities that Node knows. */
  readonly authorities: string | null;
}

/** What is wrong with a URL, in words that quote nothing of it. */
export class PlaceError extends Error {
  readonly cure: string;
  constructor(fault: string, cure: string) {
    super(fault);
    this.name = "PlaceError";
    this.cure = cure;
  }
}

const FORM = "Give postgres://user:password@host:5432/database";
const MODES = ["disable", "require", "verify-ca", "verify-full"] as const;
const PARAMETERS = ["host", "port", "user", "password", "dbname", "sslmode", "sslrootcert"];

/**
 * @param passwords where the password is when the URL has none: PGPASSWORD, or the file of PGPASSFILE
 * @throws PlaceError
 */
export function parsePostgresUrl(
  text: string,
  passwords: { readonly password: string | undefined; readonly file: string | undefined },
  connections: number,
): PostgresPlace {
  const url = URL.parse(text);
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) throw new PlaceError("not a PostgreSQL address", FORM);
  const given = url.searchParams;
  for (const name of given.keys()) {
    if (!PARAMETERS.includes(name)) {
      throw new PlaceError("a parameter that is not known", `Known are ${PARAMETERS.join(", ")}`);
    }
  }
  const database = given.get("dbname") ?? decode(url.pathname.slice(1));
  const user = given.get("user") ?? decode(url.username);
  const host = given.get("host") ?? decode(url.hostname).replace(/^\[|\]$/g, "");
  const port = Number(given.get("port") ?? (url.port === "" ? 5432 : url.port));
  if (database === "" || user === "" || !Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new PlaceError("user, database or port is missing", FORM);
  }
  const place = { host: host === "" ? "localhost" : host, port, database, user };
  const own = given.get("password") ?? decode(url.password);
  const password =
    own !== "" ? own : (passwords.password ?? (passwords.file === undefined ? null : fromFile(passwords.file, place)));
  return { engine: "postgres", ...place, password, tls: tlsOf(given), connections };
}

/** Where it is, without a secret. */
export function placeName(place: DatabasePlace): string {
  if (place.engine === "sqlite") return place.path;
  return place.host.startsWith("/")
    ? `${place.host}/${place.database}`
    : `${place.host}:${place.port}/${place.database}`;
}

/** Whether what goes to this server can be read or changed on the way. */
export function isExposed(place: PostgresPlace): boolean {
  const isHere = place.host.startsWith("/") || place.host === "localhost" || /^(127\.|::1$)/.test(place.host);
  return !isHere && place.tls.mode === "disable";
}

function tlsOf(given: URLSearchParams): TlsChoice {
  const mode = MODES.find((one) => one === (given.get("sslmode") ?? "disable"));
  if (mode === undefined) throw new PlaceError("an sslmode that is not known", `Give one of ${MODES.join(", ")}`);
  const path = given.get("sslrootcert");
  if (path === null) return { mode, authorities: null };
  try {
    return { mode, authorities: readFileSync(path, "utf8") };
  } catch {
    throw new PlaceError("the file of sslrootcert cannot be read", "Name a readable file of certificates (PEM)");
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new PlaceError("a percent sign that stands for nothing", "Write % as %25 in names and passwords");
  }
}

/** The first line of a password file that fits (PostgreSQL manual, "The Password File"): host:port:database:user:password. */
function fromFile(
  path: string,
  wanted: { readonly host: string; readonly port: number; readonly database: string; readonly user: string },
): string | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new PlaceError("the file of PGPASSFILE cannot be read", "Name a readable file");
  }
  const fields = [wanted.host, String(wanted.port), wanted.database, wanted.user];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("#")) continue;
    const values = (line.match(/(?:\\.|[^:\\])+/g) ?? []).map((value) => value.replace(/\\(.)/g, "$1"));
    const password = values[4];
    if (password === undefined) continue;
    if (fields.every((field, index) => values[index] === "*" || values[index] === field)) return password;
  }
  return null;
}
