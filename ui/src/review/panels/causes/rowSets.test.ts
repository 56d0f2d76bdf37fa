import { expect, test } from "vitest";
import type { GridRow } from "../../../api/types";
import { rowSets } from "./rowSets";

const row = (number: number, ...cells: (string | null)[]): GridRow => ({
  row: number,
  number,
  cells,
  marks: {},
  messages: [],
});

test("rows are set side by side by their text, whatever its case and the blanks round it", () => {
  const rows = [row(1, "a@x.org", "Ada"), row(2, "b@x.org", "Bea"), row(3, " A@X.org", "Ada"), row(4, "b@x.org", null)];
  const sets = rowSets(rows, 0);
  expect(sets.map((set) => set.rows.map(({ row: id }) => id))).toEqual([
    [1, 3],
    [2, 4],
  ]);
  expect(sets.map(({ differs }) => [...differs])).toEqual([[0], [1]]);
});

test("a text that stands alone is no question any more", () => {
  expect(rowSets([row(1, "a"), row(2, "b")], 0)).toEqual([]);
  expect(rowSets([], 0)).toEqual([]);
});
