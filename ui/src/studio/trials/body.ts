import type { Sample } from "../api/types";

/** The body of a question about a schema: the schema's own text, letter by letter, and the rest. */
export const bodyWith = (schema: string, rest: { sample: Sample; hook?: unknown; limit?: number }): string =>
  `{"schema": ${schema}, ${JSON.stringify(rest).slice(1)}`;
