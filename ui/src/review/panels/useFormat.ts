import { useLingui } from "@lingui/react/macro";
import { useCallback } from "react";

/** Writes a number as the language of the page does. */
export function useFormat(): (value: number) => string {
  const { i18n } = useLingui();
  return useCallback((value) => i18n.number(value), [i18n]);
}
