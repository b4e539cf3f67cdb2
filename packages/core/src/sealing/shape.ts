/** Checks on JSON from a stranger: each returns the value in its type or throws PliError `integrity`. Never coerces. */
import { PliError } from "../errors.ts";
import { isWellFormed } from "../well-formed.ts";

function refuse(): never {
  throw new PliError("integrity");
}

/** Fields of an object; those of its prototype do not count. */
export function object(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) refuse();
  return Object.assign(Object.create(null), value);
}

export function list(value: unknown, most: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) refuse();
  return value;
}

/** Text of `least` to `most` UTF-16 units, well formed (no lone surrogates: they would not survive UTF-8). */
export function text(value: unknown, least: number, most: number): string {
  if (typeof value !== "string" || value.length < least || value.length > most || !isWellFormed(value)) refuse();
  return value;
}

export function whole(value: unknown, least: number): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least) refuse();
  return value;
}

/** ISO 8601 date and time in UTC, as `Date.toISOString` writes it. */
export function isDateTime(value: unknown): string {
  const string = text(value, 20, 30);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(string) || Number.isNaN(Date.parse(string))) refuse();
  return string;
}

/** A field that may be absent: `{}` or `{[name]: read(value)}`, to be spread. */
export function optional<Name extends string, Value>(
  name: Name,
  value: unknown,
  read: (value: unknown) => Value,
): { readonly [key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: read(value) } as { readonly [key in Name]?: Value });
}
