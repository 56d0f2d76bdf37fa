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
  /** Which rows are shown, in which order, without a snapshot. Panels and grid set it with `show`, the grid follows. */
  readonly view = new Store<View>(ALL_ROWS);
  /** The name of the list that the grid shows: positions mean something in it only. Set by the grid. */
  readonly snapshot = new Store<string | null>(null);
  /** How many rows that list has. Set by the grid. */
  readonly total = new Store<number | null>(null);
  /** Set by the grid. */
  readonly selection = new Store<Selection | null>(null);
  /** A cell that the grid shall show and focus. The grid sets it back to null when it has. */
  readonly target = new Store<Target | null>(null);

  /** Show other rows: positions of the former list have no meaning in it. */
  show(view: Omit<View, "snapshot">): void {
    this.selection.set(null);
    this.snapshot.set(null);
    this.total.set(null);
    this.view.set({ ...view });
  }

  /** Ask anew for the rows that are shown: those that no longer fit leave the list. */
  refresh(): void {
    this.show(this.view.get());
  }

  /** The view together with the list that its positions belong to, for questions and changes that name positions. */
  pinned(): View {
    return { ...this.view.get(), snapshot: this.snapshot.get() };
  }
}

export const GridViewContext = createContext<GridView | null>(null);

export function useGridView(): GridView {
  const view = use(GridViewContext);
  if (!view) throw new Error("useGridView is used outside of the review step.");
  return view;
}
