import { expect, test } from "vitest";
import type { ColumnsView, FieldInfo } from "../../api/types";
import { columnsByField, decisions, fits } from "./choices";

const column = (index: number, field: string | null, status: "accepted" | "ignored" = "accepted") => ({
  index,
  header: `c${index}`,
  samples: [],
  filled: 1,
  hidden: false,
  field,
  status,
  method: null,
  confidence: 1,
  evidence: [],
  suggestions: [],
});
const view: ColumnsView = {
  columns: [column(0, "a"), column(1, "b"), column(2, "many"), column(3, "a", "ignored")],
  unmatched_required: [],
  uncertain: [],
};
const fields = [{ key: "a" }, { key: "b" }, { key: "many", many_to_one: true }] as FieldInfo[];

test("two columns never stand for one field: the former one is given back", () => {
  expect(decisions(view, fields, 1, { kind: "field", key: "a" })).toEqual({ 1: { field: "a" }, 0: {} });
  expect(decisions(view, fields, 0, { kind: "field", key: "a" })).toEqual({ 0: { field: "a" } });
});

test("a field of several columns takes one more", () => {
  expect(decisions(view, fields, 1, { kind: "field", key: "many" })).toEqual({ 1: { field: "many" } });
});

test("what is not needed or new concerns its own column only", () => {
  expect(decisions(view, fields, 1, { kind: "ignore" })).toEqual({ 1: { ignore: true } });
  expect(decisions(view, fields, 1, { kind: "custom", label: "New", type: "date" })).toEqual({
    1: { custom: { label: "New", type: "date" } },
  });
});

test("an ignored column stands for no field", () => {
  expect(
    columnsByField(view)
      .get("a")
      ?.map(({ index }) => index),
  ).toEqual([0]);
});

test.each([
  ["Größe", "grosse", false],
  ["Größe in cm", "cm GRO", true],
  ["Crème brûlée", "brulee creme", true],
  ["ΑΘΉΝΑ", "αθηνα", true],
  ["anything", "", true],
  ["a.b", "a*", false],
])("%s is found by %s: %s", (text, search, found) => {
  expect(fits(text, search)).toBe(found);
});
