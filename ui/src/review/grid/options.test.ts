import { expect, test } from "vitest";
import { found, joinList, optionOf, splitList, textOf } from "./options";

const OPTIONS = [
  { label: "Élan", value: "e" },
  { label: "Open deal", value: "open" },
  { label: "Deal closed", value: "closed" },
];

test("options are found by a part of their label or value, without case and accents, those that begin so first", () => {
  expect(found(OPTIONS, "elan").map(({ value }) => value)).toEqual(["e"]);
  expect(found(OPTIONS, "DEAL").map(({ value }) => value)).toEqual(["closed", "open"]);
  expect(found(OPTIONS, "  ")).toEqual(OPTIONS);
  expect(found(OPTIONS, "(")).toEqual([]);
});

test("an option is written by its label, unless another one goes by that text", () => {
  const swapped = [
    { label: "1", value: "2" },
    { label: "2", value: "3" },
  ];
  expect(OPTIONS.map((option) => textOf(option, OPTIONS))).toEqual(["Élan", "Open deal", "Deal closed"]);
  expect(swapped.map((option) => textOf(option, swapped))).toEqual(["1", "3"]);
  expect(optionOf("open", OPTIONS)?.label).toBe("Open deal");
  expect(optionOf(null, OPTIONS)).toBeUndefined();
});

test.each([
  ["a, b", ",", ["a", "b"]],
  ['"a, b", c', ",", ["a, b", "c"]],
  ['"a ""b""";c', ";", ['a "b"', "c"]],
  ['"open, c', ",", ['"open', "c"]],
  ['"a" x, c', ",", ['"a" x', "c"]],
  ["", ",", []],
  [",,a,", ",", ["a"]],
  ["a || b", "||", ["a", "b"]],
])("the list %j has the parts that it says", (text, delimiter, parts) => {
  expect(splitList(text, delimiter)).toEqual(parts);
});

test("a list that is written is read again as it was", () => {
  for (const delimiter of [",", ";", "|", "||"])
    for (const part of ["a", "a, b", 'say "hi"', '"', "x;y", " led", "a|b", "||"])
      expect(splitList(joinList([part, "z", part], delimiter), delimiter)).toEqual([part, "z", part]);
});
