import { ApiError, errorOf, NetworkError } from "./errors";
import { importIdOf, pageRoot } from "./link";
import type { Api, Change, Step, View } from "./types";

type Method = "GET" | "POST" | "PUT";
type Query = Readonly<Record<string, string | number | null | undefined>>;

interface Options {
  query?: Query;
  json?: unknown;
  /** A body that is sent as it is. */
  raw?: Blob;
  signal?: AbortSignal | undefined;
}

const AUTHOR_KEY = "headgate-author";

/** This browser's name in the history: it says which changes are "mine", and is no identity. */
export function authorOf(storage: Pick<Storage, "getItem" | "setItem">): string {
  const known = storage.getItem(AUTHOR_KEY);
  if (known && /^[\w-]{8,64}$/.test(known)) return known;
  const author = crypto.randomUUID();
  storage.setItem(AUTHOR_KEY, author);
  return author;
}

/** A new id for a change: sent again after a lost answer, the change is still carried out once. */
export const changeId = (): string => crypto.randomUUID();

/** One review, opened by the token of its link. Every method raises ApiError or NetworkError. */
export class ReviewClient {
  readonly #root: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #onReached: (reached: boolean) => void;

  /** `onReached` hears of every request whether it reached the server. */
  constructor(
    token: string,
    author: string,
    root = pageRoot(),
    onReached: (reached: boolean) => void = () => undefined,
  ) {
    this.#onReached = onReached;
    this.#root = `${root}api/v1/reviews/${importIdOf(token)}`;
    this.#headers = { Authorization: `Bearer ${token}`, "X-Review-Author": author };
  }

  state = (signal?: AbortSignal) => this.#ask<Api<"ReviewState">>("GET", "", { signal });
  advance = (to: Step) => this.#ask<Api<"ReviewState">>("POST", "/advance", { json: { to } });

  header = (query: Query, signal?: AbortSignal) => this.#ask<Api<"HeaderView">>("GET", "/header", { query, signal });
  putHeader = (json: Api<"HeaderDecisionBody">) => this.#ask<Api<"DecisionResult">>("PUT", "/header", { json });
  columns = (signal?: AbortSignal) => this.#ask<Api<"ColumnsView">>("GET", "/columns", { signal });
  putColumns = (json: Api<"ColumnDecisionsBody">) => this.#ask<Api<"DecisionResult">>("PUT", "/columns", { json });
  values = (signal?: AbortSignal) => this.#ask<Api<"ValuesView">>("GET", "/values", { signal });
  putValues = (json: Api<"ValuesDecisionBody">) => this.#ask<Api<"DecisionResult">>("PUT", "/values", { json });

  grid = (signal?: AbortSignal) => this.#ask<Api<"Grid">>("GET", "/grid", { signal });
  rows = (json: Api<"RowsQuery">, signal?: AbortSignal) =>
    this.#ask<Api<"RowsPage">>("POST", "/rows", { json, signal });
  rowsById = (rows: number[], signal?: AbortSignal) =>
    this.#ask<Api<"RowsPage">>("POST", "/rows/by-id", { json: { rows }, signal });
  cell = (row: number, column: string, signal?: AbortSignal) =>
    this.#ask<Api<"CellDetail">>("POST", "/cell", { json: { row, column }, signal });
  distinct = (json: Api<"DistinctQuery">, signal?: AbortSignal) =>
    this.#ask<Api<"DistinctValues">>("POST", "/distinct", { json, signal });
  seek = (json: Api<"SeekQuery">, signal?: AbortSignal) =>
    this.#ask<Api<"SeekResult">>("POST", "/seek", { json, signal });

  change = (change: Change, id: string) => this.#ask<Api<"ChangeResult">>("POST", "/changes", { json: { change, id } });
  preview = (change: Change, signal?: AbortSignal) =>
    this.#ask<Api<"Preview">>("POST", "/changes/preview", { json: { change }, signal });
  undo = (id: string) => this.#ask<Api<"ChangeResult">>("POST", "/undo", { json: { id } });
  redo = (id: string) => this.#ask<Api<"ChangeResult">>("POST", "/redo", { json: { id } });
  history = (before?: number, limit = 50, signal?: AbortSignal) =>
    this.#ask<Api<"HistoryEntry">[]>("GET", "/history", { query: { before, limit }, signal });
  suggestColumns = (signal?: AbortSignal) =>
    this.#ask<Api<"ColumnSuggestions">>("POST", "/columns/suggest", { signal });
  suggestTransform = (request: string, signal?: AbortSignal) =>
    this.#ask<Api<"TransformSuggestion">>("POST", "/transform/suggest", { json: { request }, signal });

  export = (json: Api<"ExportBody">) => this.#ask<Api<"ExportResult">>("POST", "/export", { json });
  uploadCorrections = (raw: Blob) => this.#ask<Api<"UploadedFile">>("PUT", "/corrections", { raw });
  confirmation = () => this.#ask<Api<"Confirmation">>("POST", "/submit/preview");
  proposeRecipe = () => this.#ask<Api<"RecipeProposal">>("POST", "/recipe");
  saveRecipe = () => this.#ask<Api<"RecipeSaved">>("PUT", "/recipe");
  submit = (version: number) => this.#ask<Api<"SubmitResult">>("POST", "/submit", { json: { version } });

  /** The open stream of server-sent events. */
  events = (signal: AbortSignal) => this.#fetch("GET", "/events", { signal });

  async #ask<Answer>(method: Method, path: string, options: Options = {}): Promise<Answer> {
    const response = await this.#fetch(method, path, options);
    return (await response.json()) as Answer;
  }

  async #fetch(method: Method, path: string, { query, json, raw, signal }: Options): Promise<Response> {
    const parameters = Object.entries(query ?? {}).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [[key, String(value)]],
    );
    const search = parameters.length ? `?${new URLSearchParams(parameters).toString()}` : "";
    const response = await fetch(`${this.#root}${path}/${search}`, {
      method,
      headers: json === undefined ? this.#headers : { ...this.#headers, "Content-Type": "application/json" },
      body: json === undefined ? (raw ?? null) : JSON.stringify(json),
      signal: signal ?? null,
      cache: "no-store",
      credentials: "omit",
    }).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      this.#onReached(false);
      throw new NetworkError("The service cannot be reached.");
    });
    if (response.ok) {
      this.#onReached(true);
      return response;
    }
    const error = await errorOf(response);
    this.#onReached(error instanceof ApiError);
    throw error;
  }
}

/** All rows, in the order of the file. */
export const ALL_ROWS: View = { only: "all", filters: [], sort: [] };
