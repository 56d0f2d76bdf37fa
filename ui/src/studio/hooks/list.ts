import type { Json, JsonObject, Path } from "../document/text";
import { listOf, objectOf, textOf } from "../form/field";
import { type Key, keysOf } from "../form/shape";
import type { Form } from "../form/shape";

/** The key of an object that holds a hook's source. */
const SOURCE = "callback";

/** One hook of the schema. */
export interface Hook {
  kind: Key;
  /** Where the hook stands in the schema, and where its source does. */
  path: Path;
  sourcePath: Path;
  source: string;
  /** What says more than the source: the field, the step. */
  keys: Key[];
  value: Json;
  /** Its number among the hooks of its kind, from 1. */
  number: number;
}

/** All hooks in the order in which their kinds are described. */
export function hooksOf(hooks: Json | undefined, form: Form): Hook[] {
  const all = objectOf(hooks);
  return keysOf(form).flatMap((kind): Hook[] => {
    const path = ["hooks", kind.name];
    const value = all[kind.name];
    switch (kind.shape.kind) {
      case "text":
        return typeof value === "string"
          ? [{ kind, path, sourcePath: path, source: value, keys: [], value, number: 1 }]
          : [];
      case "texts":
        return listOf(value).map((source, index) => {
          const place = [...path, index];
          return {
            kind,
            path: place,
            sourcePath: place,
            source: textOf(source),
            keys: [],
            value: source,
            number: index + 1,
          };
        });
      case "entries": {
        const keys = kind.shape.keys.filter(({ name }) => name !== SOURCE);
        return listOf(value).map((entry, index) => ({
          kind,
          path: [...path, index],
          sourcePath: [...path, index, SOURCE],
          source: textOf(objectOf(entry)[SOURCE]),
          keys,
          value: entry,
          number: index + 1,
        }));
      }
      default:
        return [];
    }
  });
}

/** A hook of this kind to begin with: it changes nothing. */
export function freshHook({ name, shape }: Key, fields: readonly JsonObject[]): Json {
  const source = STARTS[name] ?? "() => {\n}";
  if (shape.kind !== "entries") return source;
  const entries = shape.keys.map(({ name: key, shape: inner }): [string, Json] => {
    if (key === SOURCE) return [key, source];
    return [key, inner.kind === "choice" ? (inner.choices[0] ?? "") : textOf(fields[0]?.key)];
  });
  return Object.fromEntries(entries);
}

const STARTS: Readonly<Record<string, string>> = {
  rowHooks: "(record, mode) => {\n  return record;\n}",
  bulkRowHooks: "(records, mode) => {\n  return records;\n}",
  batchRowHooks: "(records, batchNumber) => {\n  return records;\n}",
  rowDeleteHooks: "(record) => {\n}",
  columnHooks: "(values) => {\n  return values;\n}",
  stepHooks: "(instance, data) => {\n}",
  beforeFinishCallback: "(rows, metadata, instance) => {\n}",
};
