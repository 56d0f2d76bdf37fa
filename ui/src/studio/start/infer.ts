import type { InferAnswer, InferredField } from "../api/types";
import { write } from "../document/text";
import { typeOf } from "../form/field";

/** What a person chose for one column. */
export interface Choice {
  taken: boolean;
  /** Another type than the one that was found; null keeps what was found. */
  type: string | null;
}

export const TAKEN: Choice = { taken: true, type: null };

/** The schema that begins with these columns, as text. */
export function schemaFrom(
  answer: InferAnswer,
  choices: Readonly<Record<number, Choice>>,
  name: string,
  identifier: string,
): string {
  const fields = answer.fields
    .filter(({ column }) => (choices[column] ?? TAKEN).taken)
    .map((field) => chosen(field, choices[field.column] ?? TAKEN));
  return write({ name, fields, settings: { importIdentifier: identifier } });
}

/** The field, with the type that was chosen. Options of the type that was found do not fit another one. */
function chosen({ field }: InferredField, { type }: Choice): InferredField["field"] {
  if (type === null || type === typeOf(field).name) return field;
  const kept = Object.entries(field).filter(([key]) => key !== "selectOptions");
  return { ...Object.fromEntries(kept), type };
}

/** A file's name as the name of a schema: without its ending, with words apart. */
export function nameFrom(filename: string): string {
  const stem = filename
    .replace(/\.[^.]*$/, "")
    .replace(/[_-]+/g, " ")
    .trim();
  return stem.charAt(0).toUpperCase() + stem.slice(1);
}
