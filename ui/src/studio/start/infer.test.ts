import { expect, it } from "vitest";
import type { InferAnswer } from "../api/types";
import { copyName } from "../list/copyName";
import { offsetOf } from "../hooks/offset";
import { nameFrom, schemaFrom, TAKEN } from "./infer";

const column = (index: number, field: InferAnswer["fields"][number]["field"]) => ({
  column: index,
  header: "",
  field,
  evidence: [],
  filled: 1,
  distinct: 1,
  samples: [],
});
const ANSWER: InferAnswer = {
  file: {},
  header: {},
  rows: 1,
  warnings: [],
  fields: [
    column(0, { label: "Name", key: "name", type: "string" }),
    column(1, { label: "Plan", key: "plan", type: "select", selectOptions: [{ label: "A", value: "a" }] }),
    column(2, { label: "Age", key: "age", type: ["number", { preset: "integer" }] }),
  ],
};

it("makes a schema of the columns that were taken, with the types that were chosen", () => {
  const choices = { 0: { taken: false, type: null }, 1: { taken: true, type: "string" }, 2: TAKEN };
  expect(JSON.parse(schemaFrom(ANSWER, choices, "People", "people"))).toEqual({
    name: "People",
    fields: [
      { label: "Plan", key: "plan", type: "string" },
      { label: "Age", key: "age", type: ["number", { preset: "integer" }] },
    ],
    settings: { importIdentifier: "people" },
  });
});

it("names a schema after its file", () => {
  expect(nameFrom("customer_list-2026.csv")).toBe("Customer list 2026");
  expect(nameFrom(".csv")).toBe("");
});

it("gives a copy a name that no schema has, however long the first one is", () => {
  expect(copyName("People", new Set(["People"]))).toBe("People 2");
  expect(copyName("People 2", new Set(["People 2", "People 3"]))).toBe("People 4");
  expect(copyName("x".repeat(255), new Set())).toHaveLength(255);
});

it("finds a line and column in a source, and stays inside of it", () => {
  expect(offsetOf("ab\ncd", 2, 2)).toBe(4);
  expect(offsetOf("ab\ncd", 99, 99)).toBe(5);
  expect(offsetOf("", 1, 1)).toBe(0);
});
