import { msg, plural } from "@lingui/core/macro";
import type { Change, ChangeResult } from "../../api/types";
import { i18n } from "../../i18n";
import type { GridController } from "./controller";
import { reasonOf } from "./notices";
import type { PendingCell } from "./pending";
import { HEADER_ROW, type Place, type Rectangle } from "./selection";

export type Direction = "down" | "right";
type Range = Extract<Change, { kind: "clear" }>["range"];

let failures = 0;

/** Everything that changes rows: each is one operation of the server, shown at once and taken back where it is refused. */
export class GridChanges {
  constructor(readonly grid: GridController) {}

  /** `seen`: what the person saw before; undefined where that is not known exactly. */
  setText(place: Place, text: string | null, seen: string | null | undefined): void {
    const { model } = this.grid;
    const row = this.grid.rowAt(place.row);
    const placed = model.layout.get().columns[place.column];
    if (!row || !placed) return;
    const column = placed.column.id;
    const cell = { row: row.row, column, text };
    void this.apply({ kind: "set_cells", cells: [seen === undefined ? cell : { ...cell, seen }] }, [cell]);
  }

  clear(area: Rectangle | null = this.grid.model.area): void {
    if (area)
      void this.apply(
        { kind: "clear", range: this.range(area) },
        this.#texts(area, () => null),
      );
  }

  /** Copy the first row of the selection over the others, or its first column; of a single one, what stands before it. */
  fill(direction: Direction, area: Rectangle | null = this.grid.model.area): void {
    if (!area) return;
    let { top, start } = area;
    if (direction === "down" && top === area.bottom) top--;
    if (direction === "right" && start === area.end) start--;
    if (top < 0 || start < 0) return;
    const whole = { ...area, top, start };
    const first = (row: number, data: number) =>
      direction === "down"
        ? this.grid.rowAt(top)?.cells[data]
        : this.grid.rowAt(row)?.cells[this.grid.model.layout.get().columns[start]?.data ?? -1];
    const cells = this.#texts({ ...whole, ...(direction === "down" ? { top: top + 1 } : { start: start + 1 }) }, first);
    void this.apply({ kind: "fill", range: this.range(whole), direction }, cells);
  }

  /** Write a block of texts with its first cell at the start of `area`. */
  paste(texts: string[][], area: Rectangle, addRows: boolean): void {
    const width = texts[0]?.length ?? 0;
    const written = {
      ...area,
      bottom: Math.min(area.top + texts.length, this.grid.model.extent.rows) - 1,
      end: area.start + width - 1,
    };
    const columns = this.grid.model.layout.get().columns.slice(area.start, area.end + 1);
    const order = new Map(columns.map(({ data }, index) => [data, index]));
    const text = (row: number, data: number) => texts[row - area.top]?.[order.get(data) ?? -1];
    const change: Change = { kind: "paste", range: this.range(written), texts, add_rows: addRows };
    void this.apply(change, this.#texts(written, text));
  }

  /** Add a row below one of the list, or at the end of all, and go there. */
  async addRow(after: number | null): Promise<void> {
    const { grid } = this;
    const below = after === null ? undefined : grid.rowAt(after);
    const position = below && after !== null ? after + 1 : grid.model.extent.rows;
    const result = await this.apply({ kind: "add_rows", after: below?.row ?? null, count: 1 });
    const row = result?.added[0];
    if (row === undefined) return;
    if (grid.unfiltered) grid.view.target.set({ row, column: this.#activeColumn(), position });
    else
      grid.notices.show({
        id: "added",
        tone: "info",
        text: i18n._(msg`The new row is there, but it does not belong to the rows that are shown.`),
        actions: [{ label: i18n._(msg`Show all rows`), run: () => grid.showAll() }],
      });
  }

  deleteRows(area: Rectangle | null = this.grid.model.area): void {
    if (area) void this.apply({ kind: "delete_rows", range: this.range(area) });
  }

  async undo(): Promise<void> {
    await this.#history(() => this.grid.session.undo(), i18n._(msg`Undone.`));
  }

  async redo(): Promise<void> {
    await this.#history(() => this.grid.session.redo(), i18n._(msg`Done again.`));
  }

  /** Carry the change out. What it will write is shown until the server has answered. */
  async apply(change: Change, cells: readonly PendingCell[] = []): Promise<ChangeResult | null> {
    const { grid } = this;
    const pending = grid.pending.add(cells);
    grid.core?.schedule();
    try {
      const result = await grid.session.apply(change);
      grid.pending.remove(pending);
      grid.core?.schedule();
      this.#tell(result);
      return result;
    } catch (error) {
      this.#refused(change, cells, error, () => {
        grid.pending.remove(pending);
        grid.core?.schedule();
      });
      return null;
    }
  }

  /** A rectangle as the server names it. */
  range({ top, bottom, start, end }: Rectangle): Range {
    const columns = this.grid.model.layout.get().columns.slice(start, end + 1);
    return { view: this.grid.listed, first: top, last: bottom, columns: columns.map(({ column }) => column.id) };
  }

  /** The cells of a rectangle that are at hand and may be edited, with the texts that they get. */
  #texts(
    { top, bottom, start, end }: Rectangle,
    text: (row: number, data: number) => string | null | undefined,
  ): PendingCell[] {
    const columns = this.grid.model.layout.get().columns.slice(start, end + 1);
    const { first, last } = this.grid.core?.visible ?? { first: 0, last: HEADER_ROW };
    const cells: PendingCell[] = [];
    for (let position = Math.max(top, first); position <= Math.min(bottom, last); position++) {
      const row = this.grid.rowAt(position);
      if (!row) continue;
      for (const { column, data } of columns) {
        const written = column.read_only ? undefined : text(position, data);
        if (written !== undefined) cells.push({ row: row.row, column: column.id, text: written });
      }
    }
    return cells;
  }

