import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { Api, ErrorGroup, FieldInfo } from "../../../api/types";

export type FixOffer = ErrorGroup["fixes"][number];

/** The names of a select field's options, by their values. */
export const optionLabels = (options: FieldInfo["select_options"]): ReadonlyMap<string, string> =>
  new Map(options?.map(({ value, label }) => [value, label]));

/** The texts of an offer that maps values; empty for any other. */
export function mappingOf(fix: FixOffer): [text: string, option: string][] {
  if (fix.kind !== "map_values") return [];
  return Object.entries(fix.parameters).filter((pair): pair is [string, string] => typeof pair[1] === "string");
}

/** What the button of an offer says. */
export function useFixWords(): (fix: FixOffer, group: ErrorGroup, labels: ReadonlyMap<string, string>) => string {
  const { t } = useLingui();
  return (fix, group, labels) => {
    const { kind, cells, rows } = fix;
    const total = group.cells;
    switch (kind) {
      case "day_month":
        return t`Read ${plural(cells, { one: "# date", other: "# dates" })} day first`;
      case "month_day":
        return t`Read ${plural(cells, { one: "# date", other: "# dates" })} month first`;
      case "decimal_comma":
        return t`Read ${plural(cells, { one: "# number", other: "# numbers" })} with a decimal comma`;
      case "decimal_point":
        return t`Read ${plural(cells, { one: "# number", other: "# numbers" })} with a decimal point`;
      case "map_values": {
        const [only, more] = mappingOf(fix);
        const option = only && (labels.get(only[1]) ?? only[1]);
        return only && !more
          ? t`Change ${plural(cells, { one: "it", other: "all #" })} to “${option}”`
          : t`Map ${plural(cells, { one: "# cell", other: "# cells" })} as suggested`;
      }
      case "set_value":
        return t`Set a value…`;
      case "clear":
        return t`Clear ${plural(cells, { one: "the cell", other: "all # cells" })}`;
      case "keep_first":
        return t`Keep the first, delete ${plural(rows, { one: "# row", other: "# rows" })}`;
      case "keep_last":
        return t`Keep the last, delete ${plural(rows, { one: "# row", other: "# rows" })}`;
      case "delete_rows":
        return t`Delete ${plural(rows, { one: "the row", other: "all # rows" })}`;
      case "suggestion":
        return cells < total ? t`Fix ${cells} of ${total}` : t`Fix ${plural(cells, { one: "it", other: "all #" })}`;
    }
  };
}

/** The change that an offer stands for. */
export const changeOf = (group: ErrorGroup, fix: FixOffer): Api<"Fix"> => ({
  kind: "fix",
  group: group.id,
  fix: fix.id,
  text: null,
  values: null,
});

/** Whether the group is of rows that repeat a value: such an offer is made for nothing else. */
export const isRepeated = (group: ErrorGroup): boolean =>
  group.fixes.some(({ kind }) => kind === "keep_first" || kind === "keep_last");
