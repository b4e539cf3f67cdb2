/** HTML by a tagged template that escapes everything put into it, unless it is HTML made here. */

declare const safe: unique symbol;
export interface Html {
  readonly text: string;
  readonly [safe]: true;
}

type Value = string | number | Html | readonly Html[] | null;

export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  let text = parts[0] as string;
  values.forEach((value, index) => {
    text += insert(value) + (parts[index + 1] as string);
  });
  return { text } as Html;
}

/** For text and for attribute values between quotes (HTML standard, 13.1.2.3 and 13.1.4). */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function insert(value: Value): string {
  if (value === null) return "";
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return String(value);
  if ("text" in value) return value.text;
  return value.map((one) => one.text).join("");
}

/** HTML of our own, as it stands: constants only, never a word that came from outside. */
export function raw(text: string): Html {
  return { text } as Html;
}
