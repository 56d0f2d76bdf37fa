import type { Messages } from "@lingui/core";
import type { Catalogues } from "../i18n";

/** The texts of the review page. One lazy chunk per language; English is the language of the code and needs none. */
export const CATALOGUES: Catalogues = import.meta.glob<{ messages: Messages }>([
  "../locales/*.po",
  "!../locales/en.po",
]);
