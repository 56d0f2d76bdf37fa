import { GridBody } from "./body";
import { columnAt, drawnAt, GUTTER, type PlacedColumn } from "./columns";
import { type GridModel, ROW_HEIGHT } from "./model";
import type { Drawing } from "./rows";
import { clamp, contains, HEADER_ROW, type Place, type Rectangle } from "./selection";
import type { SourceChange } from "./source";
import { Windower } from "./windower";

/** The elements that React has made once, and that the grid fills. */
export interface GridElements {
  readonly root: HTMLElement;
  /** Has the scroll bars. */
  readonly scroller: HTMLElement;
  /** As large as all rows and columns, as far as a browser allows. */
  readonly spacer: HTMLElement;
  /** What is seen; it stays where it is while its contents move. */
  readonly view: HTMLElement;
  readonly head: HTMLElement;
  readonly headMoving: HTMLElement;
  readonly layer: HTMLElement;
}

export interface CoreOptions {
  readonly highlightAutoFixes: boolean;
  pendingText(row: number, column: string): string | null | undefined;
}

/** A rectangle of the view, in pixels from its start and upper edge. */
export interface Box {
  readonly start: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A pause after which nobody scrolls any more, in milliseconds. */
const IDLE = 150;
/** Rows that are asked for beyond the visible ones. */
const AHEAD = 20;

/** Draws rows and columns where the scroll bars stand, and keeps the focus on the active cell. React takes no part in it. */
export class GridCore implements Drawing {
  readonly windower = new Windower(ROW_HEIGHT);
  readonly #body: GridBody;
  readonly #stop = new AbortController();
  readonly #drawn = new Set<(moved: boolean) => void>();
  readonly #forget: (() => void)[] = [];
  #left = 0;
  #width = 0;
  #headHeight = 0;
  #rtl = false;
  #frame = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #area: Rectangle | null = null;
  #forgetSource: () => void = () => undefined;

