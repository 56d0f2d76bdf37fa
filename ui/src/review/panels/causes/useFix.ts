import { useCallback, useState } from "react";
import type { Api, ErrorGroup } from "../../../api/types";
import { useGridView } from "../../../state/grid-view";
import { useSession } from "../../../state/hooks";
import { KEYS } from "../../../state/session";
import { useChange } from "../useChange";

/** Mends a group, then shows what is left: the rows that were mended have no place in a list of errors. */
export function useFix(group: ErrorGroup) {
  const grid = useGridView();
  const session = useSession();
  const { make } = useChange();
  const [busy, setBusy] = useState(false);
  const apply = useCallback(
    async (fix: Api<"Fix">): Promise<boolean> => {
      if (busy) return false;
      setBusy(true);
      const result = await make(fix);
      // Until the groups are known anew a second click would be for what is mended already.
      if (result) await session.queries.invalidateQueries({ queryKey: KEYS.grid }, { cancelRefetch: false });
      setBusy(false);
      if (!result) return false;
      const view = grid.view.get();
      if (view.group === group.id)
        grid.show({ only: result.summary.rows_with_errors ? "errors" : "all", filters: [], sort: [] });
      else grid.refresh();
      return true;
    },
    [busy, session, grid, group.id, make],
  );
  return { busy, apply };
}
