import type { GridCore } from "./core";

/** A pause before a message is shown to the pointer, in milliseconds. */
const DELAY = 250;
const MARGIN = 8;

/**
 * Shows the words behind the marks of a cell: of the one under the pointer, or of the one that has the focus. Escape puts it away
 * (WCAG 2.2, 1.4.13). Screen readers know the same words as the cell's description.
 */
export class GridTooltip {
  readonly #core: GridCore;
  readonly #bubble: HTMLElement;
  #owner: Element | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(core: GridCore, className: string, signal: AbortSignal) {
    this.#core = core;
    this.#bubble = document.createElement("div");
    this.#bubble.className = className;
    this.#bubble.hidden = true;
    this.#bubble.setAttribute("aria-hidden", "true");
    document.body.append(this.#bubble);
    const { root } = core.elements;
    root.addEventListener("pointerover", (event) => this.#hover(event.target), { signal });
    root.addEventListener("pointerleave", (event) => this.#leave(event.relatedTarget), { signal });
    this.#bubble.addEventListener("pointerleave", () => this.#hide(), { signal });
    root.addEventListener("focusin", (event) => this.#show(event.target), { signal });
    root.addEventListener("focusout", () => this.#hide(), { signal });
    root.addEventListener("keydown", (event) => event.key === "Escape" && this.#hide(), { signal });
    // After every drawing the focused cell may say something else, or be elsewhere.
    const forget = core.onDrawn((moved) => this.#drawn(moved));
    signal.addEventListener("abort", () => {
      forget();
      clearTimeout(this.#timer);
      this.#bubble.remove();
    });
  }

  #hover(target: EventTarget | null): void {
    clearTimeout(this.#timer);
    const cell = cellOf(target);
    if (cell === this.#owner) return;
    this.#timer = setTimeout(() => (textOf(cell) ? this.#show(cell) : this.#show(document.activeElement)), DELAY);
  }

  #leave(to: EventTarget | null): void {
    clearTimeout(this.#timer);
    if (to !== this.#bubble) this.#hide();
  }

  #show(target: EventTarget | null): void {
    const cell = cellOf(target);
    const text = textOf(cell);
    this.#owner = text ? cell : null;
    this.#bubble.hidden = !text;
    if (!cell || !text) return;
    this.#bubble.textContent = text;
    this.#place(cell);
  }

  #place(cell: Element): void {
    const { left, right, top, bottom } = cell.getBoundingClientRect();
    const { width, height } = this.#bubble.getBoundingClientRect();
    const start = this.#core.rtl ? right - width : left;
    const x = Math.max(MARGIN, Math.min(start, window.innerWidth - width - MARGIN));
    const below = bottom + 4;
    const y = below + height > window.innerHeight ? top - height - 4 : below;
    this.#bubble.style.transform = `translate(${x}px, ${y}px)`;
  }

  #drawn(moved: boolean): void {
    const owner = this.#owner;
    if (!owner) return;
    if (moved || !owner.isConnected || textOf(owner) !== this.#bubble.textContent) this.#hide();
    if (!moved) this.#show(owner.isConnected ? owner : document.activeElement);
  }

  #hide(): void {
    this.#owner = null;
    if (!this.#bubble.hidden) this.#bubble.hidden = true;
  }
}

const cellOf = (target: EventTarget | null): Element | null =>
  target instanceof Element ? target.closest("[role=gridcell], [role=rowheader], [role=columnheader]") : null;

/** What a cell's description says. */
function textOf(cell: Element | null): string {
  const id = cell?.getAttribute("aria-describedby");
  if (id) return document.getElementById(id)?.textContent ?? "";
  return cell instanceof HTMLElement ? (cell.dataset.said ?? "") : "";
}