  constructor(
    readonly elements: GridElements,
    readonly model: GridModel,
    readonly options: CoreOptions,
  ) {
    this.#body = new GridBody(elements.layer, ROW_HEIGHT);
    const { signal } = this.#stop;
    elements.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true, signal });
    const observer = new ResizeObserver(() => this.#resize());
    observer.observe(elements.scroller);
    observer.observe(elements.head);
    this.#forget.push(
      () => observer.disconnect(),
      model.source.subscribe(() => this.#connect()),
      model.layout.subscribe(() => this.#resize()),
      model.selection.subscribe(() => this.#selected()),
    );
    this.#connect();
  }

  get layout() {
    return this.model.layout.get();
  }

  get highlightAutoFixes(): boolean {
    return this.options.highlightAutoFixes;
  }

  get active(): Place {
    return this.model.selection.get().anchor;
  }

  /** Whether the page is read from right to left. */
  get rtl(): boolean {
    return this.#rtl;
  }

  get headHeight(): number {
    return this.#headHeight;
  }

  /** Rows that a page key moves by. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.windower.viewport / ROW_HEIGHT) - 1);
  }

  close(): void {
    this.#stop.abort();
    this.#forgetSource();
    for (const forget of this.#forget) forget();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#idle);
  }

  /** Hear of every time that something was drawn (`moved`: only scrolled); call the answer to stop. */
  onDrawn(listener: (moved: boolean) => void): () => void {
    this.#drawn.add(listener);
    return () => this.#drawn.delete(listener);
  }

  pendingText(row: number, column: string): string | null | undefined {
    return this.options.pendingText(row, column);
  }

  isSelected(position: number, column: number): boolean {
    return contains(this.#area, position, column);
  }

  isActive(position: number, column: number): boolean {
    const { active } = this;
    return active.row === position && active.column === column;
  }

  /** Draw anew in the next frame: texts or marks are others. */
  schedule(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw(false);
    });
  }

  /** Move the cell into sight. */
  reveal({ row, column }: Place): void {
    if (row >= 0) this.scrollTo(this.windower.revealing(row));
    const placed = this.layout.columns[column];
    if (placed && !placed.pinned) this.#revealColumn(placed);
  }

  /** Show the rows from `top` pixels on. */
  scrollTo(top: number): void {
    this.windower.goTo(top);
    this.#anchor();
    this.#draw(false);
  }

  scrollBy(rows: number, columns: number): void {
    this.scrollTo(this.windower.top + rows * ROW_HEIGHT);
    if (columns) this.elements.scroller.scrollLeft += columns * (this.rtl ? -1 : 1);
  }

  /** Give the focus to the active cell. */
  focus(): void {
    this.#activeElement()?.focus({ preventScroll: true });
  }

  /** Where a cell is drawn. */
  box({ row, column }: Place): Box {
    const placed = this.layout.columns[column];
    return {
      start: placed ? drawnAt(this.layout, placed, this.#left) : 0,
      top: this.#headHeight + row * ROW_HEIGHT - this.windower.top,
      width: placed?.width ?? 0,
      height: ROW_HEIGHT,
    };
  }

  /** The cell at a point of the window; the nearest one for a point outside. Column −1 is the row's number. */
  placeAt(x: number, y: number): Place {
    const { left, right, top } = this.elements.view.getBoundingClientRect();
    const distance = this.rtl ? right - x : x - left;
    const { rows } = this.model.extent;
    const row = Math.floor(
      (clamp(y - top - this.#headHeight, 0, this.windower.viewport) + this.windower.top) / ROW_HEIGHT,
    );
    return { row: clamp(row, 0, rows - 1), column: columnAt(this.layout, distance, this.#left) };
  }

  /** The element of a cell that is drawn. */
  element(place: Place): HTMLElement | undefined {
    return this.#body.cell(place);
  }

  /** The rows that are visible. */
  get visible() {
    return this.windower.window();
  }

  #connect(): void {
    this.#forgetSource();
    this.#forgetSource = this.model.source.get().listen((change) => this.#changed(change));
    this.#resize();
  }

  #changed(change: SourceChange): void {
    if (change.kind === "list") {
      this.#resize();
      this.model.select(this.model.selection.get());
    } else if (change.kind === "rows") this.schedule();
    else if (change.kind === "others") {
      this.schedule();
      requestAnimationFrame(() => this.#flash(change.cells));
    }
  }

  #flash(cells: readonly (readonly [number, number])[]): void {
    const source = this.model.source.get();
    for (const [row, data] of cells) {
      const placed = this.layout.columns.find((one) => one.data === data);
      const element = placed && this.element({ row: source.positionOf(row) ?? -1, column: placed.index });
      // The animation stands in the style sheet, which leaves it out where motion is not wanted.
      element?.setAttribute("data-flash", "");
      element?.addEventListener("animationend", () => element.removeAttribute("data-flash"), { once: true });
    }
  }

  #selected(): void {
    const { root } = this.elements;
    const focused = root.contains(document.activeElement);
    this.#draw(false);
    if (focused) this.focus();
  }

  #resize(): void {
    const { scroller, spacer, view, head, root } = this.elements;
    // Reading these makes the browser lay out the page, so it is done here only.
    const height = head.offsetHeight;
    this.#headHeight = height;
    this.#rtl = getComputedStyle(root).direction === "rtl";
    const { fixedWidth, movingWidth } = this.layout;
    this.#width = Math.max(0, scroller.clientWidth - fixedWidth);
    this.windower.resize(this.model.extent.rows, scroller.clientHeight - height);
    view.style.inlineSize = `${scroller.clientWidth}px`;
    view.style.blockSize = `${scroller.clientHeight}px`;
    spacer.style.blockSize = `${this.windower.trackHeight + height}px`;
    spacer.style.inlineSize = `${fixedWidth + movingWidth}px`;
    const { total } = this.model.source.get();
    // -1: not known yet (https://www.w3.org/TR/wai-aria-1.2/#aria-rowcount).
    root.setAttribute("aria-rowcount", String(total === null ? -1 : total + 1));
    root.style.setProperty("--hg-gutter", `${GUTTER}px`);
    root.style.setProperty("--hg-fixed", `${fixedWidth}px`);
    this.#anchor();
    this.#draw(false);
  }

  #scrolled(): void {
    const { scroller } = this.elements;
    const left = Math.abs(scroller.scrollLeft);
    const { scrollTop } = scroller;
    if (scrollTop !== this.windower.scroll) this.windower.scrolled(scrollTop);
    this.#left = left;
    this.#draw(true);
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#rest(), IDLE);
  }

  /** After scrolling: the scroll bar says exactly where the rows are, and the rows stand in their order. */
  #rest(): void {
    this.windower.goTo(this.windower.top);
    this.#anchor();
    this.#body.sort();
  }

  #anchor(): void {
    const { scroller } = this.elements;
    const { scroll } = this.windower;
    if (Math.abs(scroller.scrollTop - scroll) >= 1) scroller.scrollTop = scroll;
    this.windower.settledAt(scroller.scrollTop);
  }

  #draw(moved: boolean): void {
    const source = this.model.source.get();
    const rows = this.windower.window();
    const shift = this.#left * (this.#rtl ? 1 : -1);
    const view = { rows, top: this.windower.top, left: this.#left, shift, width: this.#width };
    if (!moved) this.#area = this.model.area;
    const focused = !moved && this.elements.layer.contains(document.activeElement);
    this.#body.draw(view, source, this, this.active, moved);
    this.elements.headMoving.style.transform = `translateX(${shift}px)`;
    if (focused && !this.elements.layer.contains(document.activeElement)) this.focus();
    source.want(rows.first - AHEAD, rows.last + AHEAD);
    for (const listener of this.#drawn) listener(moved);
  }

  #activeElement(): HTMLElement | null | undefined {
    const { active } = this;
    if (active.row !== HEADER_ROW) return this.#body.cell(active);
    return this.elements.head.querySelector<HTMLElement>(`[aria-colindex="${active.column + 2}"]`);
  }

  #revealColumn(placed: PlacedColumn): void {
    const { scroller } = this.elements;
    const end = placed.start + placed.width;
    let left = this.#left;
    if (placed.start < left) left = placed.start;
    else if (end > left + this.#width) left = Math.min(placed.start, end - this.#width);
    if (left === this.#left) return;
    scroller.scrollLeft = left * (this.rtl ? -1 : 1);
    this.#left = Math.abs(scroller.scrollLeft);
    this.#draw(false);
  }
}
