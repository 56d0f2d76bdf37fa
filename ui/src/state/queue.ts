import { ApiError, NetworkError } from "../api/errors";
import { Store } from "./store";

export interface QueueState {
  /** Changes that the server has not answered yet. */
  readonly pending: number;
  /** The first of them could not be sent and is tried again. */
  readonly waiting: boolean;
  /** When the last change was stored, in milliseconds since 1970. */
  readonly savedAt: number | null;
}

interface Entry {
  readonly send: () => Promise<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

const nothing = () => undefined;

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;

/**
 * Sends changes one after the other, in the order in which they were made, and keeps each until the server has answered.
 * What the network prevents is tried again for ever; what the server refuses is given back to whoever made the change.
 */
export class ChangeQueue {
  readonly state = new Store<QueueState>({ pending: 0, waiting: false, savedAt: null });
  readonly #entries: Entry[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #running = false;
  #wake: (() => void) | null = null;

  /** The server's answer to `send`, which may be called several times and must mean the same every time. */
  add<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    const answer = new Promise<Answer>((resolve, reject) => this.#entries.push({ send, resolve, reject }));
    this.#last = answer;
    this.#show({ pending: this.#entries.length });
    void this.#run();
    return answer;
  }

  /** Resolves when every change that was made until now is answered. */
  settled(): Promise<void> {
    return this.#last.then(nothing, nothing);
  }

  /** Try again now what waits for the network. */
  retryNow(): void {
    this.#wake?.();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let entry = this.#entries[0]; entry; entry = this.#entries[0]) {
      await this.#settle(entry);
      this.#entries.shift();
      this.#show({ pending: this.#entries.length, waiting: false });
    }
    this.#running = false;
  }

  async #settle(entry: Entry): Promise<void> {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        const answer = await entry.send();
        this.#show({ savedAt: Date.now() });
        entry.resolve(answer as never);
        return;
      } catch (error) {
        if (!mayPass(error)) {
          entry.reject(error);
          return;
        }
        // A server that still prepares is no trouble of the network.
        this.#show({ waiting: error instanceof NetworkError });
        const wanted = error instanceof NetworkError && error.retryAfter ? error.retryAfter * 1_000 : 0;
        await this.#sleep(Math.max(pause, wanted));
      }
    }
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #show(part: Partial<QueueState>): void {
    this.state.set({ ...this.state.get(), ...part });
  }
}

/** Whether the same request may succeed later. */
export const mayPass = (error: unknown): boolean =>
  error instanceof NetworkError || (error instanceof ApiError && error.code === "preparing");
