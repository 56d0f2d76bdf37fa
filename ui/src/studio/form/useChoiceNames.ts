import { useLingui } from "@lingui/react/macro";

/** How the choices of a key are shown: languages by their names, WORDS_LIKE_THESE as words, everything else as it is. */
export function useChoiceNames(key: string): (choice: string) => string {
  const { i18n } = useLingui();
  if (key === "locale") {
    const names = new Intl.DisplayNames(i18n.locale, { type: "language" });
    return (choice) => `${names.of(choice.replace("_", "-")) ?? choice} (${choice})`;
  }
  return (choice) => (/^[A-Z]+(?:_[A-Z]+)+$/.test(choice) ? sentence(choice) : choice);
}

const sentence = (name: string): string => name.charAt(0) + name.slice(1).toLowerCase().replaceAll("_", " ");
