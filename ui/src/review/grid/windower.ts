/**
 * How tall the scrolled element may be, in CSS pixels. Browsers cap an element (Firefox at 17,895,697 px, Chromium and WebKit at
 * 33,554,432 device pixels), and zoom takes its part of that.
 */
export const MAX_TRACK = 8_000_000;

/** At both ends the track and the rows move alike over this distance, so that the last steps to an end are exact. */
const EXACT_END = 1_000_000;

/** A jump of the scroll bar's thumb is always longer: one pixel of it stands for more than this where rows are scaled. */
const NEAR = 3_000;

export interface RowWindow {
  /** First and last row to be drawn, both inclusive; `last < first` where there is none. */
  readonly first: number;
  readonly last: number;
}

/**
 * Maps the position of a scroll bar to rows, where all rows together are taller than an element may be.
 *
 * `top` is the distance of the view from the first row in pixels as if no limit existed; `scroll` is where the scroll bar stands.
 * Short moves (wheel, touch, arrows of the scroll bar) move `top` by the very same pixels; long ones (the thumb) map by ratio.
 */
export class Windower {
  #rows = 0;
  #viewport = 0;
  #top = 0;
  #scroll = 0;

  constructor(readonly rowHeight: number) {}

  get top(): number {
    return this.#top;
  }

  get scroll(): number {
    return this.#scroll;
  }

  get viewport(): number {
    return this.#viewport;
  }

  /** The height of the scrolled element, in pixels. */
  get trackHeight(): number {
    return Math.min(this.#rows * this.rowHeight, Math.max(MAX_TRACK, this.#viewport));
  }

  get scaled(): boolean {
    return this.#rows * this.rowHeight > this.trackHeight;
  }

  /** The greatest `top`. */
  get end(): number {
    return Math.max(0, this.#rows * this.rowHeight - this.#viewport);
  }

  get #trackEnd(): number {
    return Math.max(0, this.trackHeight - this.#viewport);
  }

  /** Another number of rows, or another height of what shows them; the first visible row stays where possible. */
  resize(rows: number, viewport: number): void {
    this.#rows = rows;
    this.#viewport = Math.max(0, viewport);
    this.goTo(this.#top);
  }

  /** Show the rows from `top` on. The scroll bar belongs at `scroll` then. */
  goTo(top: number): void {
    this.#top = Math.min(Math.max(0, top), this.end);
    this.#scroll = this.toScroll(this.#top);
  }

  /** The scroll bar was moved to `scroll`, by whomever. */
  scrolled(scroll: number): void {
    const moved = scroll - this.#scroll;
    this.#scroll = scroll;
    if (scroll <= 0) this.#top = 0;
    // Browsers round to device pixels.
    else if (scroll >= this.#trackEnd - 1) this.#top = this.end;
    else if (!this.scaled) this.#top = scroll;
    else if (Math.abs(moved) <= NEAR) this.#top = Math.min(Math.max(0, this.#top + moved), this.end);
    else this.#top = this.toTop(scroll);
  }

  /** Where the browser has put the scroll bar when it was asked for `scroll`: it rounds. */
  settledAt(scroll: number): void {
    this.#scroll = scroll;
  }

  toScroll(top: number): number {
    const { end } = this;
    const trackEnd = this.#trackEnd;
    if (end <= trackEnd) return top;
    const exact = Math.min(EXACT_END, trackEnd / 4);
    if (top <= exact) return top;
    if (top >= end - exact) return trackEnd - (end - top);
    return exact + ((top - exact) * (trackEnd - 2 * exact)) / (end - 2 * exact);
  }

  toTop(scroll: number): number {
    const { end } = this;
    const trackEnd = this.#trackEnd;
    if (end <= trackEnd) return scroll;
    const exact = Math.min(EXACT_END, trackEnd / 4);
    if (scroll <= exact) return scroll;
    if (scroll >= trackEnd - exact) return end - (trackEnd - scroll);
    return exact + ((scroll - exact) * (end - 2 * exact)) / (trackEnd - 2 * exact);
  }

  /** The rows of which at least one pixel is visible. */
  window(): RowWindow {
    if (this.#rows === 0 || this.#viewport === 0) return { first: 0, last: -1 };
    return {
      first: Math.floor(this.#top / this.rowHeight),
      last: Math.min(this.#rows, Math.ceil((this.#top + this.#viewport) / this.rowHeight)) - 1,
    };
  }

  /** The `top` that shows the row wholly with as little movement as possible. */
  revealing(row: number): number {
    const start = row * this.rowHeight;
    if (start < this.#top) return start;
    return Math.max(this.#top, start + this.rowHeight - this.#viewport);
  }
}
