import type { Change, View } from "../src/api/types";
import { GeneratedReview } from "./review";
import type { Size } from "./generated";

/** A token that names some import; nothing checks it here. */
export const TOKEN = btoa(String.fromCharCode(...new Array<number>(40).fill(7)));

interface Body {
  readonly view: View;
  readonly offset: number;
  readonly limit: number;
  readonly rows: number[];
  readonly row: number;
  readonly position: number;
  readonly column: string;
  readonly search: string | null;
  readonly direction: "next" | "previous";
  readonly change: Change;
}

interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

/** The open stream of events. */
let stream: ReadableStreamDefaultController<Uint8Array> | null = null;

/** Somebody else makes a change, and the page is told. */
export function changeByOther(review: GeneratedReview, change: Change): void {
  const { version, cells, rows } = review.change(change);
  const data = JSON.stringify({ version, author: "somebody-else", cells, rows });
  stream?.enqueue(new TextEncoder().encode(`event: changed\ndata: ${data}\n\n`));
}

/** Answers the page's own requests in its own process, after `latency` milliseconds; what is written stays until it is closed. */
export function serveGenerated(size: Size, latency: number): GeneratedReview {
  const review = new GeneratedReview(size);
  const real = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const path = /\/reviews\/[^/]+(\/.*?)\/?(?:\?|$)/.exec(input instanceof Request ? input.url : String(input))?.[1];
    if (path === undefined) return real(input, init);
    // As with a network, nothing answers before the next task.
    await pause(latency, init?.signal ?? null);
    const failing = document.documentElement.dataset.fail;
    if (failing === "network") throw new TypeError("Failed to fetch");
    if (failing && path === "/changes") return json({ detail: failing }, 400);
    if (path === "/events") return new Response(new ReadableStream({ start: (opened) => void (stream = opened) }));
    const sent = JSON.parse(typeof init?.body === "string" ? init.body : "{}") as Body;
    const answer = answerTo(review, path, sent);
    return json(answer.body, answer.status);
  };
  return review;
}

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

const pause = (milliseconds: number, signal: AbortSignal | null): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("aborted", "AbortError"));
    });
  });

function answerTo(review: GeneratedReview, path: string, sent: Body): Answer {
  switch (path) {
    case "/":
      return { body: stateOf(review) };
    case "/grid":
      return { body: { version: review.version, columns: review.columns, groups: [], summary: review.summary() } };
    case "/rows": {
      const page = review.rows(sent.view, sent.offset, sent.limit);
      return page ? { body: page } : { status: 409, body: { detail: "The list has changed.", code: "view_changed" } };
    }
    case "/rows/by-id":
      return { body: review.byId(sent.rows) };
    case "/cell": {
      const text = review.row(sent.row).cells[review.columns.findIndex(({ id }) => id === sent.column)];
      return { body: { row: sent.row, column: sent.column, text, shown: text, original: null, history: [] } };
    }
    case "/distinct":
      return { body: review.distinct(sent.column, sent.search, sent.limit) };
    case "/seek":
      return { body: review.seek(sent.view, sent.position, sent.column, sent.direction) };
    case "/changes":
      return { body: review.change(sent.change) };
    case "/undo":
      return orRefused(review.undo(), "There is nothing to undo.");
    case "/redo":
      return orRefused(review.redo(), "There is nothing to do again.");
    default:
      return { status: 404, body: { detail: `There is no ${path} here.` } };
  }
}

const orRefused = (body: unknown, detail: string): Answer =>
  body ? { body } : { status: 409, body: { detail, code: "nothing" } };

function stateOf(review: GeneratedReview) {
  const stages = ["Proposal", "Qualified", "Closed", "Demo"].map((label) => ({ label, value: label.toLowerCase() }));
  return {
    id: "generated",
    status: "NEEDS_REVIEW",
    version: review.version,
    fields: review.columns.map(({ field, label, type }) => ({
      key: field,
      label,
      type,
      type_options: {},
      select_options: type === "select" ? stages : null,
    })),
    settings: {
      allow_adding_rows: true,
      allow_removing_rows: true,
      highlight_auto_fixes: true,
      navigate_errors: true,
    },
  };
}
