import { createContext, use } from "react";
import type { Api } from "../../api/types";
import { Store } from "../../state/store";

/** The tools that open beside the grid. */
export type Tool = "replace" | "transform" | "excel" | "history";

/** What a change did, or why it could not be made; shown until the next one. */
export interface Outcome {
  readonly text: string;
  readonly failed: boolean;
  /** The version that the change made, as long as undo takes back just this change. */
  readonly undoes: number | null;
}

/** A cell that somebody else had changed since it was seen. */
export interface ConflictNotice {
  readonly conflict: Api<"Conflict">;
  /** The text that stands there now; undefined: too many cells changed to tell. */
  readonly mine: string | null | undefined;
  /** The row's number in the file; null for rows that were added. */
  readonly number: number | null;
}

/** What another person did since this page last said so. */
export interface ForeignChange {
  readonly cells: number;
  readonly rows: number;
}

/** What the panels round the grid share. */
export class Panels {
  readonly tool = new Store<Tool | null>(null);
  /** The causes and the cell, on a screen that is too narrow to show them beside the grid. */
  readonly sheet = new Store(false);
  /** What was written in Transform: a drawer that was closed by mistake loses nothing. */
  readonly expression = new Store("");
  readonly finishing = new Store(false);
  readonly outcome = new Store<Outcome | null>(null);
  readonly conflicts = new Store<readonly ConflictNotice[]>([]);
  readonly foreign = new Store<ForeignChange | null>(null);
}

export const PanelsContext = createContext<Panels | null>(null);

export function usePanels(): Panels {
  const panels = use(PanelsContext);
  if (!panels) throw new Error("usePanels is used outside of the review step.");
  return panels;
}