  async #history(send: () => Promise<ChangeResult>, said: string): Promise<void> {
    try {
      const result = await send();
      this.#tell(result);
      this.grid.session.announce(said);
      this.#showChange(result);
    } catch (error) {
      this.grid.session.announce(reasonOf(error));
    }
  }

  /** After an undo the person sees what it has changed. */
  #showChange({ updated }: ChangeResult): void {
    const position = this.grid.source.positionOf(updated[0]?.row ?? Number.NaN);
    const visible = this.grid.core?.visible;
    if (position !== undefined && visible && (position < visible.first || position > visible.last))
      this.grid.core?.reveal({ row: position, column: this.grid.model.selection.get().anchor.column });
  }

  #tell({ skipped }: ChangeResult): void {
    const { notices } = this.grid;
    if (skipped)
      notices.show({
        id: "skipped",
        tone: "info",
        text: i18n._(
          msg`${plural(skipped, {
            one: "# cell was left as it is: it cannot be edited here, or somebody has changed it since.",
            other: "# cells were left as they are: they cannot be edited here, or somebody has changed them since.",
          })}`,
        ),
        actions: [],
      });
  }

  #activeColumn(): string {
    const { model } = this.grid;
    return model.layout.get().columns[model.selection.get().anchor.column]?.column.id ?? "";
  }

  /** What was typed stays in its cell until the person has decided what becomes of it. */
  #refused(change: Change, cells: readonly PendingCell[], error: unknown, forget: () => void): void {
    this.grid.notices.show({
      id: `failed ${++failures}`,
      tone: "error",
      text: i18n._(msg`This change is not saved. ${reasonOf(error)}`),
      actions: [
        {
          label: i18n._(msg`Try again`),
          run: () => {
            forget();
            this.#again(change, cells);
          },
        },
        { label: i18n._(msg`Discard`), run: forget },
      ],
      dismissed: forget,
    });
  }

  #again(change: Change, cells: readonly PendingCell[]): void {
    const snapshot = "range" in change ? change.range?.view.snapshot : undefined;
    if (snapshot === undefined || snapshot === this.grid.source.snapshot) void this.apply(change, cells);
    else
      this.grid.notices.show({
        id: "list-changed",
        tone: "warning",
        text: i18n._(msg`The list is another one now. Please select the cells again and repeat the change.`),
        actions: [],
      });
  }
}
