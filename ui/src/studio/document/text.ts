import {
  applyEdits,
  findNodeAtLocation,
  format,
  type JSONPath,
  modify,
  type Node,
  type ParseError,
  parseTree,
} from "jsonc-parser";

// The text is the schema: what the form changes is a small edit of it, so that everything else (unknown keys, the way a
// number is written, the order of keys) stays as it was.

export type Path = readonly (string | number)[];
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

const LAYOUT = { tabSize: 2, insertSpaces: true, eol: "\n" } as const;
const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false } as const;

/** Why a text cannot be read: `syntax` it is no JSON, `object` it is no object, `twice` an object has a key two times. */
export interface Unreadable {
  kind: "syntax" | "object" | "twice";
  offset: number;
  length: number;
  /** The key that stands twice. */
  key?: string;
}

export type Reading = { value: JsonObject; problem: null } | { value: null; problem: Unreadable };

/** What a text says, or where it cannot be read. A key that stands twice has two meanings, so it is not read. */
export function read(text: string): Reading {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, STRICT);
  const [error] = errors;
  if (error) return { value: null, problem: { kind: "syntax", offset: error.offset, length: error.length } };
  if (root?.type !== "object")
    return { value: null, problem: { kind: "object", offset: root?.offset ?? 0, length: root?.length ?? 0 } };
  const twice = keyTwice(root);
  if (twice) return { value: null, problem: twice };
  return { value: JSON.parse(text) as JsonObject, problem: null };
}

function keyTwice(node: Node): Unreadable | null {
  const seen = new Set<string>();
  for (const child of node.children ?? []) {
    if (child.type === "property") {
      const [name] = child.children ?? [];
      const key = String(name?.value);
      if (name && seen.has(key)) return { kind: "twice", offset: name.offset, length: name.length, key };
      seen.add(key);
    }
    const found = keyTwice(child);
    if (found) return found;
  }
  return null;
}

/** A value as a text that people can read. */
export const write = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** A text in our layout; every literal stays as it is written. */
export const laidOut = (text: string): string => applyEdits(text, format(text, undefined, LAYOUT));

/** Put a value at a place, making the objects on the way to it that are missing or null. `undefined` takes the key away. */
export function put(text: string, path: Path, value: Json | undefined): string {
  const root = parseTree(text);
  if (value === undefined) return root ? without(text, root, path) : text;
  for (let depth = 1; root && depth < path.length; depth++) {
    const ancestor = path.slice(0, depth);
    const node = findNodeAtLocation(root, [...ancestor]);
    if (node?.type === "null") return changed(text, ancestor, nested(path.slice(depth), value));
  }
  return changed(text, path, value);
}

/** By hand, because jsonc-parser's removal takes a bracket along with a last entry that is empty. */
function without(text: string, root: Node, path: Path): string {
  const value = findNodeAtLocation(root, [...path]);
  const node = value?.parent?.type === "property" ? value.parent : value;
  const siblings = node?.parent?.children ?? [];
  const index = node ? siblings.indexOf(node) : -1;
  if (!node?.parent || index < 0) return text;
  const [before, after] = [siblings[index - 1], siblings[index + 1]];
  if (after) return text.slice(0, node.offset) + text.slice(after.offset);
  const end = node.offset + node.length;
  if (before) return text.slice(0, before.offset + before.length) + text.slice(end);
  return text.slice(0, node.parent.offset + 1) + text.slice(node.parent.offset + node.parent.length - 1);
}

function nested(path: Path, value: Json): Json {
  return path.reduceRight<Json>((inner, step) => (typeof step === "number" ? [inner] : { [step]: inner }), value);
}

function changed(text: string, path: Path, value: Json): string {
  return applyEdits(text, modify(text, [...path] as JSONPath, value, { formattingOptions: LAYOUT }));
}

/** Put a new entry into a list, at a position; the list is made when it is missing. */
export function insert(text: string, list: Path, position: number, value: Json): string {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, [...list]);
  if (node?.type !== "array") return put(text, list, [value]);
  const edits = modify(text, [...list, position], value, { formattingOptions: LAYOUT, isArrayInsertion: true });
  return applyEdits(text, edits);
}

/** Copy an entry of a list behind itself, letter by letter. */
export function copy(text: string, list: Path, position: number): string {
  const node = entries(text, list)[position];
  if (!node) return text;
  const end = node.offset + node.length;
  const margin = /\s*$/.exec(text.slice(0, node.offset))?.[0] ?? "";
  return `${text.slice(0, end)},${margin}${text.slice(node.offset, end)}${text.slice(end)}`;
}

/** Move an entry of a list to another position, letter by letter. */
export function move(text: string, list: Path, from: number, to: number): string {
  const nodes = entries(text, list);
  const [first] = nodes;
  const last = nodes.at(-1);
  if (!first || !last || !nodes[from] || !nodes[to] || from === to) return text;
  const pieces = nodes.map((node) => text.slice(node.offset, node.offset + node.length));
  pieces.splice(to, 0, ...pieces.splice(from, 1));
  const ends = nodes.map((node) => node.offset + node.length);
  const gaps = nodes.slice(1).map((node, index) => text.slice(ends[index], node.offset));
  const joined = pieces.map((piece, index) => piece + (gaps[index] ?? "")).join("");
  return text.slice(0, first.offset) + joined + text.slice(last.offset + last.length);
}

/** Where something stands in a text; the nearest thing around it when it is not there itself. */
export function placeOf(text: string, path: Path): { from: number; to: number } | null {
  const root = parseTree(text);
  if (!root) return null;
  for (let depth = path.length; depth >= 0; depth--) {
    const node = findNodeAtLocation(root, path.slice(0, depth));
    if (!node) continue;
    // A whole object or list would underline half of the text: the name of the key says it as well.
    const name = node.parent?.type === "property" ? node.parent.children?.[0] : undefined;
    const shown = (node.type === "object" || node.type === "array") && name ? name : node;
    const length = shown === node && (node.type === "object" || node.type === "array") ? 1 : shown.length;
    return { from: shown.offset, to: shown.offset + length };
  }
  return null;
}

/** The value at a place of a parsed document; undefined where there is none. */
export function at(value: Json | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((inner, step) => {
    if (inner === null || typeof inner !== "object") return undefined;
    return Array.isArray(inner) ? inner[Number(step)] : Object.hasOwn(inner, step) ? inner[step] : undefined;
  }, value);
}

/** A path as the server writes it in its answers, such as `fields[2].validators[0].regex`. */
export function pathOf(written: string): Path {
  return [...written.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([part, index]) =>
    index === undefined ? part : Number(index),
  );
}

function entries(text: string, list: Path): Node[] {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, [...list]);
  return node?.type === "array" ? (node.children ?? []) : [];
}
