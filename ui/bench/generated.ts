import type { CellMark, GridColumn, GridRow, RowsPage } from "../src/api/types";

/** A review that exists in no file: every row is made from its position, so that a million of them cost no memory. */
export interface Size {
  readonly rows: number;
  readonly columns: number;
}

const TYPES = ["string", "email", "number", "date", "select", "checkbox"] as const;
const WORDS = [
  "Walther",
  "Missie",
  "Idaline",
  "Viki",
  "Ford",
  "Gaby",
  "Clay",
  "Pip",
  "Lem",
  "Lois",
  "Kara",
  "Rob",
  "Bea",
];
const STAGES = ["Proposal", "Qualified", "Closed", "Demo", "show product"];

export const columnsOf = ({ columns }: Size): GridColumn[] =>
  Array.from({ length: columns }, (_, index) => {
    const type = TYPES[index % TYPES.length] ?? "string";
    return {
      id: `column${index}`,
      field: `column${index}`,
      label: `${type} ${index}`,
      header: `Header ${index}`,
      type,
      read_only: index === 9,
      formatted: false,
      masked: false,
      width: 16,
      errors: index % 3 === 1 ? 1200 * index : 0,
      warnings: index % 4 === 2 ? 31 : 0,
      infos: 0,
    };
  });

export function textOf(row: number, column: number): string {
  const number = (row * 31 + column * 17) % 9973;
  const word = WORDS[number % WORDS.length] ?? "";
  switch (TYPES[column % TYPES.length]) {
    case "email":
      return `${word.toLowerCase()}${row}@example.com`;
    case "number":
      return (number * 1.25).toFixed(2);
    case "date":
      return `2024-${String((number % 12) + 1).padStart(2, "0")}-${String((row % 28) + 1).padStart(2, "0")}`;
    case "select":
      return STAGES[number % STAGES.length] ?? "";
    case "checkbox":
      return number % 2 ? "true" : "false";
    default:
      return `${word} ${row}`;
  }
}

export function markOf(row: number, column: number): CellMark | null {
  const kind = (row * 7 + column * 13) % 97;
  const mark = { level: null, messages: [], changed: false, autofix: false, original: null, options: null };
  if (kind === 3)
    return {
      ...mark,
      level: "error",
      messages: [{ code: "bad", level: "error", text: "This is not what is expected." }],
    };
  if (kind === 5)
    return { ...mark, level: "warning", messages: [{ code: "odd", level: "warning", text: "This is unusual." }] };
  if (kind === 7) return { ...mark, autofix: true, original: "before" };
  return kind === 11 ? { ...mark, changed: true, original: "before" } : null;
}

function rowOf(row: number, columns: number): GridRow {
  const marks: Record<string, CellMark> = {};
  const cells = Array.from({ length: columns }, (_, column) => {
    const mark = markOf(row, column);
    if (mark) marks[column] = mark;
    return textOf(row, column);
  });
  return { row, number: row + 2, cells, marks, messages: [] };
}

export function pageOf({ rows, columns }: Size, offset: number, limit: number): RowsPage {
  const count = Math.max(0, Math.min(limit, rows - offset));
  return {
    version: 0,
    snapshot: "generated",
    total: rows,
    offset,
    rows: Array.from({ length: count }, (_, index) => rowOf(offset + index, columns)),
  };
}
