"use strict";
// Renders the OpenAPI document of this service and sends requests to it. No library, no outside request.

const element = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
};

const typeOf = (schema, depth = 0) => {
  if (!schema || depth > 6) return "any";
  if (schema.$ref) return schema.$ref.split("/").pop();
  const parts = schema.anyOf || schema.oneOf;
  if (parts) return parts.map((part) => typeOf(part, depth + 1)).join(" | ");
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === "array") return `${typeOf(schema.items, depth + 1)}[]`;
  return schema.type || "any";
};

const properties = (schema, document_) => {
  const resolved = schema.$ref ? document_.components.schemas[schema.$ref.split("/").pop()] : schema;
  const rows = Object.entries(resolved?.properties || {}).map(([name, property]) => {
    const required = (resolved.required || []).includes(name);
    return element("tr", {}, element("td", {}, element("code", {}, name)), element("td", {}, typeOf(property)),
      element("td", {}, required ? "yes" : "no"), element("td", {}, property.description || ""));
  });
  if (!rows.length) return element("p", {}, typeOf(schema));
  const head = element("tr", {}, ...["Key", "Type", "Always", "Meaning"].map((text) => element("th", { scope: "col" }, text)));
  return element("div", { class: "scroll", tabindex: "0" },
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)));
};

const field = (id, label, control) => [element("label", { for: id }, label), control];

const send = async (method, path, inputs, body, output) => {
  let target = path;
  const query = new URLSearchParams();
  const headers = { "X-Dromo-License-Key": document.getElementById("key").value };
  for (const [parameter, control] of inputs) {
    if (!control.value) continue;
    if (parameter.in === "path") target = target.replace(`{${parameter.name}}`, encodeURIComponent(control.value));
    else if (parameter.in === "query") query.set(parameter.name, control.value);
    else headers[parameter.name] = control.value;
  }
  if (body) headers["Content-Type"] = "application/json";
  output.textContent = "…";
  try {
    const answer = await fetch(target + (query.size ? `?${query}` : ""), { method, headers, body: body?.value });
    let text = await answer.text();
    try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { /* not JSON: shown as it is */ }
    output.textContent = `${answer.status} ${answer.statusText}\n${text}`;
    output.className = answer.ok ? "good" : "bad";
  } catch (error) {
    output.textContent = `The service did not answer: ${error.message}. Is it running?`;
    output.className = "bad";
  }
};

const operation = (method, path, details, document_) => {
  const id = details.operationId;
  const inside = element("div", { class: "operation" }, element("p", {}, details.description || ""));
  const inputs = (details.parameters || []).map((parameter) => {
    const control = element("input", { id: `${id}-${parameter.name}`, placeholder: parameter.schema?.default ?? "" });
    inside.append(...field(control.id, `${parameter.name} (${parameter.in}) ${parameter.description || ""}`, control));
    return [parameter, control];
  });
  const schema = details.requestBody?.content["application/json"]?.schema;
  let body = null;
  if (schema) {
    inside.append(element("h3", {}, "Body"), properties(schema, document_));
    body = element("textarea", { id: `${id}-body`, spellcheck: "false" });
    body.value = "{}";
    inside.append(...field(body.id, "JSON to send", body));
  }
  const button = element("button", { type: "button" }, "Send");
  const output = element("pre", { "aria-live": "polite" });
  button.addEventListener("click", () => send(method.toUpperCase(), path, inputs, body, output));
  inside.append(button, output, element("h3", {}, "Answers"));
  for (const [status, answer] of Object.entries(details.responses)) {
    inside.append(element("p", {}, element("code", {}, status), ` ${answer.description}`));
    const form = answer.content?.["application/json"]?.schema;
    if (form && status < 300) inside.append(properties(form, document_));
  }
  return element("details", {}, element("summary", {}, element("span", { class: "method" }, method.toUpperCase()),
    element("span", { class: "path" }, path), element("span", { class: "what" }, details.summary || "")), inside);
};

const render = async () => {
  const place = document.getElementById("operations");
  const document_ = await (await fetch("/api/v1/openapi.json")).json();
  const groups = new Map();
  for (const [path, methods] of Object.entries(document_.paths))
    for (const [method, details] of Object.entries(methods)) {
      const tag = details.tags?.[0] || "other";
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(operation(method, path, details, document_));
    }
  place.replaceChildren();
  for (const [tag, nodes] of groups) place.append(element("h2", {}, tag[0].toUpperCase() + tag.slice(1)), ...nodes);
};

render().catch((error) => { document.getElementById("operations").textContent = `The description cannot be read: ${error.message}`; });
