import type { ColumnDecision, ColumnsView, FieldInfo, FileColumn } from "../../api/types";

/** What a person may pick for a column. */
export type Choice =
  { kind: "field"; key: string } | { kind: "ignore" } | { kind: "custom"; label: string; type: string };

export function decisionOf(choice: Choice): ColumnDecision {
  switch (choice.kind) {
    case "field":
      return { field: choice.key };
    case "ignore":
      return { ignore: true };
    case "custom":
      return { custom: { label: choice.label, type: choice.type } };
  }
}

/** The fields that columns can map to, in the order of the schema. */
export const mappable = (fields: readonly FieldInfo[]): FieldInfo[] => fields.filter(({ hidden }) => !hidden);

/** The columns of each field. */
export function columnsByField(view: ColumnsView): Map<string, FileColumn[]> {
  const found = new Map<string, FileColumn[]>();
  for (const column of view.columns) {
    if (column.field === null || column.status === "ignored") continue;
    found.set(column.field, [...(found.get(column.field) ?? []), column]);
  }
  return found;
}

/**
 * What to send when `column` gets `choice`. A field that takes one column gives its former column back, whose place is
 * then open again: never do two columns stand for one field, and never is one dropped without being shown.
 */
export function decisions(
  view: ColumnsView,
  fields: readonly FieldInfo[],
  column: number,
  choice: Choice,
): Record<number, ColumnDecision> {
  const made: Record<number, ColumnDecision> = { [column]: decisionOf(choice) };
  if (choice.kind !== "field" || fields.find(({ key }) => key === choice.key)?.many_to_one) return made;
  for (const other of columnsByField(view).get(choice.key) ?? []) if (other.index !== column) made[other.index] = {};
  return made;
}

/** A confidence as a whole per cent, written as the language does. */
export const percent = (confidence: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: "percent" }).format(confidence);

/** Whether a text contains all words of a search, in any order, whatever case and accents they have. */
export function fits(text: string, search: string): boolean {
  const plain = folded(text);
  return folded(search)
    .split(/\s+/)
    .every((word) => plain.includes(word));
}

const folded = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
