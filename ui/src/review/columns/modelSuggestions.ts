import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ColumnsView, FieldInfo } from "../../api/types";
import type { Api } from "../../api/types";
import { useSession } from "../../state/hooks";
import { columnsByField } from "./choices";

type Suggested = Api<"ColumnSuggestions">["columns"];
type Offered = ReadonlyMap<number, readonly FieldInfo[]>;

const NONE: Offered = new Map();

/** Whether a column waits for an answer. */
const isOpen = ({ status }: ColumnsView["columns"][number]): boolean => status === "uncertain" || status === "unmapped";

/**
 * What the operator's model suggests for columns without a field, and why it says nothing. It is asked once for a page,
 * and only where there is one; what people choose since is left out.
 */
export function useModelSuggestions(view: ColumnsView | undefined, fields: readonly FieldInfo[], on: boolean) {
  const { client } = useSession();
  const { data } = useQuery({
    queryKey: ["column-suggestions"],
    queryFn: ({ signal }) => client.suggestColumns(signal),
    enabled: on && (view?.columns.some(isOpen) ?? false),
    staleTime: Infinity,
    retry: false,
  });
  const suggested = useMemo(() => (view && data ? offered(view, fields, data.columns) : NONE), [view, fields, data]);
  return { fields: suggested, problem: data?.problem ?? null };
}

/** What can still be taken of a model's suggestions, and is not shown as headgate's own already. */
export function offered(view: ColumnsView, fields: readonly FieldInfo[], suggested: Suggested): Offered {
  const taken = columnsByField(view);
  const known = new Map(fields.map((field) => [field.key, field]));
  const found = new Map<number, FieldInfo[]>();
  for (const column of view.columns.filter(isOpen)) {
    const own = new Set(column.status === "uncertain" ? column.suggestions.slice(0, 3).map(({ field }) => field) : []);
    const left = (suggested[String(column.index)] ?? []).flatMap(({ field: key, source }) => {
      const field = known.get(key);
      const free =
        field?.many_to_one === true || !taken.has(key) || taken.get(key)?.every(({ index }) => index === column.index);
      return field && free && source === "model" && !own.has(key) ? [field] : [];
    });
    if (left.length) found.set(column.index, left);
  }
  return found;
}
