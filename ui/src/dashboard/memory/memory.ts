import type { Api } from "../../api/types";

export type Memory = Api<"MemoryWrite">;
export type LearnedHeader = Api<"LearnedHeader">;
export type LearnedValue = Api<"LearnedValue">;

/** Which match is meant: its text, and the field for a value of a select field. */
export type Place = { kind: "header"; header: string } | { kind: "value"; field: string; value: string };

const isHeader = (place: Place) => (entry: LearnedHeader) => place.kind === "header" && entry.header === place.header;
const isValue = (place: Place) => (entry: LearnedValue) =>
  place.kind === "value" && entry.field === place.field && entry.value === place.value;

/** Whether the match is still there. */
export const has = ({ headers = [], values = [] }: Memory, place: Place): boolean =>
  headers.some(isHeader(place)) || values.some(isValue(place));

/** The memory with another target for one match: a field, null for a column to ignore, or an option. */
export function withTarget({ headers = [], values = [] }: Memory, place: Place, target: string | null): Memory {
  const header = isHeader(place);
  const value = isValue(place);
  return {
    // How often it was seen spoke for the target before.
    headers: headers.map((one) => (header(one) ? { ...one, field: target, count: 1 } : one)),
    values: values.map((one) => (value(one) && target !== null ? { ...one, option: target, count: 1 } : one)),
  };
}

/** The memory without one match. */
export function without({ headers = [], values = [] }: Memory, place: Place): Memory {
  const header = isHeader(place);
  const value = isValue(place);
  return { headers: headers.filter((one) => !header(one)), values: values.filter((one) => !value(one)) };
}

export class NotAnExportError extends Error {
  override readonly name = "NotAnExportError";
}

/** What a file holds that was exported. Raises NotAnExportError for any other. */
export function readExport(text: string): { identifier: string | null; memory: Memory; matches: number } {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw new NotAnExportError();
  }
  if (typeof found !== "object" || found === null || !("headers" in found || "values" in found))
    throw new NotAnExportError();
  const { import_identifier, headers = [], values = [] } = found as Record<string, unknown>;
  if (!Array.isArray(headers) || !Array.isArray(values)) throw new NotAnExportError();
  return {
    identifier: typeof import_identifier === "string" && import_identifier ? import_identifier : null,
    // What is in the lists is checked by the server, which says what is wrong where.
    memory: { headers: headers as LearnedHeader[], values: values as LearnedValue[] },
    matches: headers.length + values.length,
  };
}

/** A name for the file of an export that every system takes. */
export const fileName = (identifier: string): string =>
  `memory-${identifier.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 80) || "export"}.json`;
