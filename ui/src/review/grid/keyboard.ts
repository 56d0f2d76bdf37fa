import type { GridChanges } from "./changes";
import type { GridController } from "./controller";
import type { GridEditors } from "./editors";
import { at, beside, HEADER_ROW, type Place } from "./selection";

/** The keys of the grid: those of spreadsheets, and of the ARIA authoring practices for grids. */
export class GridKeyboard {
  /** Tab leaves the grid after Escape, so that nobody is caught in it. */
  #leaving = false;

  constructor(
    readonly grid: GridController,
    readonly changes: GridChanges,
    readonly editors: GridEditors,
  ) {}

  readonly press = (event: KeyboardEvent): void => {
    // Editors and menus have keys of their own.
    if (event.defaultPrevented || this.grid.editing.get() || !isCell(event.target)) return;
    if (this.#handle(event)) event.preventDefault();
    if (event.key !== "Tab" && event.key !== "Shift") this.#leaving = event.key === "Escape";
  };

  #handle(event: KeyboardEvent): boolean {
    const command = event.ctrlKey || event.metaKey;
    if (event.key === "F10" && event.shiftKey) return this.#menu();
    if (event.key === "ContextMenu") return this.#menu();
    if (event.altKey) return false;
    if (command && this.#command(event)) return true;
    return this.#move(event, command) || (!command && this.#edit(event));
  }

  #command(event: KeyboardEvent): boolean {
    const { changes } = this;
    switch (event.key.toLowerCase()) {
      case "a":
        return this.#span("all");
      case " ":
        return this.#span("columns");
      case "d":
        return (changes.fill("down"), true);
      case "r":
        return (changes.fill("right"), true);
      case "z":
        return (void (event.shiftKey ? changes.redo() : changes.undo()), true);
      case "y":
        return (void changes.redo(), true);
      case "-":
        return this.#deleteRows();
      default:
        return false;
    }
  }

  #edit(event: KeyboardEvent): boolean {
    const { row } = this.#active;
    const { key } = event;
    if (key === " " && event.shiftKey) return this.#span("rows");
    if (row === HEADER_ROW) return false;
    if (key === "Enter" || key === "F2") return (this.editors.open(false), true);
    if (key === "Delete" || key === "Backspace") return (this.changes.clear(), true);
    if (key === " " && this.#isCheckbox) return (this.editors.toggle(this.#active), true);
    // The key itself goes into the editor, which has the focus by the time the browser carries it out.
    if (isTyping(event)) this.editors.open(true);
    return false;
  }

  #move(event: KeyboardEvent, command: boolean): boolean {
    const { key } = event;
    if (key === "Tab") return !command && this.#tab(event.shiftKey ? -1 : 1);
    const { head, anchor } = this.grid.model.selection.get();
    const from = event.shiftKey ? head : anchor;
    // In the header these make the column wider or narrower.
    if (from.row === HEADER_ROW && event.shiftKey && /^Arrow(Left|Right)$/.test(key)) return false;
    const place = this.#destination(key, from, command);
    if (!place) return false;
    this.#select(place, event.shiftKey);
    return true;
  }

  #destination(key: string, { row, column }: Place, far: boolean): Place | null {
    const { rows, columns } = this.grid.model.extent;
    const page = this.grid.core?.pageRows ?? 1;
    const side = this.grid.core?.rtl ? -1 : 1;
    switch (key) {
      case "ArrowDown":
        return { row: far ? rows - 1 : row + 1, column };
      case "ArrowUp":
        return { row: far ? 0 : row - 1, column };
      case "ArrowRight":
      case "ArrowLeft": {
        const step = (key === "ArrowRight" ? 1 : -1) * side;
        return { row, column: far ? (step > 0 ? columns - 1 : 0) : column + step };
      }
      case "PageDown":
        return { row: Math.max(0, row) + page, column };
      case "PageUp":
        return { row: Math.max(0, row - page), column };
      case "Home":
        return { row: far ? 0 : row, column: 0 };
      case "End":
        return { row: far ? rows - 1 : row, column: columns - 1 };
      default:
        return null;
    }
  }

  #select(place: Place, extend: boolean): void {
    const { model, core } = this.grid;
    const { anchor, span } = model.selection.get();
    // A selection has rows; the header is none.
    if (extend && anchor.row >= 0) model.select({ anchor, head: { ...place, row: Math.max(0, place.row) }, span });
    else model.select(at(place));
    core?.reveal(model.selection.get().head);
    if (!extend) core?.focus();
  }

  #tab(step: 1 | -1): boolean {
    if (this.#leaving) return false;
    const next = beside(this.#active, this.grid.model.extent, step);
    if (next) this.grid.go(next);
    return next !== null;
  }

  #span(span: "rows" | "columns" | "all"): boolean {
    const { model } = this.grid;
    const { anchor, head } = model.selection.get();
    const row = Math.max(0, anchor.row);
    model.select({ anchor: { ...anchor, row }, head: { ...head, row: Math.max(row, head.row) }, span });
    return true;
  }

  #deleteRows(): boolean {
    const { span } = this.grid.model.selection.get();
    if (span !== "rows" || !this.grid.settings.deleteRows) return false;
    this.changes.deleteRows();
    return true;
  }

  #menu(): boolean {
    const element = document.activeElement;
    if (!element || this.#active.row === HEADER_ROW) return false;
    const { left, bottom } = element.getBoundingClientRect();
    this.grid.menu.set({ x: left + 12, y: bottom - 8 });
    return true;
  }

  get #active(): Place {
    return this.grid.model.selection.get().anchor;
  }

  get #isCheckbox(): boolean {
    return this.grid.model.layout.get().columns[this.#active.column]?.column.type === "checkbox";
  }
}

/** A key that writes something, or that an input method has taken ("Process"). */
const isTyping = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && (/^.$/su.test(key) || key === "Process");

const isCell = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  /^(gridcell|columnheader|rowheader)$/.test(target.role ?? target.getAttribute("role") ?? "");
