/** A cell by its place: the row's position in the view, and the column's place among those shown. Row −1 is the header. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** What the rectangle between `anchor` and `head` is widened to. */
export type Span = "cells" | "rows" | "columns" | "all";

/** The one rectangle that is selected. `active` is the cell that has the focus: edits and pasted texts start with it. */
export interface GridSelection {
  readonly anchor: Place;
  readonly head: Place;
  readonly span: Span;
}

export interface Rectangle {
  readonly top: number;
  readonly bottom: number;
  readonly start: number;
  readonly end: number;
}

/** How many rows and columns there are to select. */
export interface Extent {
  readonly rows: number;
  readonly columns: number;
}

export const HEADER_ROW = -1;

export const at = (place: Place, span: Span = "cells"): GridSelection => ({ anchor: place, head: place, span });

/** The cells that are selected; null where there are none, or the header has the focus. */
export function rectangle({ anchor, head, span }: GridSelection, { rows, columns }: Extent): Rectangle | null {
  if (rows === 0 || columns === 0) return null;
  const wholeRows = span === "rows" || span === "all";
  const wholeColumns = span === "columns" || span === "all";
  if (!wholeColumns && (anchor.row < 0 || head.row < 0)) return null;
  return {
    top: wholeColumns ? 0 : Math.min(anchor.row, head.row),
    bottom: wholeColumns ? rows - 1 : Math.max(anchor.row, head.row),
    start: wholeRows ? 0 : Math.min(anchor.column, head.column),
    end: wholeRows ? columns - 1 : Math.max(anchor.column, head.column),
  };
}

export const contains = (area: Rectangle | null, row: number, column: number): boolean =>
  area !== null && row >= area.top && row <= area.bottom && column >= area.start && column <= area.end;

export const sizeOf = ({ top, bottom, start, end }: Rectangle): number => (bottom - top + 1) * (end - start + 1);

export const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/** The place, or the nearest one that exists. The header has every column. */
export const within = ({ row, column }: Place, { rows, columns }: Extent): Place => ({
  row: clamp(row, HEADER_ROW, rows - 1),
  column: clamp(column, 0, Math.max(0, columns - 1)),
});

/** The next cell in reading order, or the one before; null at the end of the grid, where the focus leaves it. */
export function beside({ row, column }: Place, { rows, columns }: Extent, step: 1 | -1): Place | null {
  const next = row * columns + column + step;
  const place = { row: Math.floor(next / columns), column: ((next % columns) + columns) % columns };
  return place.row < HEADER_ROW || place.row >= rows ? null : place;
}
