import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { serviceRoot } from "../root";
import type { ImportFilter } from "./filters";
import { type ImportPages, type ListedImport, patched } from "./patch";
import { type ImportDetail, IMPORTS, LISTS } from "./queries";

/** Keeps what the pages show of imports up to date for as long as they are shown. */
export function useLiveImports() {
  const queries = useQueryClient();
  useEffect(() => {
    const source = new EventSource(`${serviceRoot()}api/v1/dashboard/imports/events/`, { withCredentials: true });
    let connected = false;
    source.addEventListener("open", () => {
      // What happened while nobody listened was not heard.
      if (connected) void queries.invalidateQueries({ queryKey: IMPORTS });
      connected = true;
    });
    source.addEventListener("import", ({ data }: MessageEvent<string>) => {
      tell(queries, JSON.parse(data) as ListedImport);
    });
    source.addEventListener("many", () => void queries.invalidateQueries({ queryKey: IMPORTS }));
    return () => source.close();
  }, [queries]);
}

/** Brings what is known of an import up to date with an event. */
function tell(queries: QueryClient, news: ListedImport): void {
  for (const [key, list] of queries.getQueriesData<ImportPages>({ queryKey: LISTS })) {
    const filter = key[LISTS.length] as ImportFilter;
    if (list) queries.setQueryData<ImportPages>(key, patched(list, news, filter));
  }
  const key = [...IMPORTS, "one", news.id];
  const known = queries.getQueriesData<ImportDetail>({ queryKey: key });
  for (const [one, detail] of known) {
    if (detail) queries.setQueryData<ImportDetail>(one, { ...detail, ...news });
  }
  // The run's story, its decisions and its files are there once it stands elsewhere; progress changes none of them.
  if (known.some(([, detail]) => detail && detail.status !== news.status))
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] === IMPORTS[0] && queryKey[2] === news.id,
    });
}
