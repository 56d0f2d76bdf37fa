import { msg, plural } from "@lingui/core/macro";
import { ALL_ROWS } from "../../api/client";
import { ApiError } from "../../api/errors";
import type { ChangeResult, GridColumn, GridRow, RowsPage, View } from "../../api/types";
import { i18n } from "../../i18n";
import type { GridView, Target } from "../../state/grid-view";
import { mayPass } from "../../state/queue";
import type { ReviewSession } from "../../state/session";
import { Store } from "../../state/store";
import type { GridCore } from "./core";
import type { Editing } from "./editing";
import { GridModel } from "./model";
import { Notices, reasonOf } from "./notices";
import { PagedRows } from "./pages";
import { PendingTexts } from "./pending";
import { at, type Place } from "./selection";

/** Rows that are asked for by their ids at once; as many as the API allows. */
const BY_ID = 1_000;
/** After a change, how long to wait for the next one before the list is counted anew, in milliseconds. */
const COUNT_AFTER = 600;

/** The menu of a column, below its header. */
export interface ColumnMenuState {
  readonly column: string;
  readonly anchor: HTMLElement;
}

/** Columns that can sort at once; the API's limit. */
const MOST_SORTS = 5;

export type ColumnFilter = NonNullable<View["filters"]>[number];

/** What the schema's settings let people see and do. */
export interface GridSettings {
  readonly addRows: boolean;
  readonly deleteRows: boolean;
  /** Whether Alt with an arrow goes to the next error. */
}

/** A menu that belongs to a point of the page. */
export interface MenuPoint {
  readonly x: number;
  readonly y: number;
}

/** Joins the grid with the review: which list is shown, how it stays up to date, what others see of the selection. */
export class GridController {
  /** Counts up whenever rows or the list of them may have become others. */
  revision = 0;
  settings: GridSettings = { addRows: false, deleteRows: false };
  readonly model: GridModel;
  readonly pending = new PendingTexts();
  readonly notices = new Notices();
  readonly editing = new Store<Editing | null>(null);
  readonly menu = new Store<MenuPoint | null>(null);
  readonly columnMenu = new Store<ColumnMenuState | null>(null);
  /** The list is being asked for, and none is there yet. */
  readonly loading = new Store(true);
  readonly empty = new Store(false);
  core: GridCore | null = null;
  #rows: PagedRows;
  #next: PagedRows | null = null;
  #counting: ReturnType<typeof setTimeout> | undefined;
  #known: number | null = null;
  readonly #forget: (() => void)[] = [];

