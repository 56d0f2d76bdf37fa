import { expect, test } from "vitest";
import { BadLinkError, importIdOf, tokenOf } from "./link";

const TOKEN = btoa(
  String.fromCharCode(
    0,
    0,
    99,
    1,
    2,
    3,
    ...Array.from({ length: 16 }, (_, i) => 240 + i),
    0,
    0,
    0,
    1,
    ...Array<number>(20).fill(251),
  ),
)
  .replaceAll("+", "-")
  .replaceAll("/", "_")
  .replaceAll("=", "");

test("the import is read out of the token", () => {
  expect(importIdOf(TOKEN)).toBe("f0f1f2f3-f4f5-f6f7-f8f9-fafbfcfdfeff");
});

test.each(["", "abc", "not base64!", TOKEN.slice(0, 20), "é", "%%%"])(
  "a link that was cut off or changed is said so: %s",
  (token) => {
    expect(() => importIdOf(token)).toThrow(BadLinkError);
  },
);

test("the token is what stands behind the #", () => {
  expect(tokenOf({ hash: "#abc" })).toBe("abc");
  expect(tokenOf({ hash: "" })).toBe("");
});
