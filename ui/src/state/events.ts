import { ApiError } from "../api/errors";
import type { Step } from "../api/types";
import { readEvents } from "./sse";

/** What the server tells of a review; docs/review-api.md, "events". */
export type ReviewEvent =
  | { event: "changed"; version: number; author: string; cells: number; rows: number }
  | { event: "preparing"; step: string; fraction: number | null }
  | { event: "state"; version: number; step: Step }
  | { event: "submitting" }
  | { event: "finished"; status: string }
  /** Not from the server: the stream is open (again), and something may have been missed before. */
  | { event: "connected" };

type Listener = (event: ReviewEvent) => void;
type Connect = (signal: AbortSignal) => Promise<Response>;

const NAMES = new Set<string>(["changed", "preparing", "state", "submitting", "finished"]);
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/** The server writes at least a comment every 15 seconds. A stream that is silent for longer is dead. */
const SILENCE = 45_000;

/** Keeps the stream of events open and hands each event to everyone who listens. */
export class ReviewEvents {
  readonly #listeners = new Set<Listener>();
  readonly #connect: Connect;
  #stop: AbortController | null = null;

  constructor(connect: Connect) {
    this.#connect = connect;
  }

  /** Hear the events; call the answer to stop. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): () => void {
    const stop = new AbortController();
    this.#stop?.abort();
    this.#stop = stop;
    void this.#run(stop.signal);
    return () => stop.abort();
  }

  async #run(stopped: AbortSignal): Promise<void> {
    let pause = FIRST_PAUSE;
    while (!stopped.aborted) {
      try {
        await this.#stream(stopped, () => (pause = FIRST_PAUSE));
      } catch (error) {
        // The link has ended, or the review is over: the state says so, and there is nothing to hear any more.
        if (error instanceof ApiError && error.status < 500 && error.code !== "preparing") return;
      }
      await sleep(pause, stopped);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  async #stream(stopped: AbortSignal, opened: () => void): Promise<void> {
    const silent = new AbortController();
    const signal = AbortSignal.any([stopped, silent.signal]);
    const response = await this.#connect(signal);
    if (!response.body) return;
    opened();
    this.tell({ event: "connected" });
    let timer = setTimeout(() => silent.abort(), SILENCE);
    const alive = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          clearTimeout(timer);
          timer = setTimeout(() => silent.abort(), SILENCE);
          controller.enqueue(chunk);
        },
      }),
    );
    try {
      for await (const { event, data } of readEvents(alive)) {
        const parsed = parse(event, data);
        if (parsed) this.tell(parsed);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Hand an event to everyone who listens. */
  tell(event: ReviewEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** An event of a newer server is passed over. */
function parse(event: string, data: string): ReviewEvent | null {
  if (!NAMES.has(event)) return null;
  try {
    return { ...(JSON.parse(data) as object), event } as ReviewEvent;
  } catch {
    return null;
  }
}

const sleep = (milliseconds: number, stopped: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    stopped.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
