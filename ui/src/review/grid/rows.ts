import type { CellMark, GridRow } from "../../api/types";
import { CellNode, LOOK, lookOfColumn, lookOfMark } from "./cells";
import classes from "./Cells.module.css";
import type { Layout, PlacedColumn } from "./columns";
import { describe, describeRow } from "./marks";

/** What rows need to know to draw themselves. */
export interface Drawing {
  readonly layout: Layout;
  readonly highlightAutoFixes: boolean;
  /** A text that the server has not confirmed yet; undefined: the row's own. */
  pendingText(row: number, column: string): string | null | undefined;
  isSelected(position: number, column: number): boolean;
  isActive(position: number, column: number): boolean;
}

/** The moving columns that are drawn, as display indexes, and the column that stays drawn because it has the focus. */
export interface ColumnWindow {
  readonly first: number;
  readonly last: number;
  readonly kept: number;
}

const NO_MARK = { level: null, changed: false, autofix: false } as const;

/** One row of the page: its number, the pinned columns, and as many of the others as are visible. Used again for other rows. */
export class RowNode {
  readonly element = div(classes.row, "row");
  readonly #gutter = div(classes.gutter, "rowheader");
  readonly #moving = div(classes.moving, "presentation");
  readonly #cells = new Map<number, CellNode>();
  #shift = Number.NaN;
  #number = "";
  position = -1;
  row: GridRow | undefined;

  constructor() {
    this.#gutter.setAttribute("aria-colindex", "1");
    this.#gutter.tabIndex = -1;
    this.element.append(this.#gutter, this.#moving);
  }

  cell(column: number): HTMLElement | undefined {
    return this.#cells.get(column)?.element;
  }

  /** Columns are others, or elsewhere. */
  reset(): void {
    for (const cell of this.#cells.values()) cell.element.remove();
    this.#cells.clear();
    this.#shift = Number.NaN;
  }

  /** Another row from now on. */
  bind(position: number): void {
    this.position = position;
    this.element.setAttribute("aria-rowindex", String(position + 2));
  }

  /** Move the columns that are not pinned by `shift` pixels to the right. */
  scroll(shift: number): void {
    if (shift === this.#shift) return;
    this.#shift = shift;
    this.#moving.style.transform = `translateX(${shift}px)`;
  }

  draw(row: GridRow | undefined, window: ColumnWindow, drawing: Drawing): void {
    const { columns, pinned } = drawing.layout;
    if ((this.row === undefined) !== (row === undefined) || this.#number === "") this.#setLoading(row === undefined);
    this.row = row;
    this.#drawNumber(row);
    this.#drop(window, pinned);
    for (let index = 0; index < pinned; index++) this.#drawCell(columns[index], row, drawing);
    for (let index = window.first; index <= window.last; index++) this.#drawCell(columns[index], row, drawing);
    if (window.kept >= pinned && (window.kept < window.first || window.kept > window.last))
      this.#drawCell(columns[window.kept], row, drawing);
  }

  #setLoading(loading: boolean): void {
    this.element.classList.toggle(classes.loading ?? "", loading);
    if (loading) this.element.setAttribute("aria-busy", "true");
    else this.element.removeAttribute("aria-busy");
  }

  #drawNumber(row: GridRow | undefined): void {
    const number = row ? (row.number === null ? "+" : String(row.number)) : " ";
    if (number !== this.#number) {
      this.#number = number;
      this.#gutter.textContent = number;
    }
    const said = row ? describeRow(row) : "";
    if (said === (this.#gutter.dataset.said ?? "")) return;
    this.#gutter.dataset.said = said;
    this.#gutter.setAttribute("aria-label", said ? `${number}. ${said}` : number);
    const levels = row?.messages.map(({ level }) => level) ?? [];
    this.#gutter.classList.toggle(classes.error ?? "", levels.includes("error"));
    this.#gutter.classList.toggle(classes.warning ?? "", levels.includes("warning"));
    this.#gutter.classList.toggle(classes.added ?? "", row?.number === null);
  }

  /** Cells that went out of sight are removed, so that the others stand in the order of the columns. */
  #drop({ first, last, kept }: ColumnWindow, pinned: number): void {
    for (const [index, cell] of this.#cells) {
      if (index < pinned || index === kept || (index >= first && index <= last)) continue;
      cell.element.remove();
      this.#cells.delete(index);
    }
  }

  #drawCell(placed: PlacedColumn | undefined, row: GridRow | undefined, drawing: Drawing): void {
    if (!placed) return;
    const cell = this.#cells.get(placed.index) ?? this.#add(placed);
    const { position } = this;
    let look = lookOfColumn(placed, drawing.layout.pinned);
    if (drawing.isSelected(position, placed.index)) look |= LOOK.selected;
    if (drawing.isActive(position, placed.index)) look |= LOOK.active;
    if (!row) {
      cell.draw("", look, "");
      return;
    }
    const pending = drawing.pendingText(row.row, placed.column.id);
    const text = (pending === undefined ? row.cells[placed.data] : pending) ?? "";
    const mark: CellMark | undefined = row.marks[placed.data];
    if (pending !== undefined) look |= LOOK.saving;
    else look |= lookOfMark(mark ?? (NO_MARK as CellMark), drawing.highlightAutoFixes);
    if (look & LOOK.checkbox && text.toLowerCase() === "true") look |= LOOK.checked;
    cell.draw(text, look, mark && pending === undefined ? describe(mark, drawing.highlightAutoFixes) : "");
  }

  #add(placed: PlacedColumn): CellNode {
    const cell = new CellNode(placed);
    let after = -1;
    for (const index of this.#cells.keys()) if (index < placed.index && index > after) after = index;
    this.#cells.set(placed.index, cell);
    if (placed.pinned) this.element.insertBefore(cell.element, this.#moving);
    else {
      const before = this.#cells.get(after)?.element;
      if (before?.parentElement === this.#moving) before.after(cell.element);
      else this.#moving.prepend(cell.element);
    }
    return cell;
  }
}

function div(name: string | undefined, role: string): HTMLElement {
  const element = document.createElement("div");
  element.className = name ?? "";
  element.setAttribute("role", role);
  return element;
}
