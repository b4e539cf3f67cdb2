/** The API explorer: reads the OpenAPI description, shows each operation, sends what one types. Builds with nodes only, never with HTML text. */
import { WORDS } from "./words.js";

const METHODS = ["get", "post", "put", "patch", "delete"];
const list = document.getElementById("operations");
const token = document.getElementById("token");
const filter = document.getElementById("filter");
const language = document.getElementById("language");

/** The first of the browser's languages that there are words for. */
const wished = navigator.languages
  .map((tag) => tag.toLowerCase().split("-")[0])
  .find((tag) => Object.hasOwn(WORDS, tag));
let words = WORDS[wished ?? "en"];

function node(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** The description is in English, in whatever language the page is. */
function english(name, properties) {
  return node(name, { ...properties, lang: "en" });
}

const worded = new Map();

/** Writes into `element` now and whenever the language changes. */
function inWords(element, write) {
  worded.set(element, write);
  element.textContent = write();
  return element;
}

function resolve(api, schema) {
  const name = schema?.$ref?.replace("#/components/schemas/", "");
  return name === undefined ? schema : api.components.schemas[name];
}

/** A value that fits the schema, to begin with. */
function example(api, schema, depth = 0) {
  const found = resolve(api, schema) ?? {};
  if (depth > 6) return null;
  if (found.example !== undefined) return found.example;
  if (found.const !== undefined) return found.const;
  if (found.enum !== undefined) return found.enum[0];
  const choice = found.anyOf ?? found.oneOf ?? found.allOf;
  if (choice !== undefined) return example(api, choice[0], depth + 1);
  const type = Array.isArray(found.type) ? found.type[0] : found.type;
  if (type === "object") {
    const required = found.required ?? [];
    const members = Object.entries(found.properties ?? {}).filter(([name]) => required.includes(name));
    return Object.fromEntries(members.map(([name, member]) => [name, example(api, member, depth + 1)]));
  }
  if (type === "array") return [example(api, found.items, depth + 1)];
  if (type === "integer" || type === "number") return found.minimum ?? 0;
  if (type === "boolean") return false;
  return found.format === undefined ? "text" : `<${found.description ?? found.format}>`;
}

/** The schema with its references written out, for people. */
function spell(api, schema, depth = 0) {
  const found = resolve(api, schema);
  if (found === undefined || depth > 6) return found;
  const copy = { ...found };
  if (copy.properties !== undefined) {
    const members = Object.entries(copy.properties).map(([name, member]) => [name, spell(api, member, depth + 1)]);
    copy.properties = Object.fromEntries(members);
  }
  if (copy.items !== undefined) copy.items = spell(api, copy.items, depth + 1);
  return copy;
}

function operationNode(api, path, method, operation) {
  const body = operation.requestBody?.content?.["application/json"]?.schema;
  const form = node("form");
  const inputs = new Map();
  for (const parameter of operation.parameters ?? []) {
    const id = `${method}${path}${parameter.name}`;
    const input = node("input", { id, autocomplete: "off", required: parameter.required === true });
    inputs.set(parameter, input);
    const hint = node("span", { className: "hint" });
    inWords(hint, () => words.places[parameter.in]);
    form.append(node("label", { htmlFor: id }, parameter.name, " ", hint), input);
  }
  const text = node("textarea", { id: `${method}${path}body`, spellcheck: false });
  if (body !== undefined) {
    text.value = JSON.stringify(example(api, body), null, 2);
    form.append(
      inWords(node("label", { htmlFor: text.id }), () => words.body),
      text,
    );
  }
  const streams = operation.requestBody !== undefined && body === undefined;
  const result = node("pre", { hidden: true, tabIndex: 0 });
  if (!streams) form.append(inWords(node("button", { type: "submit" }), () => words.send));
  form.append(result);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    result.hidden = false;
    result.textContent = "…";
    result.textContent = await send(path, method, inputs, body === undefined ? undefined : text.value);
  });
  const details = node("details", { className: "operation" });
  details.dataset.text = `${method} ${path} ${operation.summary ?? ""}`.toLowerCase();
  details.append(
    node(
      "summary",
      {},
      node("span", { className: "method", textContent: method.toUpperCase() }),
      node("span", { className: "path", textContent: path }),
      english("span", { className: "summary", textContent: operation.summary ?? "" }),
    ),
  );
  // The schemas are long: written when somebody looks.
  details.addEventListener(
    "toggle",
    () => {
      const inside = node("div");
      if (operation.description !== undefined) inside.append(english("p", { textContent: operation.description }));
      inside.append(form);
      if (body !== undefined)
        inside.append(
          inWords(node("h2"), () => words.request),
          schemaNode(api, body),
        );
      for (const [status, answer] of Object.entries(operation.responses)) {
        const schema = answer.content?.["application/json"]?.schema;
        inside.append(english("h2", { textContent: `${status} ${answer.description}` }));
        if (schema !== undefined) inside.append(schemaNode(api, schema));
      }
      details.append(inside);
    },
    { once: true },
  );
  return details;
}

function schemaNode(api, schema) {
  return node("pre", { tabIndex: 0, textContent: JSON.stringify(spell(api, schema), null, 2) });
}

async function send(path, method, inputs, body) {
  let url = path;
  const query = new URLSearchParams();
  for (const [parameter, input] of inputs) {
    if (parameter.in === "path") url = url.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    else if (input.value !== "") query.set(parameter.name, input.value);
  }
  if (query.size > 0) url += `?${query}`;
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  if (token.value !== "") headers.Authorization = `Bearer ${token.value}`;
  try {
    const answer = await fetch(url, { method: method.toUpperCase(), headers, ...(body === undefined ? {} : { body }) });
    const type = answer.headers.get("content-type") ?? "";
    const content = type.includes("json")
      ? JSON.stringify(await answer.json(), null, 2)
      : words.bytes((await answer.arrayBuffer()).byteLength);
    return `${answer.status} ${answer.statusText}\n\n${content}`;
  } catch (error) {
    return `${words.noAnswer}: ${error instanceof Error ? error.message : ""}`;
  }
}

function find() {
  const wanted = filter.value.trim().toLowerCase();
  for (const one of list.children) one.hidden = !one.dataset.text.includes(wanted);
  const isNone = list.children.length > 0 && list.querySelector(":scope > :not([hidden])") === null;
  document.getElementById("none").textContent = isNone ? words.none : "";
}

function speak(chosen) {
  words = WORDS[chosen];
  language.value = chosen;
  document.documentElement.lang = chosen;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = words[element.dataset.word];
  for (const element of document.querySelectorAll("[data-label]")) element.ariaLabel = words[element.dataset.label];
  for (const [element, write] of worded) element.textContent = write();
  document.getElementById("about").replaceChildren(...words.about.map((line) => node("li", {}, ...marked(line))));
  find();
}

/** What stands between backticks is code. */
function marked(line) {
  return line.split("`").map((piece, at) => (at % 2 === 1 ? node("code", { textContent: piece }) : piece));
}

document.getElementById("who").addEventListener("submit", (event) => event.preventDefault());
filter.addEventListener("input", find);
language.addEventListener("change", () => speak(language.value));
speak(wished ?? "en");

try {
  const api = await (await fetch("/api/v1/openapi.json")).json();
  for (const [path, operations] of Object.entries(api.paths)) {
    for (const method of METHODS) {
      if (operations[method] !== undefined) list.append(operationNode(api, path, method, operations[method]));
    }
  }
  find();
} catch {
  document.getElementById("failed").hidden = false;
}
