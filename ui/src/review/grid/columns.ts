import type { GridColumn } from "../../api/types";

/** Width of the row numbers: room for eight digits. */
export const GUTTER = 84;
const NARROWEST = 64;
const WIDEST = 900;
/** The width of an average character of the grid's font, and what stands beside the text of a cell and of a header. */
const CHARACTER = 7.6;
const CELL_PADDING = 28;
const HEADER_PADDING = 84;
const WIDEST_FIRST = 340;

/** What a person has done to the columns; all by column id. */
export interface ColumnState {
  readonly widths: Readonly<Record<string, number>>;
  readonly pinned: readonly string[];
  readonly hidden: readonly string[];
}

export const UNTOUCHED: ColumnState = { widths: {}, pinned: [], hidden: [] };

export interface PlacedColumn {
  readonly column: GridColumn;
  /** Place among the columns that are shown, from 0. */
  readonly index: number;
  /** Place in `cells` of a row. */
  readonly data: number;
  /** Distance in pixels from the start of the pinned columns, or of the others. */
  readonly start: number;
  readonly width: number;
  readonly pinned: boolean;
}

/** Which columns are shown where: pinned ones first, then the others, each in the order of the review. */
export interface Layout {
  readonly columns: readonly PlacedColumn[];
  /** How many of them are pinned. */
  readonly pinned: number;
  /** Width of row numbers and pinned columns. */
  readonly fixedWidth: number;
  /** Width of the columns that move. */
  readonly movingWidth: number;
  readonly byId: ReadonlyMap<string, PlacedColumn>;
}

export const widthOf = (column: GridColumn, state: ColumnState): number =>
  state.widths[column.id] ?? naturalWidth(column);

function naturalWidth({ width, label }: GridColumn): number {
  const wanted = Math.max(width * CHARACTER + CELL_PADDING, label.length * CHARACTER + HEADER_PADDING);
  return Math.round(Math.min(Math.max(wanted, NARROWEST), WIDEST_FIRST));
}

export function layOut(columns: readonly GridColumn[], state: ColumnState): Layout {
  const hidden = new Set(state.hidden);
  const shown = columns.map((column, data) => ({ column, data })).filter(({ column }) => !hidden.has(column.id));
  const isPinned = new Set(state.pinned);
  const pinned = shown.filter(({ column }) => isPinned.has(column.id));
  const moving = shown.filter(({ column }) => !isPinned.has(column.id));
  let start = 0;
  const place = (part: typeof shown, offset: number, fixed: boolean): PlacedColumn[] => {
    start = 0;
    return part.map(({ column, data }, index) => {
      const width = widthOf(column, state);
      const placed = { column, data, index: offset + index, start, width, pinned: fixed };
      start += width;
      return placed;
    });
  };
  const first = place(pinned, 0, true);
  const fixedWidth = GUTTER + start;
  const rest = place(moving, first.length, false);
  const placed = [...first, ...rest];
  return {
    columns: placed,
    pinned: first.length,
    fixedWidth,
    movingWidth: start,
    byId: new Map(placed.map((one) => [one.column.id, one])),
  };
}

/** The moving columns of which a pixel is visible, as display indexes (inclusive); `last < first` where there is none. */
export function visibleColumns(layout: Layout, left: number, width: number): { first: number; last: number } {
  const { columns, pinned } = layout;
  let first = pinned;
  while (first < columns.length && endOf(columns[first]) <= left) first++;
  let last = first - 1;
  while (last + 1 < columns.length && (columns[last + 1]?.start ?? 0) < left + width) last++;
  return { first, last };
}

const endOf = (column: PlacedColumn | undefined): number => (column ? column.start + column.width : 0);

/** The column at `x` pixels from the start of the grid; -1: the row numbers. Beyond the last column it is the last one. */
export function columnAt(layout: Layout, x: number, left: number): number {
  if (x < GUTTER) return -1;
  const part =
    x < layout.fixedWidth
      ? { from: 0, to: layout.pinned, at: x - GUTTER }
      : { from: layout.pinned, to: layout.columns.length, at: x - layout.fixedWidth + left };
  for (let index = part.from; index < part.to; index++) if (endOf(layout.columns[index]) > part.at) return index;
  return layout.columns.length - 1;
}

/** Distance from the start of the grid at which a column is drawn. */
export const drawnAt = (layout: Layout, column: PlacedColumn, left: number): number =>
  column.pinned ? GUTTER + column.start : layout.fixedWidth + column.start - left;

export const resized = (state: ColumnState, id: string, width: number): ColumnState => ({
  ...state,
  widths: { ...state.widths, [id]: Math.round(Math.min(Math.max(width, NARROWEST), WIDEST)) },
});

export const togglePinned = (state: ColumnState, id: string): ColumnState => ({
  ...state,
  pinned: toggled(state.pinned, id),
});

export const toggleHidden = (state: ColumnState, id: string): ColumnState => ({
  ...state,
  hidden: toggled(state.hidden, id),
});

const toggled = (ids: readonly string[], id: string): string[] =>
  ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];

/** What an earlier visit has left for this import. Whatever else stands there is as if nothing did. */
export function readState(text: string | null): ColumnState {
  try {
    const { widths, pinned, hidden } = JSON.parse(text ?? "") as Record<string, unknown>;
    return {
      widths: Object.fromEntries(
        Object.entries((widths ?? {}) as Record<string, unknown>).filter(
          (entry): entry is [string, number] => typeof entry[1] === "number" && entry[1] >= NARROWEST,
        ),
      ),
      pinned: texts(pinned),
      hidden: texts(hidden),
    };
  } catch {
    return UNTOUCHED;
  }
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
