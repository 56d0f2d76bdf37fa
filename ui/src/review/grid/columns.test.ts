import { expect, test } from "vitest";
import type { GridColumn } from "../../api/types";
import {
  columnAt,
  drawnAt,
  GUTTER,
  layOut,
  readState,
  resized,
  toggleHidden,
  togglePinned,
  UNTOUCHED,
  visibleColumns,
} from "./columns";

const columns: GridColumn[] = Array.from({ length: 50 }, (_, index) => ({
  id: `c${index}`,
  field: `c${index}`,
  label: `Column ${index}`,
  header: null,
  type: "string",
  read_only: false,
  formatted: false,
  masked: false,
  width: index,
  errors: 0,
  warnings: 0,
  infos: 0,
}));

test("columns stand one beside the other, pinned ones first, hidden ones nowhere", () => {
  const layout = layOut(columns, toggleHidden(togglePinned(UNTOUCHED, "c7"), "c0"));
  expect(layout.columns.map(({ column }) => column.id).slice(0, 3)).toEqual(["c7", "c1", "c2"]);
  expect(layout.columns).toHaveLength(49);
  expect(layout.fixedWidth).toBe(GUTTER + (layout.columns[0]?.width ?? 0));
  let start = 0;
  for (const placed of layout.columns.slice(1)) {
    expect(placed.start).toBe(start);
    start += placed.width;
  }
  expect(layout.movingWidth).toBe(start);
  expect(layout.columns[0]?.data).toBe(7);
});

test("every pixel of a visible column belongs to it, and no visible column is missed", () => {
  const layout = layOut(columns, togglePinned(UNTOUCHED, "c3"));
  const wrong: unknown[] = [];
  for (let left = 0; left < layout.movingWidth; left += 173) {
    const { first, last } = visibleColumns(layout, left, 800);
    for (let x = layout.fixedWidth; x < layout.fixedWidth + 800; x += 7) {
      const index = columnAt(layout, x, left);
      const column = layout.columns[index];
      if (x - layout.fixedWidth + left >= layout.movingWidth) continue;
      const there = column && x >= drawnAt(layout, column, left) && x < drawnAt(layout, column, left) + column.width;
      if (!there || index < first || index > last) wrong.push({ left, x, index });
    }
  }
  expect(wrong).toEqual([]);
});

test("row numbers and pinned columns are found where they stand, whatever is scrolled", () => {
  const layout = layOut(columns, togglePinned(UNTOUCHED, "c3"));
  expect(columnAt(layout, GUTTER - 1, 500)).toBe(-1);
  expect(columnAt(layout, GUTTER + 1, 500)).toBe(0);
});

test("no column becomes too narrow to be seen, or wider than any screen", () => {
  expect(resized(UNTOUCHED, "c1", -50).widths.c1).toBeGreaterThan(40);
  expect(resized(UNTOUCHED, "c1", 1e9).widths.c1).toBeLessThan(1_000);
});

test.each([null, "", "null", "[]", '"text"', "{", '{"widths":{"a":"wide","b":-4},"pinned":"c","hidden":[1,{}]}'])(
  "what is remembered as %j does no harm",
  (text) => {
    expect(readState(text)).toEqual({ widths: {}, pinned: [], hidden: [] });
  },
);

test("what is remembered is what was arranged", () => {
  const state = resized(toggleHidden(togglePinned(UNTOUCHED, "c1"), "c2"), "c3", 200);
  expect(readState(JSON.stringify(state))).toEqual(state);
});

test("hiding all columns leaves a grid without columns, not a broken one", () => {
  const layout = layOut(columns, { ...UNTOUCHED, hidden: columns.map(({ id }) => id) });
  expect(visibleColumns(layout, 0, 800)).toEqual({ first: 0, last: -1 });
  expect(columnAt(layout, 300, 0)).toBe(-1);
});
