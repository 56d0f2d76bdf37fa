import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu, useDirection } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { directionOf, languageTag } from "../../i18n";
import { LOCALES, type Locale } from "../../locales";
import { chooseLanguage } from "../language";
import classes from "./LanguageSelect.module.css";

/** A language by its own name. */
const nameOf = (locale: Locale): string => {
  const tag = languageTag(locale);
  return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
};

/** The language of the dashboard, kept in this browser. */
export function LanguageSelect() {
  const { t, i18n } = useLingui();
  const { setDirection } = useDirection();
  const queries = useQueryClient();
  const choose = async (locale: Locale) => {
    setDirection(directionOf(locale, window.location.search));
    await chooseLanguage(locale);
    // Answers hold texts in the language of before. A schema has none, and may be in the middle of being edited.
    await queries.invalidateQueries({ predicate: ({ queryKey: [kind] }) => kind !== "schema" });
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t`Language`}>
          <svg width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden>
            <path d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18" />
          </svg>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={classes.list}>
        {LOCALES.map((locale) => (
          <Menu.Item
            key={locale}
            lang={languageTag(locale)}
            aria-current={languageTag(locale) === i18n.locale || undefined}
            onClick={() => void choose(locale)}
          >
            {nameOf(locale)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
