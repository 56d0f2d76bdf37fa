import type { Messages } from "@lingui/core";
import type { Catalogues } from "../i18n";

/** The texts of the dashboard and the Schema Studio. One lazy chunk per language; English needs none. */
export const CATALOGUES: Catalogues = import.meta.glob<{ messages: Messages }>([
  "../locales/dashboard/*.po",
  "!../locales/dashboard/en.po",
]);
