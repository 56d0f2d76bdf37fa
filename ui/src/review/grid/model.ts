import type { GridColumn } from "../../api/types";
import { Store } from "../../state/store";
import { type ColumnState, type Layout, layOut, readState, UNTOUCHED } from "./columns";
import { at, type Extent, type GridSelection, type Rectangle, rectangle, within } from "./selection";
import type { RowSource } from "./source";

export const ROW_HEIGHT = 34;

/** Where the state of the columns is kept between visits. */
export interface ColumnStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** What the grid shows and what is selected, without the page: rows, columns, selection. */
export class GridModel {
  readonly columnState: Store<ColumnState>;
  readonly layout: Store<Layout>;
  readonly selection = new Store<GridSelection>(at({ row: 0, column: 0 }));
  readonly source: Store<RowSource>;
  #columns: readonly GridColumn[] = [];
  readonly #key: string;
  readonly #storage: ColumnStorage | null;

  constructor(source: RowSource, key = "", storage: ColumnStorage | null = null) {
    this.#key = `headgate-grid-${key}`;
    this.#storage = storage;
    this.columnState = new Store(storage ? readState(storage.getItem(this.#key)) : UNTOUCHED);
    this.layout = new Store(layOut([], this.columnState.get()));
    this.source = new Store(source);
  }

  get columns(): readonly GridColumn[] {
    return this.#columns;
  }

  get extent(): Extent {
    return { rows: this.source.get().total ?? 0, columns: this.layout.get().columns.length };
  }

  /** The selected cells; null when none is. */
  get area(): Rectangle | null {
    return rectangle(this.selection.get(), this.extent);
  }

  /** The same columns again are no reason to lay them out anew. */
  setColumns(columns: readonly GridColumn[]): void {
    const same = JSON.stringify(columns) === JSON.stringify(this.#columns);
    this.#columns = columns;
    if (!same) this.#layOut();
  }

  /** Change what a person has done to the columns; it is remembered. The same column stays active where it is still shown. */
  arrange(change: (state: ColumnState) => ColumnState): void {
    this.columnState.set(change(this.columnState.get()));
    try {
      this.#storage?.setItem(this.#key, JSON.stringify(this.columnState.get()));
    } catch {
      // A full or forbidden storage: the columns are as wanted, they are only not remembered.
    }
    this.#layOut();
  }

  select(selection: GridSelection): void {
    const { extent } = this;
    const { anchor, head, span } = selection;
    this.selection.set({ anchor: within(anchor, extent), head: within(head, extent), span });
  }

  #layOut(): void {
    const { anchor } = this.selection.get();
    const active = this.layout.get().columns[anchor.column]?.column.id;
    const layout = layOut(this.#columns, this.columnState.get());
    const column =
      layout.byId.get(active ?? "")?.index ?? Math.min(anchor.column, Math.max(0, layout.columns.length - 1));
    this.layout.set(layout);
    if (column !== anchor.column) this.selection.set(at({ row: anchor.row, column }));
  }
}
