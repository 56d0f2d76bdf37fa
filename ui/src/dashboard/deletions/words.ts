import { useLingui } from "@lingui/react/macro";
import type { Receipt } from "./queries";

/** What was deleted. */
export function useKindNames(): Readonly<Record<Receipt["kind"], string>> {
  const { t } = useLingui();
  return {
    import: t`Import`,
    source: t`Original file`,
    result: t`Result`,
    review: t`Edits of the review`,
    console: t`Hook log`,
    memory: t`Learned matches`,
    organization: t`Organization`,
  };
}

/** Why it was deleted. */
export function useReasons(): Readonly<Record<Receipt["reason"], string>> {
  const { t } = useLingui();
  return {
    request: t`Somebody asked for it`,
    retention: t`It is not kept any longer`,
    organization: t`Its organization was deleted`,
  };
}
