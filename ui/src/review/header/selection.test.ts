import { expect, test } from "vitest";
import { extended, NO_HEADER, only, toggled } from "./selection";

test("a range goes from where it began to here, in both directions", () => {
  expect(extended(only(3), 5).rows).toEqual([3, 4, 5]);
  expect(extended(extended(only(3), 5), 1).rows).toEqual([1, 2, 3]);
  expect(extended(NO_HEADER, 2).rows).toEqual([2]);
});

test("rows are put in and out one by one, and never leave a gap", () => {
  expect(toggled(NO_HEADER, 2).rows).toEqual([2]);
  expect(toggled(only(2), 2).rows).toEqual([]);
  expect(toggled(only(2), 4).rows).toEqual([2, 3, 4]);
  expect(toggled({ rows: [2, 3, 4], anchor: 2 }, 0).rows).toEqual([0, 1, 2, 3, 4]);
  expect(toggled({ rows: [2, 3, 4], anchor: 2 }, 2).rows).toEqual([3, 4]);
  expect(toggled({ rows: [2, 3, 4], anchor: 2 }, 3).rows).toEqual([2]);
  expect(toggled({ rows: [2, 3, 4], anchor: 2 }, 4).rows).toEqual([2, 3]);
});
