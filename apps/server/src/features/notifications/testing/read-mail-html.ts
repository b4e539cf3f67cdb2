/** Reads the HTML of our own mails strictly, as a tree of open elements, with the colours that a reader sees in the light and in the dark. */
import assert from "node:assert/strict";

export interface MailElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly parent: MailElement | null;
}
export interface MailText {
  readonly text: string;
  readonly inside: MailElement;
}

const VOID = new Set(["meta", "br", "img", "link", "hr", "input"]);
const TOKEN =
  /<!doctype html>|<!--[\s\S]*?-->|<style>[\s\S]*?<\/style>|<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-z:-]*="[^"<>]*")*)\s*>|[^<]+/gi;

/** @throws AssertionError where it is not well-formed: unknown mark-up, an attribute twice, an element that is not closed in order */
export function readMailHtml(html: string): {
  readonly elements: readonly MailElement[];
  readonly texts: readonly MailText[];
} {
  const elements: MailElement[] = [];
  const texts: MailText[] = [];
  let inside = null as MailElement | null;
  let at = 0;
  for (const match of html.matchAll(TOKEN)) {
    assert.equal(match.index, at, `not understood: ${html.slice(at, at + 80)}`);
    at += match[0].length;
    const [token, closing, name, attributes = ""] = match;
    if (name === undefined) {
      if (!token.startsWith("<") && token.trim() !== "" && inside !== null) texts.push({ text: token.trim(), inside });
      continue;
    }
    if (closing === "/") {
      assert.equal(inside?.name, name, `closed out of order at ${at}`);
      inside = inside?.parent ?? null;
      continue;
    }
    const pairs = [...attributes.matchAll(/([a-z][a-z:-]*)="([^"]*)"/g)].map(
      ([, key = "", value = ""]) => [key, value] as const,
    );
    assert.equal(new Set(pairs.map(([key]) => key)).size, pairs.length, `an attribute twice: ${token}`);
    const element: MailElement = { name, attributes: new Map(pairs), parent: inside };
    elements.push(element);
    if (!VOID.has(name)) inside = element;
  }
  assert.equal(at, html.length);
  assert.equal(inside, null, "an element is not closed");
  return { elements, texts };
}

export function styleOf(element: MailElement): ReadonlyMap<string, string> {
  const declarations = (element.attributes.get("style") ?? "").split(";").filter((one) => one !== "");
  return new Map(declarations.map((one) => [one.slice(0, one.indexOf(":")), one.slice(one.indexOf(":") + 1)] as const));
}

export interface DarkRule {
  readonly className: string;
  /** Below the class; null: the element of the class itself. */
  readonly descendant: string | null;
  readonly property: string;
  readonly value: string;
}

/** The rules under prefers-color-scheme, which all say `!important`. */
export function darkRules(html: string): readonly DarkRule[] {
  const block = /@media \(prefers-color-scheme:dark\)\{([^@]*?\})\}/.exec(html)?.[1] ?? "";
  return [...block.matchAll(/([^{}]+)\{([a-z-]+):([^}!]+)!important\}/g)].flatMap(
    ([, names = "", property = "", value = ""]) =>
      names.split(",").map((name) => {
        const [className = "", descendant = null] = name.trim().slice(1).split(" ");
        return { className, descendant, property, value };
      }),
  );
}

/** What an element's text looks like: the nearest value of a property up the tree. */
export function seen(element: MailElement, property: "color" | "background", rules: readonly DarkRule[]): string {
  for (let one: MailElement | null = element; one !== null; one = one.parent) {
    const rule = rules.findLast((rule) => rule.property === property && applies(rule, one as MailElement));
    const value = rule?.value ?? styleOf(one).get(property);
    if (value !== undefined) return value;
  }
  return property === "color" ? "#000000" : "#ffffff";
}

function applies({ className, descendant }: DarkRule, element: MailElement): boolean {
  const has = (one: MailElement) => one.attributes.get("class") === className;
  if (descendant === null) return has(element);
  if (element.name !== descendant) return false;
  for (let one = element.parent; one !== null; one = one.parent) if (has(one)) return true;
  return false;
}

/** WCAG 2.2, 1.4.3. @param colours `#rrggbb` */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  assert.match(colour, /^#[0-9a-f]{6}$/);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
