import { flushSync } from "react-dom";
import { msg } from "@lingui/core/macro";
import { i18n } from "../../i18n";
import type { GridChanges } from "./changes";
import type { GridController } from "./controller";
import type { After } from "./editing";
import { beside, type Place } from "./selection";

/** Opens and closes the editor of a cell. */
export class GridEditors {
  constructor(
    readonly grid: GridController,
    readonly changes: GridChanges,
  ) {}

  /** Edit the active cell; with `replace` the editor starts empty. Returns whether there is an editor now. */
  open(replace: boolean): boolean {
    const { grid } = this;
    const place = grid.model.selection.get().anchor;
    const row = grid.rowAt(place.row);
    const placed = grid.model.layout.get().columns[place.column];
    if (!row || !placed) return false;
    const { column, data } = placed;
    if (column.read_only) {
      grid.session.announce(i18n._(msg`This column cannot be edited.`));
      return false;
    }
    if (column.type === "checkbox" && !column.masked) {
      this.toggle(place);
      return false;
    }
    grid.core?.reveal(place);
    // A hidden value is not edited; another one takes its place.
    const fresh = replace || column.masked;
    const pending = grid.pending.text(row.row, column.id);
    const shown = (pending === undefined ? row.cells[data] : pending) ?? null;
    const exact =
      column.formatted && !fresh ? grid.session.client.cell(row.row, column.id).then(({ text }) => text) : null;
    // At once: the key that was pressed must find the editor's field.
    flushSync(() => grid.editing.set({ place, placed, row, mark: row.marks[data], shown, replace: fresh, exact }));
    return true;
  }

  toggle(place: Place): void {
    const row = this.grid.rowAt(place.row);
    const placed = this.grid.model.layout.get().columns[place.column];
    if (!row || !placed || placed.column.read_only) return;
    const shown = this.grid.pending.text(row.row, placed.column.id) ?? row.cells[placed.data] ?? null;
    this.changes.setText(place, shown?.toLowerCase() === "true" ? "false" : "true", shown);
  }

  commit(text: string | null, seen: string | null | undefined, after: After): void {
    const editing = this.grid.editing.get();
    if (!editing) return;
    const { place, shown } = editing;
    this.#close();
    // The row may stand elsewhere by now: the edit belongs to the row, not to its place.
    const row = this.grid.source.positionOf(editing.row.row) ?? place.row;
    const untouched = editing.placed.column.masked && !text;
    const unchanged =
      untouched ||
      (seen === undefined
        ? !editing.placed.column.formatted && (text ?? "") === (shown ?? "")
        : (text ?? "") === (seen ?? ""));
    if (!unchanged) this.changes.setText({ row, column: place.column }, text === "" ? null : text, seen);
    this.#goOn({ row, column: place.column }, after);
  }

  cancel(): void {
    this.#close();
    this.grid.core?.focus();
  }

  #close(): void {
    flushSync(() => this.grid.editing.set(null));
  }

  #goOn(place: Place, after: After): void {
    if (after === "elsewhere") return;
    const { extent } = this.grid.model;
    const next = {
      down: below(place, 1),
      up: below(place, -1),
      next: beside(place, extent, 1),
      previous: beside(place, extent, -1),
    };
    this.grid.go((after === "here" ? null : next[after]) ?? place);
  }
}

const below = ({ row, column }: Place, step: number): Place => ({ row: Math.max(0, row + step), column });
