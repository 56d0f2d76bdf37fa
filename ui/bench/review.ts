import type { Change, ChangeResult, GridRow, RowsPage, View } from "../src/api/types";
import { columnsOf, markOf, pageOf, type Size, textOf } from "./generated";

interface Entry {
  readonly cells: Map<number, Map<number, string | null>>;
  readonly before: Map<number, Map<number, string | null | undefined>>;
  readonly added: number[];
  readonly deleted: number[];
}

type Range = Extract<Change, { kind: "clear" }>["range"];

/** A review of generated rows that can be edited, with the answers of docs/review-api.md: enough of them to try the grid on. */
export class GeneratedReview {
  version = 0;
  readonly columns;
  readonly #size: Size;
  readonly #edits = new Map<number, Map<number, string | null>>();
  readonly #deleted = new Set<number>();
  readonly #order: number[] = [];
  readonly #lists = new Map<string, readonly number[] | null>();
  readonly #done: Entry[] = [];
  readonly #undone: Entry[] = [];
  #added = 0;

  constructor(size: Size) {
    this.#size = size;
    this.columns = columnsOf(size);
  }

  get total(): number {
    return this.#size.rows - this.#deleted.size + this.#order.length;
  }

  rows(view: View, offset: number, limit: number): RowsPage | null {
    const name = view.snapshot ?? this.#list(view);
    const list = this.#lists.get(name);
    if (list === undefined) return null;
    const total = list?.length ?? this.#size.rows;
    const count = Math.max(0, Math.min(limit, total - offset));
    const rows = Array.from({ length: count }, (_, index) => this.row(list?.[offset + index] ?? offset + index));
    return { version: this.version, snapshot: name, total, offset, rows };
  }

