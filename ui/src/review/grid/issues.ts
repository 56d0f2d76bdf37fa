import { msg } from "@lingui/core/macro";
import { i18n } from "../../i18n";
import type { GridController } from "./controller";
import { reasonOf } from "./notices";

/** Goes from one error to the next, wherever in the list it is. */
export class IssueSeeker {
  #running: AbortController | null = null;

  constructor(readonly grid: GridController) {}

  /** Make the next error the active cell, or the one before. At the end of the list it says so. */
  async go(direction: "next" | "previous"): Promise<void> {
    const { grid } = this;
    const { anchor } = grid.model.selection.get();
    const column = grid.model.layout.get().columns[anchor.column]?.column.id ?? null;
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    try {
      const query = { view: grid.listed, position: anchor.row, column, direction, level: "error" } as const;
      const found = await grid.session.client.seek(query, running.signal);
      if (running.signal.aborted) return;
      if (found.position === null || found.row === null) {
        const said = direction === "next" ? msg`There are no more errors below.` : msg`There are no more errors above.`;
        grid.session.announce(i18n._(said));
        return;
      }
      if (found.column !== null) this.#unhide(found.column);
      const placed = grid.model.layout.get().byId.get(found.column ?? "");
      grid.go({ row: found.position, column: placed?.index ?? anchor.column });
    } catch (error) {
      if (!running.signal.aborted) grid.session.announce(reasonOf(error));
    }
  }

  /** An error in a column that was hidden would be lost: the column is shown again. */
  #unhide(id: string): void {
    const { model } = this.grid;
    if (model.columnState.get().hidden.includes(id))
      model.arrange((state) => ({ ...state, hidden: state.hidden.filter((one) => one !== id) }));
  }
}
