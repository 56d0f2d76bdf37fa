import { GUTTER } from "./columns";
import type { GridCore } from "./core";
import type { Rectangle } from "./selection";

const SIZE = 8;

/** The small square at the corner of the selection, and the frame of what it would fill. Both only for those who point. */
export class FillHandle {
  readonly #core: GridCore;
  readonly #handle: HTMLElement;
  readonly #frame: HTMLElement;
  readonly #filled: () => Rectangle | null;

  constructor(
    core: GridCore,
    names: { handle: string; frame: string },
    filled: () => Rectangle | null,
    signal: AbortSignal,
  ) {
    this.#core = core;
    this.#filled = filled;
    this.#handle = overlay(names.handle);
    this.#handle.setAttribute("data-fill-handle", "");
    this.#frame = overlay(names.frame);
    core.elements.view.append(this.#frame, this.#handle);
    const forget = core.onDrawn(() => this.#draw());
    signal.addEventListener("abort", () => {
      forget();
      this.#handle.remove();
      this.#frame.remove();
    });
  }

  #draw(): void {
    const core = this.#core;
    const { span, anchor } = core.model.selection.get();
    const filled = this.#filled();
    const area = filled ?? (span === "cells" && anchor.row >= 0 ? core.model.area : null);
    const corner = area && core.box({ row: area.bottom, column: area.end });
    const x = corner ? corner.start + corner.width - SIZE / 2 - 1 : -1;
    const y = corner ? corner.top + corner.height - SIZE / 2 - 1 : -1;
    const pinned = area !== null && area.end < core.layout.pinned;
    const seen = x >= (pinned ? GUTTER : core.layout.fixedWidth) - SIZE && y >= core.headHeight - SIZE / 2;
    this.#handle.hidden = !corner || !seen;
    if (corner && seen) this.#handle.style.transform = `translate(${core.rtl ? -x : x}px, ${y}px)`;
    this.#drawFrame(filled);
  }

  #drawFrame(filled: Rectangle | null): void {
    this.#frame.hidden = !filled;
    if (!filled) return;
    const first = this.#core.box({ row: filled.top, column: filled.start });
    const last = this.#core.box({ row: filled.bottom, column: filled.end });
    const top = Math.max(first.top, this.#core.headHeight - 4);
    this.#frame.style.transform = `translate(${this.#core.rtl ? -first.start : first.start}px, ${top}px)`;
    this.#frame.style.inlineSize = `${last.start + last.width - first.start}px`;
    this.#frame.style.blockSize = `${Math.max(0, last.top + last.height - top)}px`;
  }
}

function overlay(name: string): HTMLElement {
  const element = document.createElement("div");
  element.className = name;
  element.hidden = true;
  element.setAttribute("aria-hidden", "true");
  return element;
}
