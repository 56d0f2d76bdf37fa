import type { GridChanges } from "./changes";
import type { GridController } from "./controller";
import type { GridCore } from "./core";
import type { GridEditors } from "./editors";
import { at, contains, type Place, type Rectangle } from "./selection";

/** Rows that the list moves by in a frame while the pointer is held above or below it. */
const DRAG_SPEED = 0.06;
const CLASS_HANDLE = "data-fill-handle";

/** Mouse, pen and finger: select, drag, fill, edit. A finger scrolls, and selects with a tap. */
export class GridPointer {
  #frame = 0;
  #point = { x: 0, y: 0 };
  /** Where a fill would reach to. */
  #fill: { readonly from: Rectangle; to: Rectangle } | null = null;
  #stop: AbortController | null = null;

  constructor(
    readonly grid: GridController,
    readonly core: GridCore,
    readonly changes: GridChanges,
    readonly editors: GridEditors,
  ) {}

  /** The cells that a fill would write to, while its handle is dragged. */
  get filled(): Rectangle | null {
    return this.#fill?.to ?? null;
  }

  listen(signal: AbortSignal): void {
    const { layer, root } = this.core.elements;
    layer.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    layer.addEventListener("click", (event) => this.#click(event), { signal });
    layer.addEventListener("dblclick", (event) => this.#doubleClick(event), { signal });
    layer.addEventListener("contextmenu", (event) => this.#menu(event), { signal });
    root.addEventListener(
      "pointerdown",
      (event) => {
        if (event.target instanceof HTMLElement && event.target.hasAttribute(CLASS_HANDLE)) this.#startFill(event);
      },
      { signal },
    );
    signal.addEventListener("abort", () => this.#end());
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0 || event.pointerType === "touch") return;
    // The browser would give the focus to the element of the cell, and drag its text.
    event.preventDefault();
    this.#select(this.core.placeAt(event.clientX, event.clientY), event.shiftKey);
    this.#drag(event, (place) => this.#extend(place));
  }

  #click(event: MouseEvent): void {
    const place = this.core.placeAt(event.clientX, event.clientY);
    if (event instanceof PointerEvent && event.pointerType === "touch") this.#select(place, false);
    const { x } = this.#box(event);
    const placed = this.core.layout.columns[place.column];
    // The box itself, not the whole cell: a click beside it only selects.
    if (placed?.column.type === "checkbox" && x < 32 && !event.shiftKey) this.editors.toggle(place);
  }

  #doubleClick(event: MouseEvent): void {
    const place = this.core.placeAt(event.clientX, event.clientY);
    if (place.column < 0 || this.core.layout.columns[place.column]?.column.type === "checkbox") return;
    this.grid.go(place);
    this.editors.open(false);
  }

  #menu(event: MouseEvent): void {
    event.preventDefault();
    const place = this.core.placeAt(event.clientX, event.clientY);
    if (!contains(this.grid.model.area, place.row, Math.max(0, place.column))) this.#select(place, false);
    this.grid.menu.set({ x: event.clientX, y: event.clientY });
  }

  #box(event: MouseEvent): { x: number } {
    const cell = event.target instanceof Element ? event.target.closest("[role=gridcell]") : null;
    if (!cell) return { x: Number.POSITIVE_INFINITY };
    const { left, right } = cell.getBoundingClientRect();
    return { x: this.core.rtl ? right - event.clientX : event.clientX - left };
  }

  #select(place: Place, extend: boolean): void {
    const { model } = this.grid;
    if (place.row < 0) return;
    const { anchor } = model.selection.get();
    const span = place.column < 0 ? "rows" : "cells";
    const head = { row: place.row, column: Math.max(0, place.column) };
    if (extend && anchor.row >= 0) model.select({ anchor, head, span });
    else model.select(at(head, span));
    this.core.focus();
  }

  #extend({ row, column }: Place): void {
    const { model } = this.grid;
    const { anchor, span } = model.selection.get();
    model.select({ anchor, head: { row, column: Math.max(0, column) }, span });
  }

  #startFill(event: PointerEvent): void {
    const from = this.grid.model.area;
    if (!from) return;
    event.preventDefault();
    this.#fill = { from, to: from };
    this.#drag(
      event,
      (place) => this.#extendFill(place),
      () => this.#finishFill(),
    );
  }

  /** A fill goes down or to the side, whichever way the pointer is further away. */
  #extendFill({ row, column }: Place): void {
    if (!this.#fill) return;
    const { from } = this.#fill;
    const down = Math.max(0, row - from.bottom);
    const right = Math.max(0, column - from.end);
    this.#fill.to = down >= right ? { ...from, bottom: from.bottom + down } : { ...from, end: from.end + right };
    this.core.schedule();
  }

  #finishFill(): void {
    const fill = this.#fill;
    this.#fill = null;
    this.core.schedule();
    if (!fill) return;
    const { from, to } = fill;
    // The last row or column of what was selected is what is copied.
    if (to.bottom > from.bottom) this.changes.fill("down", { ...to, top: from.bottom });
    else if (to.end > from.end) this.changes.fill("right", { ...to, start: from.end });
    else return;
    this.grid.model.select({
      anchor: { row: from.top, column: from.start },
      head: { row: to.bottom, column: to.end },
      span: "cells",
    });
  }

  /** Follow the pointer until it is let go; beyond an edge the list moves on. */
  #drag(start: PointerEvent, moved: (place: Place) => void, done: () => void = () => undefined): void {
    this.#end();
    const stop = new AbortController();
    this.#stop = stop;
    const { signal } = stop;
    this.#point = { x: start.clientX, y: start.clientY };
    window.addEventListener(
      "pointermove",
      (event) => {
        this.#point = { x: event.clientX, y: event.clientY };
        this.#frame ||= requestAnimationFrame(() => this.#follow(moved));
      },
      { signal },
    );
    const end = (event: Event) => {
      this.#end();
      if (event.type === "pointerup") done();
      this.#fill = null;
    };
    window.addEventListener("pointerup", end, { signal });
    window.addEventListener("pointercancel", end, { signal });
  }

  #follow(moved: (place: Place) => void): void {
    this.#frame = 0;
    const { x, y } = this.#point;
    const { left, right, top, bottom } = this.core.elements.view.getBoundingClientRect();
    const beyond = { rows: outside(y, top + this.core.headHeight, bottom), columns: outside(x, left, right) };
    if (beyond.rows || beyond.columns) {
      this.core.scrollBy(Math.round(beyond.rows * DRAG_SPEED), Math.round(beyond.columns / 2));
      this.#frame = requestAnimationFrame(() => this.#follow(moved));
    }
    moved(this.core.placeAt(x, y));
  }

  #end(): void {
    this.#stop?.abort();
    this.#stop = null;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}

/** How far a point is outside of a stretch; 0 within it. */
const outside = (point: number, low: number, high: number): number =>
  point < low ? point - low : Math.max(0, point - high);
