import { useLingui } from "@lingui/react/macro";

/** What a schema may keep for a shorter time than its organization. */
export const IMPORT_PERIODS = [
  "retention_days",
  "source_retention_days",
  "result_retention_days",
  "review_retention_days",
  "console_retention_days",
] as const;

export const PERIODS = [...IMPORT_PERIODS, "delivery_retention_days", "audit_retention_days"] as const;

export type ImportPeriod = (typeof IMPORT_PERIODS)[number];
export type Period = (typeof PERIODS)[number];

/** Days that can be set. */
export const MOST_DAYS = 36_500;

export function usePeriodNames(): Readonly<Record<Period, string>> {
  const { t } = useLingui();
  return {
    retention_days: t`Imports with everything (days)`,
    source_retention_days: t`Original files (days)`,
    result_retention_days: t`Results, errors and decisions (days)`,
    review_retention_days: t`Edits of reviews (days)`,
    console_retention_days: t`Hook logs (days)`,
    delivery_retention_days: t`Deliveries of webhooks (days)`,
    audit_retention_days: t`Audit log (days)`,
  };
}
