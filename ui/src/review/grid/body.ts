import { type Layout, visibleColumns } from "./columns";
import { type ColumnWindow, type Drawing, RowNode } from "./rows";
import type { Place } from "./selection";
import type { RowSource } from "./source";
import type { RowWindow } from "./windower";

/** Where the rows' coordinates start again: positions stay small enough for the exact numbers of a compositor. */
const REBASE = 20_000;

/** What is visible: rows, and the pixels of the columns that move. */
export interface Viewport {
  readonly rows: RowWindow;
  /** Pixels from the first row to the upper edge. */
  readonly top: number;
  /** Pixels that the columns are moved by. */
  readonly left: number;
  /** The same as a movement to the right. */
  readonly shift: number;
  /** The width that is left for the columns that move. */
  readonly width: number;
}

/** The rows that are drawn. Nodes that scroll out at one end come in again at the other, so a step creates nothing. */
export class GridBody {
  readonly #nodes = new Map<number, RowNode>();
  #base = 0;
  #columns: ColumnWindow = { first: 0, last: -1, kept: -1 };
  #layout: Layout | null = null;

  constructor(
    readonly layer: HTMLElement,
    readonly rowHeight: number,
  ) {}

  cell({ row, column }: Place): HTMLElement | undefined {
    return this.#nodes.get(row)?.cell(column);
  }

  node(position: number): RowNode | undefined {
    return this.#nodes.get(position);
  }

  /**
   * Draw what is visible. `focused` stays drawn wherever it is, because its element has the focus. With `moved` only rows that
   * came into sight are drawn; what was drawn already is the same.
   */
  draw(view: Viewport, source: RowSource, drawing: Drawing, focused: Place, moved: boolean): void {
    const { layout } = drawing;
    if (layout !== this.#layout) for (const node of this.#nodes.values()) node.reset();
    const columns = { ...visibleColumns(layout, view.left, view.width), kept: focused.column };
    const same = moved && layout === this.#layout && sameWindow(columns, this.#columns);
    this.#layout = layout;
    this.#columns = columns;
    this.#shift(view);
    const free = this.#unused(view.rows, focused.row);
    const { first, last } = view.rows;
    for (let position = first; position <= last; position++)
      this.#drawRow(position, free, view, source, drawing, columns, same);
    if (focused.row >= 0 && (focused.row < first || focused.row > last) && focused.row < (source.total ?? 0))
      this.#drawRow(focused.row, free, view, source, drawing, columns, same);
    for (const node of free) node.element.remove();
  }

  /** Puts the rows into the order that they have on the screen, for what reads them one after the other. */
  sort(): void {
    const focused = document.activeElement;
    const nodes = [...this.#nodes.values()].sort((a, b) => a.position - b.position);
    // An element that is moved loses the focus: the others are moved round it.
    const fixed = nodes.findIndex(({ element }) => element.contains(focused));
    const pivot = nodes[fixed];
    nodes.forEach((node, index) => {
      if (index < fixed && pivot) this.layer.insertBefore(node.element, pivot.element);
      else if (index > fixed) this.layer.append(node.element);
    });
  }

  #shift({ top, rows }: Viewport): void {
    if (Math.abs(rows.first - this.#base) > REBASE) {
      this.#base = rows.first;
      for (const node of this.#nodes.values()) this.#put(node);
    }
    this.layer.style.transform = `translateY(${this.#base * this.rowHeight - top}px)`;
  }

  #put(node: RowNode): void {
    node.element.style.transform = `translateY(${(node.position - this.#base) * this.rowHeight}px)`;
  }

  #unused({ first, last }: RowWindow, focused: number): RowNode[] {
    const free: RowNode[] = [];
    for (const [position, node] of this.#nodes) {
      if ((position >= first && position <= last) || position === focused) continue;
      this.#nodes.delete(position);
      free.push(node);
    }
    return free;
  }

  #drawRow(
    position: number,
    free: RowNode[],
    view: Viewport,
    source: RowSource,
    drawing: Drawing,
    columns: ColumnWindow,
    same: boolean,
  ): void {
    const row = source.row(position);
    let node = this.#nodes.get(position);
    if (node && same && node.row === row) {
      node.scroll(view.shift);
      return;
    }
    if (!node) {
      node = free.pop() ?? this.#create();
      node.bind(position);
      this.#nodes.set(position, node);
      this.#put(node);
    }
    node.scroll(view.shift);
    node.draw(row, columns, drawing);
  }

  #create(): RowNode {
    const node = new RowNode();
    this.layer.append(node.element);
    return node;
  }
}

const sameWindow = (a: ColumnWindow, b: ColumnWindow): boolean =>
  a.first === b.first && a.last === b.last && a.kept === b.kept;
