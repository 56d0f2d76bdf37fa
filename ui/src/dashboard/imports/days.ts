import type { Api } from "../../api/types";

export type Day = Api<"DaySummary">;

/** The parts of a day's bar, from below. */
export const PARTS = ["good", "review", "bad"] as const;
export type Part = (typeof PARTS)[number];

/** How many imports of a day are what: under way counts as what will be looked at. */
export function partsOf({ statuses }: Day): Record<Part, number> {
  const { SUCCESSFUL: good = 0, FAILED: bad = 0, ...others } = statuses;
  return { good, bad, review: Object.values(others).reduce((sum, count) => sum + count, 0) };
}

export const importsOf = (day: Day): number => Object.values(day.statuses).reduce((sum, count) => sum + count, 0);

/** The top of a scale that holds a number and reads well: 1, 2 or 5 times a power of ten. */
export function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= most) ?? 10 * power;
}
