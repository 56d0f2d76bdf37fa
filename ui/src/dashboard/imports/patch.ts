import type { InfiniteData } from "@tanstack/react-query";
import type { Api } from "../../api/types";
import { fits, type ImportFilter } from "./filters";

export type ListedImport = Api<"ListedImport">;
export type ImportPages = InfiniteData<Api<"ImportPage">>;

/**
 * The list with what an event says of one import. It stays where it is when it is there, comes first when it is new and
 * newer than all, and goes when it no longer fits. Gives the same object where nothing changes.
 */
export function patched(list: ImportPages, news: ListedImport, filter: ImportFilter): ImportPages {
  const known = list.pages.some(({ results }) => results.some(({ id }) => id === news.id));
  const wanted = fits(news, filter);
  if (known) {
    return onEachPage(list, (results) =>
      wanted === false
        ? results.filter(({ id }) => id !== news.id)
        : results.map((one) => (one.id === news.id ? newest(one, news) : one)),
    );
  }
  const [first, ...rest] = list.pages;
  const newestKnown = first?.results[0]?.created_date ?? "";
  if (!first || wanted !== true || news.created_date <= newestKnown) return list;
  return { ...list, pages: [{ ...first, results: [news, ...first.results] }, ...rest] };
}

/** The list without an import that was deleted. */
export const without = (list: ImportPages, gone: string): ImportPages =>
  onEachPage(list, (results) => results.filter(({ id }) => id !== gone));

/** All imports of a list, each once: pages that were loaded at different times may overlap. */
export const rowsOf = (list: ImportPages): ListedImport[] => [
  ...new Map(list.pages.flatMap(({ results }) => results).map((one) => [one.id, one])).values(),
];

/** An answer may be overtaken by an event: what was changed later counts. */
const newest = (one: ListedImport, other: ListedImport): ListedImport =>
  other.modified_date >= one.modified_date ? other : one;

function onEachPage(list: ImportPages, change: (results: ListedImport[]) => ListedImport[]): ImportPages {
  return { ...list, pages: list.pages.map((page) => ({ ...page, results: change(page.results) })) };
}
