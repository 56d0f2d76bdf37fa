import { directionOf, localeOf, speak } from "../i18n";
import type { Locale } from "../locales";
import { CATALOGUES } from "./catalogues";

const KEY = "headgate-language";

/** The language of the address (`?lang=`), else the one chosen in this browser, else the browser's own. */
export function wantedLanguage(
  search: string = window.location.search,
  storage: Pick<Storage, "getItem"> = localStorage,
  browser: string = navigator.language,
): Locale {
  return localeOf(new URLSearchParams(search).get("lang") ?? storage.getItem(KEY) ?? browser);
}

/** Speaks the language from now on, and after the page is loaded again. */
export async function chooseLanguage(locale: Locale): Promise<void> {
  localStorage.setItem(KEY, locale);
  await speak(locale, CATALOGUES);
}

/** Speaks the wanted language, in its direction. Without its catalogue the pages still work, in English. */
export function speakWanted(): Promise<void> {
  const locale = wantedLanguage();
  document.documentElement.dir = directionOf(locale, window.location.search);
  return speak(locale, CATALOGUES).catch(() => undefined);
}
