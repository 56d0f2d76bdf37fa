import type { ImportPeriod } from "../../dashboard/settings/periods";
import type { SchemaRetention } from "./queries";

/** How many days hold, and whose they are; `nobody`: nothing is deleted by a period. */
export interface InForce {
  days: number | null;
  by: "schema" | "organization" | "nobody";
}

/** What holds for a part of the imports of a schema: the shorter one of what the schema and its organization say. */
export function inForce(retention: SchemaRetention, period: ImportPeriod): InForce {
  const days = retention.effective[period] ?? null;
  if (days === null) return { days, by: "nobody" };
  return { days, by: days === retention[period] ? "schema" : "organization" };
}
