/** The decisions of an import as docs/decisions.md has them; each part may be missing when the import ended before it. */
export interface Decisions {
  file?: {
    format?: string | null;
    encoding?: string | null;
    delimiter?: string | null;
    sheet?: string | null;
    warnings?: Said[];
  } | null;
  header?: { row?: number | null; rows?: number[]; status?: string; confidence?: number; evidence?: Said[] } | null;
  columns?: ColumnDecision[];
  values?: ValueDecision[];
  valuesTruncated?: boolean;
  types?: {
    field: string;
    dayMonthOrder?: string;
    decimalMark?: string;
    currency?: string;
    evidence?: Said[];
  }[];
  autofixes?: (Said & { field: string; count: number })[];
  hooks?: { kind: string; position: number; calls: number; milliseconds: number }[];
  warnings?: Said[];
}

/** Something with its text in the reader's language; null for a code of another version. */
export interface Said {
  code: string;
  text?: string | null;
}

export interface ColumnDecision {
  index: number;
  header: string | null;
  field: string | null;
  status?: string;
  method?: string | null;
  confidence?: number | null;
  evidence?: Said[];
}

export interface ValueDecision {
  field: string;
  value: string;
  option: string | null;
  status?: string;
  method?: string | null;
  count: number;
}

/** The texts of evidence, those without one left out. */
export const textsOf = (said: readonly Said[] | undefined): string[] =>
  (said ?? []).flatMap(({ text }) => (text ? [text] : []));

/** The values of each field, in the order of the fields' first. */
export function byField(values: readonly ValueDecision[]): [field: string, values: ValueDecision[]][] {
  const found = new Map<string, ValueDecision[]>();
  for (const value of values) {
    const known = found.get(value.field);
    if (known) known.push(value);
    else found.set(value.field, [value]);
  }
  return [...found];
}

/** Whether an option is another text than that which became it, so that there is something to tell. */
export const changed = ({ value, option }: ValueDecision): boolean => option !== value;
