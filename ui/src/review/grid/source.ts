import type { GridRow } from "../../api/types";

/** What became of the rows: all of them are others now, or some have (other) texts. */
export type SourceChange =
  | { readonly kind: "list" }
  | { readonly kind: "rows" }
  /** Cells that somebody else has changed, as [row id, position in `cells`]. */
  | { readonly kind: "others"; readonly cells: readonly (readonly [number, number])[] }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "recovered" };

/** The rows that a grid shows, of which only a few are at hand. Positions count from 0 in the order that is shown. */
export interface RowSource {
  /** How many rows there are; null until it is known. */
  readonly total: number | null;
  /** The row at a position; undefined where it is not at hand. */
  row(position: number): GridRow | undefined;
  /** The position of a row that is at hand. */
  positionOf(row: number): number | undefined;
  /** These positions are shown now: get what is missing of them, then of their neighbours, and drop what nobody waits for. */
  want(first: number, last: number): void;
  /** The rows of a range, asked for where they are not at hand. */
  read(first: number, last: number, signal: AbortSignal): Promise<readonly GridRow[]>;
  listen(listener: (change: SourceChange) => void): () => void;
}
