import { expect, test } from "vitest";
import { sanitized } from "./Help";

test("formatting and links stay", async () => {
  const html = '<p>Use <b>one</b> row per <a href="https://example.com">person</a>.</p><ul><li>a</li></ul>';
  expect(await sanitized(html)).toBe(html);
});

test.each([
  ["scripts", "<script>alert(1)</script><p>a</p>"],
  ["handlers", '<p onclick="alert(1)" onmouseover=alert(1)>a</p>'],
  ["pictures, which ask another host", '<p>a</p><img src="https://example.com/x.png" onerror="alert(1)">'],
  ["frames and objects", '<p>a</p><iframe src="https://example.com"></iframe><object data="x"></object>'],
  ["forms", '<form action="https://example.com"><input name="password"></form><p>a</p>'],
  ["styles", '<style>body{display:none}</style><p style="position:fixed" class="x" id="main">a</p>'],
  [
    "hidden scripts of other languages",
    '<svg><a xlink:href="javascript:alert(1)"></a></svg><math><mtext></mtext></math><p>a</p>',
  ],
])("%s are taken out", async (_, html) => {
  expect(await sanitized(html)).toBe("<p>a</p>");
});

test("a link cannot run a script", async () => {
  expect(await sanitized('<a href="javascript:alert(1)">a</a><a href=" &#106;avascript:alert(1)">b</a>')).toBe(
    "<a>a</a><a>b</a>",
  );
});
