import type { GridRow, RowsPage } from "../../api/types";
import type { RowSource, SourceChange } from "./source";

export const PAGE_ROWS = 100;
/** Pages that are kept: with 50 columns some 20 MB at most. */
const KEPT_PAGES = 120;
/** Pages that are asked for ahead, in the direction of the last movement. */
const AHEAD = 2;
/** Requests at a time: the server has one process per review. */
const PARALLEL = 3;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

/** A page of the list. Its `snapshot` says which list it is of; raises what the request raised. */
export type LoadPage = (offset: number, limit: number, signal: AbortSignal) => Promise<RowsPage>;

interface Page {
  rows: readonly GridRow[];
  version: number;
  stale: boolean;
}

/** Rows page by page: fetched when they are wanted, kept in a bounded number, asked for again when they are out of date. */
export class PagedRows implements RowSource {
  total: number | null = null;
  /** The list that the pages are of; null until the first page is there. */
  snapshot: string | null = null;
  /** Pages of an earlier version are out of date. */
  #version = 0;
  readonly #pages = new Map<number, Page>();
  readonly #positions = new Map<number, number>();
  readonly #running = new Map<number, AbortController>();
  readonly #listeners = new Set<(change: SourceChange) => void>();
  #wanted: readonly number[] = [];
  #shown: readonly [number, number] = [0, 0];
  #pause = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(readonly load: LoadPage) {}

  row(position: number): GridRow | undefined {
    return this.#pages.get(Math.floor(position / PAGE_ROWS))?.rows[position % PAGE_ROWS];
  }

  positionOf(row: number): number | undefined {
    return this.#positions.get(row);
  }

  listen(listener: (change: SourceChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  want(first: number, last: number): void {
    const forward = first >= this.#shown[0];
    this.#shown = [first, last];
    const from = Math.floor(Math.max(0, first) / PAGE_ROWS);
    const to = Math.floor(Math.max(0, last) / PAGE_ROWS);
    const wanted = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    for (let step = 1; step <= AHEAD; step++) wanted.push(forward ? to + step : from - step);
    wanted.push(forward ? from - 1 : to + 1);
    const pages = Math.ceil((this.total ?? 0) / PAGE_ROWS);
    // The first answer names the list; requests before it would each make one of their own.
    this.#wanted = this.total === null ? [from] : wanted.filter((page) => page >= 0 && page < pages);
    for (const [page, request] of this.#running) if (!this.#wanted.includes(page)) request.abort();
    this.#fetchNext();
  }

  async read(first: number, last: number, signal: AbortSignal): Promise<readonly GridRow[]> {
    const rows: GridRow[] = [];
    for (let offset = first; offset <= last;) {
      const number = Math.floor(offset / PAGE_ROWS);
      const page = this.#pages.get(number);
      const end = Math.min(last, (number + 1) * PAGE_ROWS - 1);
      if (page && !page.stale) rows.push(...page.rows.slice(offset % PAGE_ROWS, (end % PAGE_ROWS) + 1));
      else rows.push(...(await this.load(offset, end - offset + 1, signal)).rows);
      offset = end + 1;
    }
    return rows;
  }

  /** Everything that is at hand is of an earlier version than this one. */
  outdated(version: number): void {
    this.#version = Math.max(this.#version, version);
    for (const page of this.#pages.values()) page.stale = true;
    for (const request of this.#running.values()) request.abort();
    this.#fetchNext();
  }

  /** Rows as they are since `version`; the other rows are as they were. */
  replace(rows: readonly GridRow[], version: number): void {
    this.#version = Math.max(this.#version, version);
    for (const row of rows) {
      const position = this.#positions.get(row.row);
      if (position === undefined) continue;
      const page = this.#pages.get(Math.floor(position / PAGE_ROWS));
      if (page) page.rows = page.rows.with(position % PAGE_ROWS, row);
    }
    // Requests under way may bring the rows as they were before.
    for (const request of this.#running.values()) request.abort();
    this.#tell({ kind: "rows" });
    this.#fetchNext();
  }

  /** The same for rows that somebody else has changed: whoever listens hears which cells have other texts. */
  replaceByOthers(rows: readonly GridRow[], version: number): void {
    const cells: (readonly [number, number])[] = [];
    for (const row of rows) {
      const before = this.row(this.#positions.get(row.row) ?? -1);
      row.cells.forEach((text, index) => before && before.cells[index] !== text && cells.push([row.row, index]));
    }
    this.replace(rows, version);
    if (cells.length) this.#tell({ kind: "others", cells });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const request of this.#running.values()) request.abort();
  }

  /** Ask now for what the network has kept back. */
  retryNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#fetchNext();
  }

  #fetchNext(): void {
    if (this.#closed || this.#timer !== undefined) return;
    for (const page of this.#wanted) {
      if (this.#running.size >= PARALLEL) return;
      const known = this.#pages.get(page);
      if ((!known || known.stale) && !this.#running.has(page)) void this.#fetch(page);
    }
  }

  async #fetch(number: number): Promise<void> {
    const request = new AbortController();
    this.#running.set(number, request);
    try {
      const answer = await this.load(number * PAGE_ROWS, PAGE_ROWS, request.signal);
      if (!request.signal.aborted) this.#take(number, answer);
    } catch (error) {
      if (!request.signal.aborted && !this.#closed) this.#failed(error);
    } finally {
      if (this.#running.get(number) === request) this.#running.delete(number);
    }
    this.#fetchNext();
  }

  #take(number: number, answer: RowsPage): void {
    if (this.#pause) this.#tell({ kind: "recovered" });
    this.#pause = 0;
    const other = this.snapshot !== answer.snapshot || this.total !== answer.total;
    if (this.snapshot !== null && this.snapshot !== answer.snapshot) this.#clear();
    this.snapshot = answer.snapshot;
    this.total = answer.total;
    this.#forget(number);
    this.#pages.set(number, { rows: answer.rows, version: answer.version, stale: answer.version < this.#version });
    answer.rows.forEach((row, index) => this.#positions.set(row.row, number * PAGE_ROWS + index));
    this.#evict();
    this.#tell({ kind: other ? "list" : "rows" });
  }

  #failed(error: unknown): void {
    this.#pause = Math.min(this.#pause ? this.#pause * 2 : FIRST_PAUSE, LONGEST_PAUSE);
    this.#timer ??= setTimeout(() => this.retryNow(), this.#pause);
    this.#tell({ kind: "failed", error });
  }

  #clear(): void {
    this.#pages.clear();
    this.#positions.clear();
  }

  #forget(number: number): void {
    for (const { row } of this.#pages.get(number)?.rows ?? [])
      if (Math.floor((this.#positions.get(row) ?? -1) / PAGE_ROWS) === number) this.#positions.delete(row);
    this.#pages.delete(number);
  }

  /** Pages far from what is shown go first. */
  #evict(): void {
    if (this.#pages.size <= KEPT_PAGES) return;
    const middle = (this.#shown[0] + this.#shown[1]) / 2 / PAGE_ROWS;
    const far = [...this.#pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const number of far.slice(0, this.#pages.size - KEPT_PAGES)) this.#forget(number);
  }

  #tell(change: SourceChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
