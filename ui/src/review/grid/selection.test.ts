import { expect, test } from "vitest";
import { at, beside, contains, rectangle, sizeOf, within } from "./selection";

const EXTENT = { rows: 10, columns: 4 };

test("a selection is the rectangle between its two corners, whichever way it was drawn", () => {
  const area = { top: 2, bottom: 5, start: 1, end: 3 };
  const corners = { anchor: { row: 5, column: 1 }, head: { row: 2, column: 3 } };
  expect(rectangle({ ...corners, span: "cells" }, EXTENT)).toEqual(area);
  expect(rectangle({ anchor: corners.head, head: corners.anchor, span: "cells" }, EXTENT)).toEqual(area);
  expect(sizeOf(area)).toBe(12);
});

test("whole rows and columns take in every column and row", () => {
  const place = { row: 3, column: 2 };
  expect(rectangle(at(place, "rows"), EXTENT)).toEqual({ top: 3, bottom: 3, start: 0, end: 3 });
  expect(rectangle(at(place, "columns"), EXTENT)).toEqual({ top: 0, bottom: 9, start: 2, end: 2 });
  expect(rectangle(at(place, "all"), EXTENT)).toEqual({ top: 0, bottom: 9, start: 0, end: 3 });
});

test("the header is no cell, and an empty list has none", () => {
  expect(rectangle(at({ row: -1, column: 2 }), EXTENT)).toBeNull();
  expect(rectangle(at({ row: 0, column: 0 }, "all"), { rows: 0, columns: 4 })).toBeNull();
  expect(contains(null, 0, 0)).toBe(false);
});

test("a place outside becomes the nearest one that exists", () => {
  expect(within({ row: 99, column: 99 }, EXTENT)).toEqual({ row: 9, column: 3 });
  expect(within({ row: -7, column: -7 }, EXTENT)).toEqual({ row: -1, column: 0 });
  expect(within({ row: 3, column: 2 }, { rows: 0, columns: 0 })).toEqual({ row: -1, column: 0 });
});

test("one after the other every cell is passed, header and all, and then there is no more", () => {
  const passed = new Set<string>();
  let place: ReturnType<typeof beside> = { row: -1, column: 0 };
  for (; place; place = beside(place, EXTENT, 1)) passed.add(`${place.row} ${place.column}`);
  expect(passed.size).toBe(11 * 4);
  expect(beside({ row: -1, column: 0 }, EXTENT, -1)).toBeNull();
  expect(beside({ row: 2, column: 0 }, EXTENT, -1)).toEqual({ row: 1, column: 3 });
});
