/** Which rows hold the column names: `rows`, ascending and without gaps; `anchor` is where a range began. */
export interface HeaderSelection {
  readonly rows: readonly number[];
  readonly anchor: number | null;
}

/** One row, and no other. */
export const only = (row: number): HeaderSelection => ({ rows: [row], anchor: row });

export const NO_HEADER: HeaderSelection = { rows: [], anchor: null };

/** All rows from the anchor to this one, in whichever direction. */
export function extended(selection: HeaderSelection, row: number): HeaderSelection {
  const anchor = selection.anchor ?? selection.rows[0] ?? row;
  const first = Math.min(anchor, row);
  return { rows: Array.from({ length: Math.abs(row - anchor) + 1 }, (_, index) => first + index), anchor };
}

/** Puts a row in or out. The names stand in one block: what would leave a gap fills it, or cuts the block off there. */
export function toggled(selection: HeaderSelection, row: number): HeaderSelection {
  const [first] = selection.rows;
  const last = selection.rows.at(-1);
  if (first === undefined || last === undefined) return only(row);
  if (row < first || row > last) return extended({ ...selection, anchor: row < first ? last : first }, row);
  if (first === last) return NO_HEADER;
  const rows = row === first ? selection.rows.slice(1) : selection.rows.filter((one) => one < row);
  return { rows, anchor: rows[0] ?? null };
}
