import { useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useRef } from "react";
import { ApiError, NetworkError } from "../../api/errors";
import { useGridView } from "../../state/grid-view";
import { useSession } from "../../state/hooks";
import { usePanels } from "./panels-state";

type Direction = "next" | "previous";

/** A position behind the last row of any list. */
const BEHIND_ALL = 2 ** 31;

/** Goes to the next or the previous cell in error, from the selected cell on; behind the last it begins again. */
export function useSeek(): (direction: Direction) => Promise<void> {
  const { t } = useLingui();
  const session = useSession();
  const grid = useGridView();
  const { outcome } = usePanels();
  const running = useRef(false);

  return useCallback(
    async (direction) => {
      if (running.current) return;
      running.current = true;
      const ask = (from: number, column: string | null, towards: Direction) =>
        session.client.seek({ view: grid.pinned(), position: from, column, direction: towards });
      try {
        const active = grid.selection.get()?.active;
        let found = await ask(active?.position ?? -1, active?.column ?? null, direction);
        if (found.position === null && active)
          found = await ask(direction === "next" ? -1 : (grid.total.get() ?? BEHIND_ALL), null, direction);
        if (found.position === null || found.row === null || found.column === null) {
          session.announce(t`There is no such cell in the rows that are shown.`);
          return;
        }
        grid.target.set({ row: found.row, column: found.column, position: found.position });
      } catch (error) {
        // The list is gone: ask for it anew, so that the next step finds its way.
        if (error instanceof ApiError && error.code === "view_changed") grid.refresh();
        else if (error instanceof ApiError || error instanceof NetworkError) {
          outcome.set({ text: error.message, failed: true, undoes: null });
          session.announce(error.message);
        } else throw error;
      } finally {
        running.current = false;
      }
    },
    [session, grid, outcome, t],
  );
}

/** Alt+↓ and Alt+↑ go to the next and the previous error, wherever the focus is in the page. */
export function useSeekKeys(seek: (direction: Direction) => Promise<void>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      // In an option list these keys open it, and a dialog stands before the rows.
      if (event.target instanceof Element && event.target.closest("select, [role=combobox], [role=dialog]")) return;
      event.preventDefault();
      void seek(event.key === "ArrowDown" ? "next" : "previous");
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [seek]);
}
