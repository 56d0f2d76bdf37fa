import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError, NetworkError } from "../api/errors";
import { ChangeQueue } from "./queue";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("changes are sent one after the other, in the order in which they were made", async () => {
  const queue = new ChangeQueue();
  const sent: string[] = [];
  let answerFirst: (answer: string) => void = () => undefined;
  const first = queue.add(() => (sent.push("first"), new Promise<string>((resolve) => (answerFirst = resolve))));
  const second = queue.add(() => (sent.push("second"), Promise.resolve("b")));
  expect(sent).toEqual(["first"]);
  expect(queue.state.get().pending).toBe(2);
  answerFirst("a");
  expect([await first, await second]).toEqual(["a", "b"]);
  expect(sent).toEqual(["first", "second"]);
});

test("a change that the network prevents is kept and sent again until it is stored", async () => {
  const queue = new ChangeQueue();
  const send = vi.fn<() => Promise<string>>().mockRejectedValue(new NetworkError("gone"));
  const stored = queue.add(send);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(send.mock.calls.length).toBeGreaterThan(5);
  expect(queue.state.get()).toMatchObject({ pending: 1, waiting: true, savedAt: null });
  send.mockResolvedValue("stored");
  await vi.advanceTimersByTimeAsync(30_000);
  await expect(stored).resolves.toBe("stored");
  expect(queue.state.get()).toMatchObject({ pending: 0, waiting: false });
  expect(queue.state.get().savedAt).not.toBeNull();
});

test("a person can have it tried again at once", async () => {
  const queue = new ChangeQueue();
  const send = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new NetworkError("gone", 25))
    .mockResolvedValue("stored");
  const stored = queue.add(send);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(send).toHaveBeenCalledTimes(1);
  queue.retryNow();
  await expect(stored).resolves.toBe("stored");
});

test("what the server refuses goes back to who made it, and the next change is sent", async () => {
  const queue = new ChangeQueue();
  const refused = queue.add(() => Promise.reject(new ApiError(409, "Somebody was quicker.", "version_changed")));
  const next = queue.add(() => Promise.resolve("stored"));
  await expect(refused).rejects.toThrow("Somebody was quicker.");
  await expect(next).resolves.toBe("stored");
});

test("a step that is still being prepared is no refusal and no trouble of the network", async () => {
  const queue = new ChangeQueue();
  const send = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new ApiError(409, "Not yet.", "preparing"))
    .mockResolvedValue("stored");
  const stored = queue.add(send);
  await vi.advanceTimersByTimeAsync(0);
  expect(queue.state.get()).toMatchObject({ pending: 1, waiting: false });
  await vi.advanceTimersByTimeAsync(1_000);
  await expect(stored).resolves.toBe("stored");
});
