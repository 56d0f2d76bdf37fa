import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import type { Change, ChangeResult, HistoryEntry } from "../../api/types";
import { useGrid } from "../../state/hooks";

/** The name of a column that people see, by its id. */
export function useColumnLabel(): (column: string) => string {
  const { data } = useGrid();
  return useMemo(() => {
    const labels = new Map(data?.columns.map(({ id, label }) => [id, label]));
    return (column) => labels.get(column) ?? column;
  }, [data?.columns]);
}

const textAt = (entry: HistoryEntry, key: string): string | null => {
  const value = entry.parameters[key];
  return typeof value === "string" ? value : null;
};

/** A change of the history, in words. */
export function useHistoryWords(): (entry: HistoryEntry) => string {
  const { t } = useLingui();
  const labelOf = useColumnLabel();
  return (entry) => {
    const { kind, cells, rows } = entry;
    const column = textAt(entry, "column");
    const label = column === null ? null : labelOf(column);
    switch (kind) {
      case "header":
        return t`Chose the header row`;
      case "columns":
        return t`Matched the columns`;
      case "values":
        return t`Matched the values`;
      case "undo":
        return t`Took back a change`;
      case "redo":
        return t`Made a change again`;
      case "add_rows":
        return t`Added ${plural(rows, { one: "# row", other: "# rows" })}`;
      case "delete_rows":
        return t`Deleted ${plural(rows, { one: "# row", other: "# rows" })}`;
      case "paste":
        return t`Pasted ${plural(cells, { one: "# cell", other: "# cells" })}`;
      case "fill":
        return t`Filled ${plural(cells, { one: "# cell", other: "# cells" })}`;
      case "clear":
        return t`Cleared ${plural(cells, { one: "# cell", other: "# cells" })}`;
      case "transform":
        return t`Transformed ${plural(cells, { one: "# cell", other: "# cells" })}`;
      case "merge_file":
        return t`Took over ${plural(cells, { one: "# cell", other: "# cells" })} from a corrected workbook`;
      case "replace": {
        const find = textAt(entry, "find");
        const replace = textAt(entry, "replace") ?? "";
        if (find === null) return t`Replaced text in ${plural(cells, { one: "# cell", other: "# cells" })}`;
        if (replace === "") return t`Removed “${find}” from ${plural(cells, { one: "# cell", other: "# cells" })}`;
        return t`Replaced “${find}” with “${replace}” in ${plural(cells, { one: "# cell", other: "# cells" })}`;
      }
      case "fix":
        if (cells === 0 && rows > 0) return t`Deleted ${plural(rows, { one: "# row", other: "# rows" })}`;
        return label === null
          ? t`Fixed ${plural(cells, { one: "# cell", other: "# cells" })}`
          : t`Fixed ${plural(cells, { one: "# cell", other: "# cells" })} in “${label}”`;
      default:
        return label === null
          ? t`Changed ${plural(cells, { one: "# cell", other: "# cells" })}`
          : t`Changed ${plural(cells, { one: "# cell", other: "# cells" })} in “${label}”`;
    }
  };
}

/** What a change has just done, as a sentence that also says what is left. */
export function useResultWords(): (change: Change, result: ChangeResult) => string {
  const { t } = useLingui();
  return (change, result) => {
    const { cells, rows, added, skipped, summary } = result;
    const left = summary.error_cells;
    if (cells === 0 && rows === 0 && added.length === 0)
      return skipped > 0
        ? t`Nothing was changed: ${plural(skipped, { one: "# cell may not be edited.", other: "# cells may not be edited." })}`
        : t`Nothing was changed.`;
    const done =
      change.kind === "add_rows"
        ? t`${plural(added.length, { one: "# row was added.", other: "# rows were added." })}`
        : change.kind === "delete_rows" || cells === 0
          ? t`${plural(rows, { one: "# row was deleted.", other: "# rows were deleted." })}`
          : t`${plural(cells, { one: "# cell was changed.", other: "# cells were changed." })}`;
    return left === 0
      ? t`${done} No errors are left.`
      : t`${done} ${plural(left, { one: "# cell still needs a look.", other: "# cells still need a look." })}`;
  };
}
