/** The API explorer: reads the OpenAPI description, shows each operation, sends what one types. Builds with nodes only, never with HTML text. */

const METHODS = ["get", "post", "put", "patch", "delete"];
const list = document.getElementById("operations");
const token = document.getElementById("token");
const filter = document.getElementById("filter");

function node(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
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
    const hint = node("span", { className: "hint", textContent: ` ${parameter.in}` });
    form.append(node("label", { htmlFor: id }, parameter.name, hint), input);
  }
  const text = node("textarea", { id: `${method}${path}body`, spellcheck: false });
  if (body !== undefined) {
    text.value = JSON.stringify(example(api, body), null, 2);
    form.append(node("label", { htmlFor: text.id, textContent: "Body" }), text);
  }
  const streams = operation.requestBody !== undefined && body === undefined;
  const result = node("pre", { hidden: true, tabIndex: 0 });
  if (!streams) form.append(node("button", { type: "submit", textContent: "Send" }));
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
      node("span", { className: "summary", textContent: operation.summary ?? "" }),
    ),
  );
  // The schemas are long: written when somebody looks.
  details.addEventListener(
    "toggle",
    () => {
      const inside = node("div");
      if (operation.description !== undefined) inside.append(node("p", { textContent: operation.description }));
      inside.append(form);
      if (body !== undefined) inside.append(node("h3", { textContent: "Request" }), schemaNode(api, body));
      for (const [status, answer] of Object.entries(operation.responses)) {
        const schema = answer.content?.["application/json"]?.schema;
        inside.append(node("h3", { textContent: `${status} ${answer.description}` }));
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
      : `${(await answer.arrayBuffer()).byteLength} bytes`;
    return `${answer.status} ${answer.statusText}\n\n${content}`;
  } catch (error) {
    return `No answer: ${error instanceof Error ? error.message : "unknown"}`;
  }
}

document.getElementById("who").addEventListener("submit", (event) => event.preventDefault());
filter.addEventListener("input", () => {
  const wanted = filter.value.trim().toLowerCase();
  for (const one of list.children) one.hidden = !one.dataset.text.includes(wanted);
});

const api = await (await fetch("/api/v1/openapi.json")).json();
document.getElementById("about").textContent = api.info.description.replaceAll("\n\n", "\n");
for (const [path, operations] of Object.entries(api.paths)) {
  for (const method of METHODS) {
    if (operations[method] !== undefined) list.append(operationNode(api, path, method, operations[method]));
  }
}