  constructor(
    readonly session: ReviewSession,
    readonly view: GridView,
    importId: string,
  ) {
    this.#rows = this.#newRows();
    this.model = new GridModel(this.#rows, importId, window.localStorage);
  }

  get source(): PagedRows {
    return this.#rows;
  }

  /** The list that is shown, as the server knows it. */
  get listed(): View {
    return { ...this.view.view.get(), snapshot: this.#rows.snapshot };
  }

  /** Whether all rows are shown, in the order of the file. */
  get unfiltered(): boolean {
    return isPlain(this.view.view.get());
  }

  /** What people may do here. */
  allow(settings: GridSettings): void {
    this.settings = settings;
  }

  /** The columns of the review. When they are others, so may be every row. */
  setColumns(columns: readonly GridColumn[]): void {
    const before = this.model.columns;
    const same = before.length === columns.length && columns.every(({ id }, index) => before[index]?.id === id);
    this.model.setColumns(columns);
    if (!same && before.length) this.refresh(false);
  }

  /** Follow the review until the answer is called. */
  open(): () => void {
    const changed = (result: ChangeResult) => this.#stored(result);
    this.session.changes.add(changed);
    this.#forget.push(
      () => this.session.changes.delete(changed),
      this.session.events.listen((event) => {
        if (event.event === "changed" && event.author !== this.session.author) void this.#othersChanged(event.version);
        // Something may have been missed while the stream was closed.
        else if (event.event === "connected" && this.#rows.total !== null) void this.#othersChanged(0);
      }),
      this.view.view.subscribe(() => this.refresh(false)),
      this.view.target.subscribe(() => this.#follow()),
      this.model.selection.subscribe(() => this.#publish()),
      this.session.online.subscribe(() => this.session.online.get() && this.#rows.retryNow()),
    );
    this.refresh();
    return () => {
      for (const forget of this.#forget.splice(0)) forget();
      clearTimeout(this.#counting);
      this.#rows.close();
      this.#next?.close();
    };
  }

  /** Ask for the list anew. What is shown stays until the new one is there; with `stay` so does the place in it. */
  refresh(stay = true): void {
    this.#next?.close();
    const next = this.#newRows();
    this.#next = next;
    this.loading.set(true);
    const stop = next.listen((change) => {
      if (change.kind === "failed") this.#loadFailed(change.error);
      if (change.kind !== "list") return;
      stop();
      this.#swap(next, stay);
    });
    next.want(stay ? (this.core?.visible.first ?? 0) : 0, 0);
  }

  /** Show another choice of rows. */
  show(view: View): void {
    const choice = { ...view };
    // It names the list that was.
    delete choice.snapshot;
    this.view.show(choice);
  }

  showAll(): void {
    this.show(ALL_ROWS);
  }

  /** Sort by a column: up, down, not at all. With `also` the columns that sort already stay. */
  sort(column: string, descending: boolean | null, also = false): void {
    const view = this.view.view.get();
    const others = also ? (view.sort ?? []).filter((one) => one.column !== column) : [];
    this.show({ ...view, sort: descending === null ? others : [...others, { column, descending }].slice(-MOST_SORTS) });
  }

  /** Show only rows whose text in a column fits; null: whatever it is. */
  filter(column: string, filter: Omit<ColumnFilter, "column"> | null): void {
    const view = this.view.view.get();
    const others = (view.filters ?? []).filter((one) => one.column !== column);
    this.show({ ...view, filters: filter ? [...others, { ...filter, column }] : others });
  }

  /** Make the cell active, in sight and focused. */
  go(place: Place): void {
    this.model.select(at(place));
    this.core?.reveal(place);
    this.core?.focus();
  }

  rowAt(position: number): GridRow | undefined {
    return this.#rows.row(position);
  }

  #newRows(): PagedRows {
    const rows: PagedRows = new PagedRows((offset, limit, signal) => this.#load(rows, offset, limit, signal));
    return rows;
  }

  async #load(rows: PagedRows, offset: number, limit: number, signal: AbortSignal): Promise<RowsPage> {
    const view = { ...this.view.view.get(), snapshot: rows.snapshot };
    try {
      return await this.session.client.rows({ view, offset, limit }, signal);
    } catch (error) {
      // The server has forgotten the list: positions of the old one mean nothing in a new one.
      if (error instanceof ApiError && error.code === "view_changed" && rows === this.#rows && !this.#next)
        this.refresh();
      throw error;
    }
  }

  #swap(next: PagedRows, stay: boolean): void {
    const former = this.#rows;
    const { anchor } = this.model.selection.get();
    const active = former.row(anchor.row)?.row;
    this.#rows = next;
    this.#next = null;
    former.close();
    next.listen((change) => {
      if (change.kind === "failed") this.#loadFailed(change.error);
      else this.notices.hide("load");
      if (change.kind === "list") {
        this.empty.set(next.total === 0);
        this.#name(next);
      }
      if (change.kind === "rows") this.#publish();
    });
    this.notices.hide("load");
    this.notices.hide("list");
    this.loading.set(false);
    this.empty.set(next.total === 0);
    this.#name(next);
    this.revision++;
    this.model.source.set(next);
    // The header keeps the focus when it was a header that sorted the list.
    const start = anchor.row < 0 ? anchor.row : 0;
    const row = stay ? (next.positionOf(active ?? Number.NaN) ?? anchor.row) : start;
    if (!stay) this.core?.scrollTo(0);
    this.model.select(at({ ...anchor, row }));
    this.#follow();
    this.#publish();
  }

  /** Tell the panels which list it is that positions belong to. */
  #name({ snapshot, total }: PagedRows): void {
    this.view.snapshot.set(snapshot);
    this.view.total.set(total);
  }

  #loadFailed(error: unknown): void {
    // What the network or a busy server holds back is said by the page, and tried again.
    if (mayPass(error) || (error instanceof ApiError && error.code === "view_changed")) return;
    const retry = () => (this.#next ?? this.#rows).retryNow();
    this.notices.show({
      id: "load",
      tone: "error",
      text: i18n._(msg`The rows cannot be shown. ${reasonOf(error)}`),
      actions: [{ label: i18n._(msg`Try again`), run: retry }],
    });
  }

  #stored({ version, updated, cells, rows, summary }: ChangeResult): void {
    this.revision++;
    if (updated.length) this.#rows.replace(updated, version);
    else if (cells || rows) this.#rows.outdated(version);
    const more = this.#known !== null && this.#known !== summary.rows;
    this.#known = summary.rows;
    if (more && this.unfiltered) this.refresh();
    else if (cells || rows) this.#countSoon();
  }

  /** What the review counts in all; tells whether rows were added or deleted. */
  counted(rows: number): void {
    const other = this.#known !== null && this.#known !== rows;
    this.#known = rows;
    if (other) this.#countSoon();
  }

  async #othersChanged(version: number): Promise<void> {
    const source = this.#rows;
    this.revision++;
    this.#countSoon();
    const { first, last } = this.core?.visible ?? { first: 0, last: -1 };
    const before = new Map<number, GridRow>();
    for (let position = first; position <= last && before.size < BY_ID; position++) {
      const row = source.row(position);
      if (row) before.set(row.row, row);
    }
    // Without an answer the rows come with their page.
    const page = before.size ? await this.session.client.rowsById([...before.keys()]).catch(() => null) : null;
    if (page) source.replaceByOthers(page.rows, page.version);
    source.outdated(version);
  }

  #countSoon(): void {
    if (this.unfiltered && this.#known === this.#rows.total) return;
    clearTimeout(this.#counting);
    this.#counting = setTimeout(() => void this.#count(), COUNT_AFTER);
  }

  /** Whether the list would have another number of rows if it were made now. */
  async #count(): Promise<void> {
    const source = this.#rows;
    const view = { ...this.view.view.get(), snapshot: null };
    const now = await this.session.client.rows({ view, offset: 0, limit: 1 }).catch(() => null);
    if (!now || source !== this.#rows || source.total === null) return;
    if (now.total === source.total) this.notices.hide("list");
    else
      this.notices.show({
        id: "list",
        tone: "info",
        text: i18n._(
          msg`This list is out of date: it would have ${plural(now.total, { one: "# row", other: "# rows" })} now.`,
        ),
        actions: [{ label: i18n._(msg`Refresh`), run: () => this.refresh() }],
      });
  }

  /** Go where the panels want to. */
  #follow(): void {
    const target = this.view.target.get();
    if (!target || this.#next || this.#rows.total === null) return;
    this.view.target.set(null);
    const placed = this.model.layout.get().byId.get(target.column);
    const position = this.#positionOf(target);
    if (position === null) this.session.announce(i18n._(msg`This row is not in the list that is shown.`));
    else this.go({ row: position, column: placed?.index ?? 0 });
  }

  #positionOf({ row, position }: Target): number | null {
    return this.#rows.positionOf(row) ?? position;
  }

  #publish(): void {
    const { area } = this.model;
    const { anchor } = this.model.selection.get();
    const { columns } = this.model.layout.get();
    const row = this.#rows.row(anchor.row);
    const column = columns[anchor.column];
    if (!area || !row || !column) {
      this.view.selection.set(null);
      return;
    }
    this.view.selection.set({
      first: area.top,
      last: area.bottom,
      columns: columns.slice(area.start, area.end + 1).map((placed) => placed.column.id),
      active: { row: row.row, column: column.column.id, position: anchor.row },
    });
  }
}

const isPlain = ({ only, group, search, filters, sort }: View): boolean =>
  only === "all" && !group && !search && !filters?.length && !sort?.length;
