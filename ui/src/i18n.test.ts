import { afterEach, expect, test } from "vitest";
import { directionOf, i18n, localeOf, speak } from "./i18n";
import { CATALOGUES } from "./review/catalogues";

afterEach(() => speak("en", {}));

test.each([
  ["de", "de"],
  ["pt-BR", "pt"],
  ["zh_TW", "zh_TW"],
  ["zh-Hant-HK", "zh_TW"],
  ["zh", "zh_CN"],
  ["nb-NO", "no"],
  ["EN-us", "en"],
  ["tlh", "en"],
  ["", "en"],
])("the language %s is spoken as %s", (tag, locale) => {
  expect(localeOf(tag)).toBe(locale);
});

test("the page says its language, in the form of BCP 47", async () => {
  await speak("zh_TW", CATALOGUES);
  expect(document.documentElement.lang).toBe("zh-TW");
});

test("a schema's own texts replace ours, by id or by the English text, with their placeholders", async () => {
  await speak("en", CATALOGUES, { "Hello {name}": "Good day, {name}!", "my.id": "Own" });
  const hello = { id: "LtQFSZ", message: "Hello {name}", values: { name: "Ada" } };
  expect(
    i18n._({
      ...hello,
      id: (await import("@lingui/message-utils/generateMessageId")).generateMessageId(hello.message),
    }),
  ).toBe("Good day, Ada!");
  expect(i18n._({ id: "my.id", message: "Ours" })).toBe("Own");
});

test("a text that no catalogue has is shown in English, with its plural", () => {
  const text = { id: "none", message: "{n, plural, one {# row} other {# rows}}" };
  expect(i18n._({ ...text, values: { n: 1 } })).toBe("1 row");
  expect(i18n._({ ...text, values: { n: 2000 } })).toBe("2,000 rows");
});

test("the direction is that of the language, unless the address says otherwise", () => {
  expect(directionOf("ar-SY", "")).toBe("rtl");
  expect(directionOf("de", "")).toBe("ltr");
  expect(directionOf("de", "?dir=rtl")).toBe("rtl");
  expect(directionOf("ar", "?dir=sideways")).toBe("rtl");
});
