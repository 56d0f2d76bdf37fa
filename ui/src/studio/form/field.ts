import type { SchemaDocument } from "../document/document";
import { at, insert, type Json, type JsonObject, type Path, put, read } from "../document/text";

/** A field's type as a schema may write it: a name, or a list of a name and its options (for numbers also a preset). */
export interface WrittenType {
  name: string;
  options: JsonObject;
  /** Whether it is written in a way that the form can change. */
  readable: boolean;
}

/** The type that a field without one has. */
const DEFAULT_TYPE = "string";

export function typeOf(field: Json | undefined): WrittenType {
  const written = objectOf(field).type;
  if (written === undefined || written === null) return { name: DEFAULT_TYPE, options: {}, readable: true };
  if (typeof written === "string") return { name: written, options: {}, readable: true };
  if (!Array.isArray(written) || typeof written[0] !== "string" || written.length > 2)
    return { name: "", options: {}, readable: false };
  const [name, options] = written;
  if (options === undefined || options === null) return { name, options: {}, readable: true };
  if (typeof options === "string" && name === "number") return { name, options: { preset: options }, readable: true };
  const readable = typeof options === "object" && !Array.isArray(options);
  return { name, options: readable ? options : {}, readable };
}

/** The object that a value is; an empty one for anything else. */
export const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};

export const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

export const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

export const fieldsOf = (schema: JsonObject): JsonObject[] => listOf(schema.fields).map(objectOf);

/** What people call a field, by its key; the key itself where it has no label. */
export function labelsOf(schema: JsonObject): (key: string) => string {
  const labels = new Map(fieldsOf(schema).map(({ key, label }) => [textOf(key), textOf(label)]));
  return (key) => {
    const label = labels.get(key) ?? "";
    return label === "" ? key : label;
  };
}

/** Give a field another type. Options that the new type has as well (such as a locale) go along, others do not fit it. */
export function chooseType(document: SchemaDocument, position: number, name: string, known: readonly string[]): void {
  const { options } = typeOf(fieldsOf(document.state.get().value)[position]);
  const kept = Object.entries(options).filter(([key]) => known.includes(key));
  const type: Json = kept.length ? [name, Object.fromEntries(kept)] : name;
  document.put(["fields", position, "type"], type);
}

/** Set an option of a field's type, or something inside of one; `undefined` takes it away. The last one leaves the bare name. */
export function putTypeOption(document: SchemaDocument, position: number, path: Path, value: Json | undefined): void {
  const field = fieldsOf(document.state.get().value)[position];
  const { name, options } = typeOf(field);
  const place = ["fields", position, "type"] as const;
  const written = field?.type;
  const inPlace = Array.isArray(written) && typeof written[1] === "object" && written[1] !== null;
  document.edit(
    (text) => {
      const start = inPlace ? text : put(text, place, [name, options]);
      const next = put(start, [...place, 1, ...path], value);
      const left = objectOf(at(read(next).value ?? undefined, [...place, 1]));
      return Object.keys(left).length ? next : put(next, place, name);
    },
    [...place, ...path].join("."),
  );
}

/** A key that no field has yet: the wanted one, else with a number behind it. */
export function freeKey(wanted: string, fields: readonly JsonObject[]): string {
  const taken = new Set(fields.map(({ key }) => key));
  let key = wanted;
  for (let number = 2; taken.has(key); number++) key = `${wanted}_${String(number)}`;
  return key;
}

/** A key made of a label: lower case letters, digits and underscores, as most programs want them. */
export function keyFrom(label: string): string {
  const plain = label.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_+|_+$/g, "");
}

/** Add a field behind a position, and say where it is. */
export function addField(document: SchemaDocument, behind: number, label: string): number {
  const fields = fieldsOf(document.state.get().value);
  const position = Math.min(behind + 1, fields.length);
  const key = freeKey(keyFrom(label) || "field", fields);
  document.edit((text) => insert(text, ["fields"], position, { label, key, type: DEFAULT_TYPE }));
  return position;
}
