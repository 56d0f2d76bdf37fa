import { useQuery } from "@tanstack/react-query";
import type { ErrorGroup, FieldInfo } from "../../../api/types";
import { useReview, useSession } from "../../../state/hooks";

/** Texts of a column that are asked for at most. */
export const MOST_TEXTS = 1000;

export interface UnknownText {
  readonly text: string;
  readonly count: number;
  /** The value of the option that is proposed. */
  readonly suggestion: string | null;
}

/** The texts of a group that are no option, most frequent first; null while they are being asked for. */
export function useUnknownTexts(group: ErrorGroup, field: FieldInfo): readonly UnknownText[] | null {
  const { client } = useSession();
  const { version } = useReview();
  const known = group.values.filter((value): value is UnknownText => value.text !== null);
  // The group carries its most frequent texts only; the rest are those of the column that are no option.
  const complete = group.distinct <= group.values.length;
  const { data } = useQuery({
    queryKey: ["view", "distinct", version, group.column],
    queryFn: ({ signal }) => client.distinct({ column: group.column ?? "", search: null, limit: MOST_TEXTS }, signal),
    enabled: !complete && group.column !== null,
  });
  if (complete) return known;
  if (!data) return null;
  const options = new Set(field.select_options?.flatMap(({ label, value }) => [label, value]));
  const listed = new Set(known.map(({ text }) => text));
  const others = data.values.flatMap(({ text, count }) =>
    text === null || options.has(text) || listed.has(text) ? [] : [{ text, count, suggestion: null }],
  );
  return [...known, ...others];
}
