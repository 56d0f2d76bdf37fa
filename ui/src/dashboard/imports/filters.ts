import type { Api } from "../../api/types";

export type ImportStatus = Api<"ListedImport">["status"];

export const STATUSES: readonly ImportStatus[] = [
  "AWAITING_UPLOAD",
  "PENDING",
  "RUNNING",
  "NEEDS_REVIEW",
  "SUCCESSFUL",
  "FAILED",
];

/** Which imports are listed. It stands in the page's address, so that a list can be passed on and gone back to. */
export interface ImportFilter {
  search?: string | undefined;
  status?: ImportStatus | undefined;
  schema?: string | undefined;
  identifier?: string | undefined;
  development?: boolean | undefined;
  /** Dates as `2026-03-01`, both part of the period. */
  since?: string | undefined;
  until?: string | undefined;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The filter that an address asks for; whatever makes no sense in it is left out. */
export function filterOf(search: Readonly<Record<string, unknown>>): ImportFilter {
  // An address with `?search=12` comes as a number.
  const text = (key: string) => {
    const value = search[key];
    return typeof value === "string" || typeof value === "number" ? String(value).trim() || undefined : undefined;
  };
  const date = (key: string) => {
    const value = text(key);
    return value !== undefined && DATE.test(value) ? value : undefined;
  };
  const found: ImportFilter = {
    search: text("search"),
    status: STATUSES.find((status) => status === search.status),
    schema: text("schema"),
    identifier: text("identifier"),
    development: typeof search.development === "boolean" ? search.development : undefined,
    since: date("since"),
    until: date("until"),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** Whether anything is left out of the list. */
export const isFiltered = (filter: ImportFilter): boolean => Object.values(filter).some((value) => value !== undefined);

/** The filter as the server's question. */
export const questionOf = ({ search, status, schema, identifier, development, since, until }: ImportFilter) => ({
  ...(search && { search }),
  ...(status && { status }),
  ...(schema && { schema_id: schema }),
  ...(identifier && { import_identifier: identifier }),
  ...(development !== undefined && { development_mode: development }),
  ...(since && { since }),
  ...(until && { until }),
});

/**
 * Whether an import belongs to a list, as far as the page can tell; null where only the server can: a search looks at
 * more than the page has, and a period is cut in UTC.
 */
export function fits(one: Api<"ListedImport">, filter: ImportFilter): boolean | null {
  if (filter.status !== undefined && one.status !== filter.status) return false;
  if (filter.schema !== undefined && one.saved_schema?.id !== filter.schema) return false;
  if (filter.identifier !== undefined && one.import_identifier !== filter.identifier) return false;
  if (filter.development !== undefined && one.development_mode !== filter.development) return false;
  return filter.search === undefined && filter.since === undefined && filter.until === undefined ? true : null;
}