  byId(ids: readonly number[]): RowsPage {
    const rows = ids.filter((id) => !this.#deleted.has(id)).map((id) => this.row(id));
    return { version: this.version, snapshot: "by-id", total: rows.length, offset: 0, rows };
  }

  row(id: number): GridRow {
    const row = (id < 0 ? undefined : pageOf(this.#size, id, 1).rows[0]) ?? this.#empty(id);
    const edits = this.#edits.get(id);
    if (!edits) return row;
    const cells = row.cells.map((text, index) => (edits.has(index) ? (edits.get(index) ?? null) : text));
    const marks = { ...row.marks };
    for (const [index, text] of edits)
      marks[index] = editedMark(row.cells[index] ?? null, text, this.columns[index]?.type);
    return { ...row, cells, marks };
  }

  seek(view: View, position: number, column: string | null, direction: "next" | "previous") {
    const list = this.#lists.get(view.snapshot ?? "") ?? null;
    const columns = this.columns.length;
    const start = column === null ? -1 : this.columns.findIndex(({ id }) => id === column);
    const step = direction === "next" ? 1 : -1;
    const cells = (list?.length ?? this.#size.rows) * columns;
    for (let cell = position * columns + start + step; cell >= 0 && cell < cells; cell += step) {
      const at = Math.floor(cell / columns);
      const row = list?.[at] ?? at;
      if (this.row(row).marks[cell % columns]?.level === "error")
        return { position: at, row, column: this.columns[cell % columns]?.id ?? null, snapshot: view.snapshot ?? "" };
    }
    return { position: null, row: null, column: null, snapshot: view.snapshot ?? "" };
  }

  distinct(column: string, search: string | null, limit: number) {
    const index = this.columns.findIndex(({ id }) => id === column);
    const counts = new Map<string, number>();
    for (let row = 0; row < Math.min(this.#size.rows, 20_000); row++) {
      const text = textOf(row, index);
      if (!search || text.includes(search)) counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    const values = [...counts].sort((a, b) => b[1] - a[1]).map(([text, count]) => ({ text, count }));
    return { values: values.slice(0, limit), total: values.length };
  }

  change(change: Change): ChangeResult {
    const entry: Entry = { cells: new Map(), before: new Map(), added: [], deleted: [] };
    switch (change.kind) {
      case "set_cells":
        for (const { row, column, text } of change.cells) this.#write(entry, row, this.#index(column), text);
        break;
      case "clear":
        this.#each(change.range, (row, _, index) => this.#write(entry, row, index, null));
        break;
      case "paste":
        this.#each(change.range, (row, place, index, order) =>
          this.#write(entry, row, index, change.texts[place]?.[order] ?? null),
        );
        break;
      case "fill": {
        const first = this.#rowsOf(change.range)[0] ?? 0;
        const source = this.#index(change.range.columns[0] ?? "");
        this.#each(change.range, (row, _, index) => {
          const from = change.direction === "right" ? this.row(row).cells[source] : this.row(first).cells[index];
          this.#write(entry, row, index, from ?? null);
        });
        break;
      }
      case "add_rows":
        for (let count = 0; count < (change.count ?? 1); count++) entry.added.push(-1_000_000_001 - this.#added++);
        break;
      case "delete_rows":
        entry.deleted.push(...(change.rows ?? (change.range ? this.#rowsOf(change.range) : [])));
        break;
      default:
        throw new Error(`${change.kind} is nothing that these rows know.`);
    }
    this.#done.push(entry);
    this.#undone.length = 0;
    return this.#carryOut(entry, entry.cells);
  }

  undo(): ChangeResult | null {
    const entry = this.#done.pop();
    if (!entry) return null;
    this.#undone.push(entry);
    return this.#carryOut({ ...entry, added: entry.deleted, deleted: entry.added }, entry.before);
  }

  redo(): ChangeResult | null {
    const entry = this.#undone.pop();
    if (!entry) return null;
    this.#done.push(entry);
    return this.#carryOut(entry, entry.cells);
  }

  summary() {
    const rows = this.total;
    const none = { error_cells: 0, warning_cells: 0, info_cells: 0, changed_cells: 0, blocked: null };
    return { ...none, rows, rows_with_errors: 0, added_rows: 0, deleted_rows: 0, delivered: rows, left_out: 0 };
  }

  #carryOut({ added, deleted }: Entry, cells: Map<number, Map<number, string | null | undefined>>): ChangeResult {
    this.version++;
    let count = 0;
    for (const [row, texts] of cells)
      for (const [index, text] of texts) {
        const edits = this.#edits.get(row) ?? new Map<number, string | null>();
        if (text === undefined) edits.delete(index);
        else edits.set(index, text);
        this.#edits.set(row, edits);
        count++;
      }
    for (const row of added) if (row >= 0) this.#deleted.delete(row);
    this.#order.push(...added.filter((row) => row < 0));
    for (const row of deleted) {
      const place = this.#order.indexOf(row);
      if (place >= 0) this.#order.splice(place, 1);
      else this.#deleted.add(row);
    }
    if (deleted.length) this.#lists.clear();
    const rows = [...cells.keys()];
    return {
      version: this.version,
      cells: count,
      rows: rows.length + added.length + deleted.length,
      added,
      conflicts: [],
      skipped: 0,
      updated: rows.length <= 200 ? rows.map((row) => this.row(row)) : [],
      summary: this.summary(),
      undo: null,
      redo: null,
    };
  }

  #write(entry: Entry, row: number, index: number, text: string | null): void {
    if (this.columns[index]?.read_only !== false) return;
    const before = entry.before.get(row) ?? new Map<number, string | null | undefined>();
    const cells = entry.cells.get(row) ?? new Map<number, string | null>();
    before.set(index, this.#edits.get(row)?.get(index));
    cells.set(index, text);
    entry.before.set(row, before);
    entry.cells.set(row, cells);
  }

  #each(range: Range, write: (row: number, place: number, index: number, order: number) => void): void {
    this.#rowsOf(range).forEach((row, place) =>
      range.columns.forEach((column, order) => write(row, place, this.#index(column), order)),
    );
  }

  #rowsOf({ view, first, last }: Range): number[] {
    const list = this.#lists.get(view.snapshot ?? "") ?? null;
    return Array.from({ length: last - first + 1 }, (_, index) => list?.[first + index] ?? first + index);
  }

  #index = (column: string): number => this.columns.findIndex(({ id }) => id === column);

  #empty = (row: number): GridRow => ({
    row,
    number: null,
    cells: this.columns.map(() => null),
    marks: {},
    messages: [],
  });

  /** The rows of a view; null: all of them, as they were generated. */
  #list({ only, filters, sort }: View): string {
    const name = `list-${this.version}-${JSON.stringify([only, filters, sort])}`;
    if (this.#lists.has(name)) return name;
    const plain = only === "all" && !filters?.length && !sort?.length && !this.#deleted.size && !this.#order.length;
    this.#lists.set(name, plain ? null : this.#select(only ?? "all", filters ?? [], sort ?? []));
    return name;
  }

  #select(only: string, filters: NonNullable<View["filters"]>, sort: NonNullable<View["sort"]>): number[] {
    const rows: number[] = [];
    for (let row = 0; row < this.#size.rows; row++) if (!this.#deleted.has(row)) rows.push(row);
    rows.push(...this.#order);
    const fits = (row: number) =>
      (only !== "errors" || this.columns.some((_, index) => markOf(row, index)?.level === "error")) &&
      filters.every(({ column, contains, values }) => {
        const index = this.#index(column);
        const text = row < 0 || this.#edits.has(row) ? (this.row(row).cells[index] ?? null) : textOf(row, index);
        return (!contains || (text ?? "").includes(contains)) && (!values || values.includes(text));
      });
    const fitting = only === "all" && !filters.length ? rows : rows.filter(fits);
    return sort[0]?.descending ? fitting.reverse() : fitting;
  }
}

function editedMark(original: string | null, text: string | null, type: string | undefined) {
  const wrong = type === "date" && text !== null && Number.isNaN(Date.parse(text));
  return {
    level: wrong ? ("error" as const) : null,
    messages: wrong
      ? [{ code: "date", level: "error" as const, text: "This is no date. Write it like 2024-03-27." }]
      : [],
    changed: true,
    autofix: false,
    original,
    options: null,
  };
}
