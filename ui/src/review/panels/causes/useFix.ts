import { useCallback } from "react";
import type { Api, ErrorGroup } from "../../../api/types";
import { useGridView } from "../../../state/grid-view";
import { useChange } from "../useChange";

/** Mends a group, then shows what is left: the rows that were mended have no place in a list of errors. */
export function useFix(group: ErrorGroup) {
  const grid = useGridView();
  const { busy, make } = useChange();
  const apply = useCallback(
    async (fix: Api<"Fix">): Promise<boolean> => {
      const result = await make(fix);
      if (!result) return false;
      const view = grid.view.get();
      if (view.group === group.id)
        grid.show({ only: result.summary.rows_with_errors ? "errors" : "all", filters: [], sort: [] });
      else grid.refresh();
      return true;
    },
    [grid, group.id, make],
  );
  return { busy, apply };
}
