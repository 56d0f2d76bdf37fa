import { describe, expect, it } from "vitest";
import { importsOf, niceTop, partsOf } from "./days";
import { byField, changed, textsOf } from "./decisions";
import { reachable } from "./upload";

describe("a day's bar", () => {
  const day = {
    day: "2026-03-01",
    statuses: { SUCCESSFUL: 5, FAILED: 1, NEEDS_REVIEW: 2, RUNNING: 1 },
    rows: 0,
    rows_with_errors: 0,
  };

  it("has a part for what is done, what will be looked at, and what failed", () => {
    expect(partsOf(day)).toEqual({ good: 5, review: 3, bad: 1 });
    expect(importsOf(day)).toBe(9);
  });

  it.each([
    [0, 1],
    [1, 1],
    [3, 5],
    [9, 10],
    [10, 10],
    [11, 20],
    [51, 100],
    [1234, 2000],
  ])("%i stands below %i", (most, top) => expect(niceTop(most)).toBe(top));
});

describe("decisions", () => {
  it("say only what has a text", () => {
    expect(textsOf([{ code: "a", text: "A" }, { code: "b", text: null }, { code: "c" }])).toEqual(["A"]);
    expect(textsOf(undefined)).toEqual([]);
  });

  it("about values stand together by field, in their order", () => {
    const [x1, y1, x2] = [value("x", "1"), value("y", "1"), value("x", "2")];
    expect(byField([x1, y1, x2])).toEqual([
      ["x", [x1, x2]],
      ["y", [y1]],
    ]);
  });

  it("about a text that is the option already tell nothing", () => {
    expect(changed(value("x", "demo"))).toBe(false);
    expect(changed({ ...value("x", "DEMO"), option: "demo" })).toBe(true);
  });
});

const value = (field: string, text: string) => ({ field, value: text, option: text, count: 1 });

describe("the address that a file is sent to", () => {
  it("is below the page's own service, whatever name the service gave itself", () => {
    const url = "https://inside.example/uploads/9f?expires=1&signature=x%3D";
    expect(reachable(url, "https://outside.example/app/")).toBe(
      "https://outside.example/app/uploads/9f?expires=1&signature=x%3D",
    );
  });

  it("of another store stays as it is", () => {
    const url = "https://bucket.example/imports/9f?X-Signature=1";
    expect(reachable(url, "https://outside.example/")).toBe(url);
  });
});
