import type { GridRow } from "../../../api/types";

/** Rows that have one text in common. */
export interface RowSet {
  readonly text: string;
  readonly rows: readonly GridRow[];
  /** Positions of the cells in which they differ. */
  readonly differs: ReadonlySet<number>;
}

/** Rows by their text in a column, whatever its case and the blanks round it; a text that stands alone is left out. */
export function rowSets(rows: readonly GridRow[], column: number): RowSet[] {
  const sets = new Map<string, GridRow[]>();
  for (const row of rows) {
    const text = row.cells[column] ?? "";
    const key = text.trim().toLowerCase();
    const known = sets.get(key);
    if (known) known.push(row);
    else sets.set(key, [row]);
  }
  return Array.from(sets.values())
    .filter((found) => found.length > 1)
    .map((found) => ({ text: found[0]?.cells[column] ?? "", rows: found, differs: differences(found) }));
}

function differences([first, ...others]: readonly GridRow[]): Set<number> {
  const found = new Set<number>();
  first?.cells.forEach((text, index) => {
    if (others.some(({ cells }) => cells[index] !== text)) found.add(index);
  });
  return found;
}
