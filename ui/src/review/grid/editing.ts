import type { CellMark, GridRow } from "../../api/types";
import type { PlacedColumn } from "./columns";
import type { Place } from "./selection";

/** A cell that is being edited. */
export interface Editing {
  readonly place: Place;
  readonly placed: PlacedColumn;
  readonly row: GridRow;
  readonly mark: CellMark | undefined;
  /** The text that is shown in the cell. */
  readonly shown: string | null;
  /** The editor starts empty, because somebody has begun to type. */
  readonly replace: boolean;
  /** The text to edit, where what is shown has fewer digits; raises what the request raised. */
  readonly exact: Promise<string | null> | null;
}

/** Where the focus goes after an edit: to another cell, to this one, or wherever the person has put it already. */
export type After = "down" | "up" | "next" | "previous" | "here" | "elsewhere";

/** How an editor ends. */
export interface EditorProps {
  readonly editing: Editing;
  /** Store the text; `seen` is what stood there before, where that is known exactly. */
  commit: (text: string | null, seen: string | null | undefined, after: After) => void;
  cancel: () => void;
}
