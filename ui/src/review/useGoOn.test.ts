import { expect, test } from "vitest";
import { nextStep } from "./useGoOn";

const steps = (values: "upcoming" | "skipped") =>
  [
    { name: "header", status: "current" },
    { name: "columns", status: "upcoming" },
    { name: "values", status: values },
    { name: "review", status: "upcoming" },
  ] as const;

test("the way on leads past a step that has nothing to ask, and ends at the last", () => {
  expect(nextStep(steps("upcoming"), "header")).toBe("columns");
  expect(nextStep(steps("upcoming"), "columns")).toBe("values");
  expect(nextStep(steps("skipped"), "columns")).toBe("review");
  expect(nextStep(steps("skipped"), "review")).toBeNull();
});
