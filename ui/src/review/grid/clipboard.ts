import type { MessageDescriptor } from "@lingui/core";
import { msg, plural } from "@lingui/core/macro";
import type { GridRow } from "../../api/types";
import { i18n } from "../../i18n";
import type { GridChanges } from "./changes";
import type { GridController } from "./controller";
import { reasonOf } from "./notices";
import { type Rectangle, sizeOf } from "./selection";
import { readTsv, tiled, writeTsv } from "./tsv";

/** More cells than this are no matter for a clipboard: the person is pointed to the download. */
export const COPY_CELLS = 200_000;

/** Copies the selection as text, and pastes tables of text. Cells are never pasted as HTML: a number's look is not its value. */
export class GridClipboard {
  /** A selection whose rows were fetched, so that a second Ctrl+C finds them at hand. */
  #ready: { readonly area: Rectangle; readonly text: string; readonly revision: number } | null = null;
  #running: AbortController | null = null;

  constructor(
    readonly grid: GridController,
    readonly changes: GridChanges,
  ) {}

  readonly copy = (event: ClipboardEvent): void => {
    const area = this.#area(event);
    if (!area) return;
    event.preventDefault();
    const text = this.#textAtHand(area);
    if (text === null) void this.#fetch(area);
    else {
      event.clipboardData?.setData("text/plain", text);
      this.#copied(area);
    }
  };

  readonly cut = (event: ClipboardEvent): void => {
    const area = this.#area(event);
    if (!area) return;
    event.preventDefault();
    const text = this.#textAtHand(area);
    // What is not on the clipboard yet must not go away.
    if (text === null) void this.#fetch(area);
    else {
      event.clipboardData?.setData("text/plain", text);
      this.changes.clear(area);
    }
  };

  readonly paste = (event: ClipboardEvent): void => {
    const area = this.#area(event);
    const text = event.clipboardData?.getData("text/plain");
    if (!area || !text) return;
    event.preventDefault();
    this.pasteText(text, area);
  };

  /** Copy from a menu: without a key press of the browser's own. */
  async copySelection(): Promise<void> {
    const { area } = this.grid.model;
    if (area) await this.#fetch(area);
  }

  pasteText(text: string, area: Rectangle): void {
    const block = readTsv(text);
    const { rows, columns } = this.grid.model.extent;
    const height = area.bottom - area.top + 1;
    const width = area.end - area.start + 1;
    const small = sizeOf(area) <= COPY_CELLS;
    const texts = (small ? tiled(block, height, width) : block).map((row) => row.slice(0, columns - area.start));
    const grows = this.grid.settings.addRows && this.grid.unfiltered;
    const fitting = grows ? texts : texts.slice(0, rows - area.top);
    this.changes.paste(fitting, area, grows);
    const lost = {
      columns: Math.max(0, (block[0]?.length ?? 0) - (columns - area.start)),
      rows: texts.length - fitting.length,
    };
    if (lost.columns || lost.rows) this.#tellLost(lost);
    if (!small && block.length === 1 && block[0]?.length === 1)
      this.grid.session.announce(i18n._(msg`Only the first cell was filled: the selection is too large.`));
  }

  /** The selection, where the event is about cells and not about a text field. */
  #area(event: ClipboardEvent): Rectangle | null {
    if (
      this.grid.editing.get() ||
      event.target instanceof HTMLInputElement ||
      event.target instanceof HTMLTextAreaElement
    )
      return null;
    return this.grid.model.area;
  }

  #textAtHand(area: Rectangle): string | null {
    if (this.#ready?.revision === this.grid.revision && sameArea(this.#ready.area, area)) return this.#ready.text;
    if (sizeOf(area) > COPY_CELLS) return null;
    const rows: GridRow[] = [];
    for (let position = area.top; position <= area.bottom; position++) {
      const row = this.grid.rowAt(position);
      if (!row) return null;
      rows.push(row);
    }
    return this.#write(rows, area);
  }

  #write(rows: readonly GridRow[], { start, end }: Rectangle): string {
    const columns = this.grid.model.layout.get().columns.slice(start, end + 1);
    return writeTsv(
      rows.map((row) =>
        columns.map(({ data, column }) => {
          const pending = this.grid.pending.text(row.row, column.id);
          return (pending === undefined ? row.cells[data] : pending) ?? "";
        }),
      ),
    );
  }

  async #fetch(area: Rectangle): Promise<void> {
    const { grid } = this;
    if (sizeOf(area) > COPY_CELLS) {
      this.#say(msg`These are too many cells to copy. Select at most ${COPY_CELLS}, or download the rows.`, "warning");
      return;
    }
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#say(msg`Fetching the rows to copy…`, "info");
    try {
      const { revision } = grid;
      const rows = await grid.source.read(area.top, area.bottom, running.signal);
      if (running.signal.aborted) return;
      const text = this.#write(rows, area);
      this.#ready = { area, text, revision };
      await this.#put(text, area);
    } catch (error) {
      if (!running.signal.aborted) this.#say(msg`Nothing was copied. ${reasonOf(error)}`, "error");
    }
  }

  /** A browser may refuse the clipboard when the key press was too long ago; the next one finds the text at hand. */
  async #put(text: string, area: Rectangle): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#copied(area);
    } catch {
      this.#say(msg`The rows are here now. Press Ctrl+C once more to copy them.`, "info");
    }
  }

  #copied(area: Rectangle): void {
    const cells = sizeOf(area);
    this.grid.notices.hide("copy");
    this.#ready = null;
    this.grid.session.announce(i18n._(msg`${plural(cells, { one: "# cell copied", other: "# cells copied" })}`));
    const columns = this.grid.model.layout.get().columns.slice(area.start, area.end + 1);
    const formatted = columns.find(({ column }) => column.formatted)?.column.label;
    if (formatted)
      this.#say(msg`Copied as shown. Values of “${formatted}” may have more digits than are shown.`, "info");
  }

  #tellLost({ columns, rows }: { columns: number; rows: number }): void {
    if (rows)
      this.#say(
        msg`${plural(rows, { one: "# row was not pasted", other: "# rows were not pasted" })}: the list ends before. Show all rows to add new ones.`,
        "warning",
      );
    else
      this.#say(
        msg`${plural(columns, { one: "# column was not pasted", other: "# columns were not pasted" })}: there are no more columns beside.`,
        "warning",
      );
  }

  #say(text: MessageDescriptor, tone: "info" | "warning" | "error"): void {
    this.grid.notices.show({ id: "copy", tone, text: i18n._(text), actions: [] });
  }
}

const sameArea = (a: Rectangle, b: Rectangle): boolean =>
  a.top === b.top && a.bottom === b.bottom && a.start === b.start && a.end === b.end;
