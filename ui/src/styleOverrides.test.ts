import { beforeEach, expect, test, vi } from "vitest";
import { applyStyleOverrides } from "./styleOverrides";

const root = document.documentElement;
const set = () => Array.from(root.style);

beforeEach(() => {
  root.removeAttribute("style");
  vi.stubGlobal("CSS", { supports: (_: string, value: string) => value !== "nonsense" });
});

test("known keys become variables of the page, and are taken back", () => {
  const undo = applyStyleOverrides({
    global: { borderRadius: "2px", textColor: "#123456" },
    primaryButton: { textColor: "red" },
  });
  expect(root.style.getPropertyValue("--hg-radius")).toBe("2px");
  expect(root.style.getPropertyValue("--hg-ink")).toBe("#123456");
  expect(root.style.getPropertyValue("--hg-accent-ink")).toBe("red");
  undo();
  expect(set()).toEqual([]);
});

test.each([
  ["an unknown key", { global: { zIndex: "1" }, elsewhere: { textColor: "red" } }],
  ["what CSS does not know", { global: { textColor: "nonsense" } }],
  [
    "an address, which would be a request to somewhere else",
    { global: { backgroundColor: "URL(https://example.com)" } },
  ],
  ["more than a value", { global: { textColor: "red; background: blue" } }],
  ["another type", { global: "red", primaryButton: { textColor: 7 } }],
])("%s is left out", (_, styles) => {
  applyStyleOverrides(styles);
  expect(set()).toEqual([]);
});
