import { type Messages, setupI18n } from "@lingui/core";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import { generateMessageId } from "@lingui/message-utils/generateMessageId";
import { LOCALES, type Locale } from "./locales";

/** The texts of a page by the path of their file, which is named after the language. Loaded when they are asked for. */
export type Catalogues = Readonly<Record<string, () => Promise<{ messages: Messages }>>>;

const RIGHT_TO_LEFT = new Set(["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]);

export type Direction = "ltr" | "rtl";

/** The texts of the pages. Until a language is chosen it speaks English. */
export const i18n = setupI18n({ locale: "en", messages: { en: {} } });
// Texts in the code and those of `textOverrides` are not compiled.
i18n.setMessagesCompiler(compileMessage);

/** Our name of a language in any of its spellings (`pt-BR`, `zh_TW`, `nb`): English for what we do not speak. */
export function localeOf(tag: string): Locale {
  const [language = "", ...rest] = tag.replaceAll("-", "_").split("_");
  if (language === "zh") return rest.some((part) => /^(tw|hk|mo|hant)$/i.test(part)) ? "zh_TW" : "zh_CN";
  const name = language === "nb" || language === "nn" ? "no" : language.toLowerCase();
  return LOCALES.find((locale) => locale === name) ?? "en";
}

/** Speak a language, with a schema's `textOverrides.ui` on top: by a message's id, or by its English text. */
export async function speak(
  tag: string,
  catalogues: Catalogues,
  overrides: Readonly<Record<string, string>> = {},
): Promise<void> {
  const locale = localeOf(tag);
  const file = Object.keys(catalogues).find((path) => path.endsWith(`/${locale}.po`));
  const catalogue = file === undefined ? undefined : await catalogues[file]?.();
  const replaced = Object.entries(overrides).flatMap(([key, text]) => [
    [key, text],
    [generateMessageId(key), text],
  ]);
  const language = languageTag(locale);
  i18n.loadAndActivate({
    locale: language,
    messages: { ...catalogue?.messages, ...(Object.fromEntries(replaced) as Messages) },
  });
  document.documentElement.lang = language;
}

/** A language as BCP 47 writes it, for `lang` and for Intl. */
export const languageTag = (locale: Locale): string => locale.replace("_", "-");

/** The direction of the page: that of its language, unless its address says `?dir=rtl`. */
export function directionOf(tag: string, search: string): Direction {
  const wanted = new URLSearchParams(search).get("dir");
  if (wanted === "rtl" || wanted === "ltr") return wanted;
  return RIGHT_TO_LEFT.has(tag.split(/[-_]/)[0]?.toLowerCase() ?? "") ? "rtl" : "ltr";
}
