import { useEffect } from "react";
import type { ChangeResult, Grid } from "../../api/types";
import { useSession } from "../../state/hooks";
import { KEYS } from "../../state/session";
import { type ConflictNotice, usePanels } from "./panels-state";

/** Notes what people must hear of: changes of others, and cells that two people changed. */
export function useWatch(): void {
  const session = useSession();
  const { conflicts, foreign } = usePanels();
  useEffect(() => {
    const unlisten = session.events.listen((event) => {
      if (event.event !== "changed" || event.author === session.author) return;
      const known = foreign.get();
      foreign.set({ cells: (known?.cells ?? 0) + event.cells, rows: (known?.rows ?? 0) + event.rows });
    });
    const hear = (result: ChangeResult) => {
      if (result.conflicts.length === 0) return;
      const grid = session.queries.getQueryData<Grid>(KEYS.grid);
      const found = result.conflicts.map((conflict) => noticeOf(conflict, result, grid));
      const again = new Set(found.map(({ conflict }) => `${conflict.row} ${conflict.column}`));
      const others = conflicts.get().filter(({ conflict }) => !again.has(`${conflict.row} ${conflict.column}`));
      conflicts.set([...others, ...found]);
    };
    session.changes.add(hear);
    return () => {
      unlisten();
      session.changes.delete(hear);
    };
  }, [session, conflicts, foreign]);
}

function noticeOf(
  conflict: ChangeResult["conflicts"][number],
  { updated }: ChangeResult,
  grid: Grid | undefined,
): ConflictNotice {
  const row = updated.find((one) => one.row === conflict.row);
  const at = grid?.columns.findIndex(({ id }) => id === conflict.column) ?? -1;
  return {
    conflict,
    mine: row && at >= 0 ? (row.cells[at] ?? null) : undefined,
    number: conflict.row < 0 ? null : conflict.row + 1,
  };
}
