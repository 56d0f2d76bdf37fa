import { createContext, use } from "react";
import { ALL_ROWS } from "../api/client";
import type { View } from "../api/types";
import { Store } from "./store";

/** A cell of the grid; `position` is its row's place in the view, where it is known. */
export interface Target {
  readonly row: number;
  readonly column: string;
  readonly position: number | null;
}

/** A rectangle of the view: positions (inclusive) and columns in the order that is shown. */
export interface Selection {
  readonly first: number;
  readonly last: number;
  readonly columns: readonly string[];
  readonly active: Target;
}

/** What grid and panels have in common: which rows are shown, what is selected, and where to go. */
export class GridView {
  /** Which rows are shown, in which order. The panels set it, the grid follows. */
  readonly view = new Store<View>(ALL_ROWS);
  /** Set by the grid. */
  readonly selection = new Store<Selection | null>(null);
  /** A cell that the grid shall show and focus. The grid sets it back to null when it has. */
  readonly target = new Store<Target | null>(null);

  /** Show other rows: positions of the former list have no meaning in it. */
  show(view: Omit<View, "snapshot">): void {
    this.selection.set(null);
    this.view.set(view);
  }
}

export const GridViewContext = createContext<GridView | null>(null);

export function useGridView(): GridView {
  const view = use(GridViewContext);
  if (!view) throw new Error("useGridView is used outside of the review step.");
  return view;
}
