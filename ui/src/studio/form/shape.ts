import type { Json } from "../document/text";

/** A JSON Schema as the server's description has it: without references, every key with a title and a help text. */
export interface Form {
  type?: string;
  title?: string;
  description?: string;
  default?: Json;
  const?: Json;
  enum?: Json[];
  anyOf?: Form[];
  items?: Form | false;
  prefixItems?: Form[];
  properties?: Record<string, Form>;
  additionalProperties?: Form | boolean;
  required?: string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  "x-without-effect"?: boolean;
  /** What people usually write where more than that is accepted. */
  "x-form"?: string;
}

/** How a value is asked for. `json` is what no control fits: it is written as JSON. */
export type Shape =
  | { kind: "flag" }
  | { kind: "number"; whole: boolean; minimum?: number; maximum?: number }
  | { kind: "text"; long: boolean }
  | { kind: "choice"; choices: string[] }
  | { kind: "texts" }
  | { kind: "pairs" }
  | { kind: "values" }
  | { kind: "rows" }
  | { kind: "styles" }
  | { kind: "either" }
  | { kind: "entries"; keys: Key[] }
  | { kind: "group"; keys: Key[] }
  | { kind: "json" };

/** One key of an object and the control for it. */
export interface Key {
  name: string;
  label: string;
  help: string;
  required: boolean;
  fallback: Json | undefined;
  shape: Shape;
  withoutEffect: boolean;
}

/** Keys whose text may have several lines. */
const LONG = /(?:text|description)$/i;

/** The keys of an object in the order of its description. */
export function keysOf(form: Form): Key[] {
  return Object.entries(form.properties ?? {}).map(([name, key]) => ({
    name,
    label: key.title ?? name,
    help: key.description ?? "",
    required: form.required?.includes(name) ?? false,
    fallback: key.default,
    shape: shapeOf(key, name),
    withoutEffect: key["x-without-effect"] ?? false,
  }));
}

/** The controls of values whose schema alone does not say how they are written. */
const HINTED: Readonly<Record<string, Shape>> = {
  texts: { kind: "texts" },
  pairs: { kind: "pairs" },
  "field-values": { kind: "values" },
  rows: { kind: "rows" },
  styles: { kind: "styles" },
};

/** More rows than that are no form that anybody would want to fill in. */
const MANY_ROWS = 100;

export function shapeOf(form: Form, name = ""): Shape {
  const hinted = HINTED[form["x-form"] ?? ""];
  if (hinted) return hinted;
  if (form.anyOf?.length === 2 && form.anyOf.every(({ type }) => type === "string" || type === "integer"))
    return { kind: "either" };
  if (form.enum?.every((choice) => typeof choice === "string")) return { kind: "choice", choices: form.enum };
  switch (form.type) {
    case "boolean":
      return { kind: "flag" };
    case "integer":
    case "number":
      return { kind: "number", whole: form.type === "integer", ...limitsOf(form) };
    case "string":
      return { kind: "text", long: LONG.test(name) };
    case "array":
      return listShape(form.items);
    case "object":
      return objectShape(form);
    default:
      return { kind: "json" };
  }
}

const limitsOf = ({ minimum, maximum }: Form) => ({
  ...(minimum === undefined ? {} : { minimum }),
  ...(maximum === undefined ? {} : { maximum }),
});

function listShape(items: Form | false | undefined): Shape {
  if (!items) return { kind: "json" };
  if (items.type === "string") return { kind: "texts" };
  return items.type === "object" && items.properties ? { kind: "entries", keys: keysOf(items) } : { kind: "json" };
}

function objectShape(form: Form): Shape {
  if (form.properties) return { kind: "group", keys: keysOf(form) };
  const values = form.additionalProperties;
  return typeof values === "object" && values.type === "string" ? { kind: "pairs" } : { kind: "json" };
}

/** Whether a control of this shape can show the value; what it cannot is shown as the JSON that it is. */
export function fits(shape: Shape, value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  switch (shape.kind) {
    case "flag":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number";
    case "text":
      return typeof value === "string";
    case "choice":
      return typeof value === "string" && shape.choices.includes(value);
    case "texts":
      return Array.isArray(value) && value.every((one) => typeof one === "string");
    case "entries":
      return (
        Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null && !Array.isArray(one))
      );
    case "pairs":
      return isObject(value) && Object.values(value).every((one) => typeof one === "string");
    case "values":
      return isObject(value) && Object.values(value).every(isPlain);
    case "rows":
      return (
        Array.isArray(value) &&
        value.length <= MANY_ROWS &&
        value.every((row) => isObject(row) && Object.values(row).every(isPlain))
      );
    case "styles":
      return isObject(value) && Object.values(value).every((part) => isObject(part));
    case "either":
      return typeof value === "string" || typeof value === "number";
    case "group":
      return isObject(value);
    case "json":
      return true;
  }
}

const isPlain = (value: Json): boolean => value === null || typeof value !== "object";

const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
