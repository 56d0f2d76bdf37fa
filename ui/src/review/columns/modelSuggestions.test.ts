import { expect, test } from "vitest";
import type { ColumnsView, FieldInfo } from "../../api/types";
import { offered } from "./modelSuggestions";

const column = (
  index: number,
  field: string | null,
  status: "accepted" | "uncertain" | "unmapped",
  own: string[] = [],
) => ({
  index,
  header: `c${index}`,
  samples: [],
  filled: 1,
  hidden: false,
  field,
  status,
  method: null,
  confidence: 0.5,
  evidence: [],
  suggestions: own.map((key) => ({ field: key, confidence: 0.5, evidence: [] })),
});
const view: ColumnsView = {
  columns: [column(0, "a", "accepted"), column(1, null, "uncertain", ["b"]), column(2, null, "unmapped", ["b"])],
  unmatched_required: [],
  uncertain: [1],
};
const fields = [{ key: "a" }, { key: "b" }, { key: "c" }, { key: "many", many_to_one: true }] as FieldInfo[];
const by = (source: "model" | "headgate", ...keys: string[]) => keys.map((field) => ({ field, source }));
const keysOf = (found: ReturnType<typeof offered>) =>
  Object.fromEntries(Array.from(found, ([index, some]) => [index, some.map(({ key }) => key)]));

test("a model's suggestion is offered where nothing else says it already", () => {
  expect(keysOf(offered(view, fields, { 1: by("model", "b", "c"), 2: by("model", "b") }))).toEqual({
    1: ["c"],
    2: ["b"],
  });
});

test("headgate's own suggestions are not told to be a model's", () => {
  expect(keysOf(offered(view, fields, { 2: by("headgate", "b", "c") }))).toEqual({});
});

test("what has a column by now is left out, unless it takes several", () => {
  const taken: ColumnsView = { ...view, columns: [...view.columns, column(3, "many", "accepted")] };
  expect(keysOf(offered(taken, fields, { 2: by("model", "a", "many", "gone") }))).toEqual({ 2: ["many"] });
});

test("a column that was answered gets none", () => {
  expect(keysOf(offered(view, fields, { 0: by("model", "c") }))).toEqual({});
});
