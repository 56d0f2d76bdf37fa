import type { Json } from "../document/text";

/** A value as a cell shows it: texts as they are, everything else as JSON. */
export function shownValue(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
