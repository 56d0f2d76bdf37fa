import { expect, test } from "vitest";
import { readTsv, tiled, writeTsv } from "./tsv";

test.each([
  ["one", [["one"]]],
  [
    "a\tb\nc\td",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  // Excel ends with a line end, which is no row.
  [
    "a\tb\r\nc\td\r\n",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  ["a\r\rb", [["a"], [""], ["b"]]],
  ['"a\nb"\tc', [["a\nb", "c"]]],
  ['"say ""hi"""\tx', [['say "hi"', "x"]]],
  ['"a\tb"\n""', [["a\tb"], [""]]],
  // An inch sign, and quotes in the middle, are text.
  ['3"\t5" pipe', [['3"', '5" pipe']]],
  ['"a" b\tc', [['"a" b', "c"]]],
  [
    '"never closed\tx\ny',
    [
      ['"never closed', "x"],
      ["y", ""],
    ],
  ],
  [
    "\t\n\t",
    [
      ["", ""],
      ["", ""],
    ],
  ],
  ["a\t", [["a", ""]]],
  ["\n", [[""]]],
  ["a\n\nb", [["a"], [""], ["b"]]],
  [
    "a\tb\tc\nd",
    [
      ["a", "b", "c"],
      ["d", "", ""],
    ],
  ],
  ["", []],
  ["007\t1E5\t=1+1", [["007", "1E5", "=1+1"]]],
])("%j is pasted as %j", (text, rows) => {
  expect(readTsv(text)).toEqual(rows);
});

test("what is copied is pasted again as it was, whatever stands in the cells", () => {
  const hostile = [
    "",
    "a",
    '"',
    '""',
    'a"b',
    '"a"',
    "a\tb",
    "a\nb",
    "\r\n",
    "\r",
    " ",
    "é\u2028",
    'a"\t"b',
    "0012",
    "🙂",
  ];
  const wrong: unknown[] = [];
  for (const first of hostile)
    for (const second of hostile) {
      const rows = [
        [first, second, "x"],
        [second, first, first],
      ];
      if (JSON.stringify(readTsv(writeTsv(rows))) !== JSON.stringify(rows)) wrong.push(rows);
    }
  expect(wrong).toEqual([]);
});

test("a text with a hundred thousand quotes that never close is read to its end", () => {
  const text = Array.from({ length: 100_000 }, () => '"x').join("\t");
  expect(readTsv(text)[0]).toHaveLength(100_000);
});

test("a block fills a selection that is a multiple of it, and else is written once", () => {
  expect(tiled([["a"]], 2, 2)).toEqual([
    ["a", "a"],
    ["a", "a"],
  ]);
  expect(tiled([["a", "b"]], 2, 4)).toEqual([
    ["a", "b", "a", "b"],
    ["a", "b", "a", "b"],
  ]);
  expect(tiled([["a"], ["b"]], 3, 1)).toEqual([["a"], ["b"]]);
  expect(tiled([["a", "b"]], 1, 1)).toEqual([["a", "b"]]);
});
