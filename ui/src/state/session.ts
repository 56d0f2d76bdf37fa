import { QueryClient } from "@tanstack/react-query";
import { authorOf, changeId, ReviewClient } from "../api/client";
import { ApiError, NetworkError } from "../api/errors";
import type { Change, ChangeResult, Grid, ReviewState } from "../api/types";
import { ReviewEvents } from "./events";
import { ChangeQueue, mayPass } from "./queue";
import { Store } from "./store";

/** The keys under which answers are kept; everything that depends on the version of the review starts with "view". */
export const KEYS = {
  state: ["state"],
  header: ["view", "header"],
  columns: ["view", "columns"],
  values: ["view", "values"],
  grid: ["view", "grid"],
} as const;

const RETRIES = 8;

/** Everything that one open review page holds. */
export class ReviewSession {
  readonly author: string;
  readonly client: ReviewClient;
  readonly queue = new ChangeQueue();
  readonly events: ReviewEvents;
  readonly queries: QueryClient;
  /** Whether the last request reached the server. */
  readonly online = new Store(true);
  /** Hears of every change that this page has made, once it is stored. */
  readonly changes = new Set<(result: ChangeResult) => void>();
  /** What a screen reader says next. */
  readonly announcement = new Store("");

  constructor(token: string, storage: Pick<Storage, "getItem" | "setItem"> = window.localStorage) {
    this.author = authorOf(storage);
    this.client = new ReviewClient(token, this.author, undefined, (reached) => this.online.set(reached));
    this.events = new ReviewEvents((signal) => this.client.events(signal));
    this.queries = new QueryClient({
      defaultOptions: {
        queries: {
          // The server's events say when something is out of date.
          staleTime: Infinity,
          networkMode: "always",
          refetchOnWindowFocus: false,
          retry: (failures, error) => failures < RETRIES && mayPass(error),
          retryDelay: (failures, error) =>
            Math.max(
              Math.min(500 * 2 ** failures, 15_000),
              error instanceof NetworkError ? (error.retryAfter ?? 0) * 1_000 : 0,
            ),
        },
      },
    });
  }

  /** Listen to the server until the answer is called. */
  open(): () => void {
    const forget = this.events.listen((event) => {
      if (event.event === "preparing") {
        const { step, fraction } = event;
        this.#patch({ preparing: { step, fraction } });
      } else if (event.event === "submitting") this.#patch({ submitting: true });
      else if (event.event !== "changed") this.refresh();
      else if (event.author !== this.author) this.refresh();
    });
    const stop = this.events.start();
    const again = () => this.retry();
    window.addEventListener("online", again);
    return () => {
      forget();
      stop();
      window.removeEventListener("online", again);
    };
  }

  /** Ask anew for all that is shown. */
  refresh(): void {
    void this.queries.invalidateQueries();
  }

  /** Try again now whatever failed. */
  retry(): void {
    this.queue.retryNow();
    void this.queries.refetchQueries({
      predicate: ({ state }) => state.fetchFailureCount > 0 || state.status === "error",
    });
  }

  /** Take over a state that came with an answer; what depends on it is asked for anew. */
  take(state: ReviewState): void {
    this.queries.setQueryData<ReviewState>(KEYS.state, (known) =>
      known && known.version > state.version ? known : state,
    );
    void this.queries.invalidateQueries({ queryKey: ["view"] });
  }

  /** Make a change: it is kept until the server has stored it. Raises ApiError when the server refuses it. */
  apply(change: Change): Promise<ChangeResult> {
    const id = changeId();
    return this.#carryOut(() => this.client.change(change, id));
  }

  /** Take back this browser's last change. Raises ApiError with the code `nothing_to_undo`. */
  undo(): Promise<ChangeResult> {
    const id = changeId();
    return this.#carryOut(() => this.client.undo(id));
  }

  /** Raises ApiError with the code `nothing_to_redo`. */
  redo(): Promise<ChangeResult> {
    const id = changeId();
    return this.#carryOut(() => this.client.redo(id));
  }

  async #carryOut(send: () => Promise<ChangeResult>): Promise<ChangeResult> {
    const result = await this.queue.add(send);
    const { version, summary, undo, redo } = result;
    this.#patch({ version, undo, redo });
    this.queries.setQueryData<Grid>(KEYS.grid, (grid) => grid && { ...grid, version, summary });
    void this.queries.invalidateQueries({ queryKey: KEYS.grid });
    for (const listener of this.changes) listener(result);
    return result;
  }

  announce(text: string): void {
    // The same text twice is said twice only when it is another string.
    this.announcement.set(this.announcement.get() === text ? `${text}\u00a0` : text);
  }

  #patch(part: Partial<ReviewState>): void {
    this.queries.setQueryData<ReviewState>(KEYS.state, (state) => state && { ...state, ...part });
  }
}

/** Whether the link itself is at its end. */
export const isLinkProblem = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 403 || error.status === 404 || error.status === 401);
