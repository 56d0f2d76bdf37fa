import { beforeEach, expect, test, vi } from "vitest";
import { NetworkError } from "../../api/errors";
import type { GridRow, RowsPage } from "../../api/types";
import { PAGE_ROWS, PagedRows } from "./pages";

interface Request {
  readonly offset: number;
  readonly signal: AbortSignal;
  readonly answer: (part?: Partial<RowsPage>) => void;
  readonly fail: (error: unknown) => void;
}

let requests: Request[] = [];

const rowAt = (row: number, text = `row ${row}`): GridRow => ({
  row,
  number: row + 1,
  cells: [text],
  marks: {},
  messages: [],
});

function source(): PagedRows {
  return new PagedRows(
    (offset, limit, signal) =>
      new Promise<RowsPage>((resolve, reject) => {
        const rows = Array.from({ length: limit }, (_, index) => rowAt(offset + index));
        const page = { version: 1, snapshot: "s", total: 100_000, offset, rows };
        signal.addEventListener("abort", () => reject(new Error("aborted")));
        requests.push({ offset, signal, answer: (part) => resolve({ ...page, ...part }), fail: reject });
      }),
  );
}

const settled = () => vi.waitFor(() => Promise.resolve());
const open = () => requests.filter(({ signal }) => !signal.aborted);
const offsets = () => open().map(({ offset }) => offset);

async function answerAll(part?: Partial<RowsPage>): Promise<void> {
  for (let round = 0; round < 5; round++) {
    for (const request of requests.splice(0)) request.answer(part);
    await settled();
  }
}

async function opened(): Promise<PagedRows> {
  const rows = source();
  rows.want(0, 20);
  await answerAll();
  return rows;
}

beforeEach(() => {
  requests = [];
});

test("the first answer names the list; only then are neighbours asked for", async () => {
  const rows = source();
  rows.want(0, 250);
  expect(offsets()).toEqual([0]);
  requests.shift()?.answer();
  await vi.waitFor(() => expect(rows.total).toBe(100_000));
  rows.want(0, 250);
  expect(offsets()).toEqual([100, 200, 300]);
});

test("pages that are scrolled past before they arrive are no longer asked for", async () => {
  const rows = await opened();
  rows.want(50_000, 50_020);
  const [first] = open();
  rows.want(80_000, 80_020);
  expect(first?.signal.aborted).toBe(true);
  await settled();
  expect(Math.min(...offsets())).toBeGreaterThan(79_000);
});

test("a page in the direction of scrolling is asked for ahead", async () => {
  const rows = await opened();
  rows.want(5_000, 5_020);
  expect(offsets()).toEqual([5_000, 5_100, 5_200]);
  await answerAll();
  rows.want(3_000, 3_020);
  expect(offsets()).toEqual([3_000, 2_900, 2_800]);
});

test("however far one scrolls, a bounded number of rows is kept, those in sight among them", async () => {
  const rows = await opened();
  for (let position = 0; position < 60_000; position += 300) {
    rows.want(position, position + 20);
    await answerAll();
  }
  let kept = 0;
  for (let position = 0; position < 100_000; position += PAGE_ROWS) if (rows.row(position)) kept++;
  expect(kept).toBeLessThanOrEqual(120);
  expect(rows.row(59_700)?.row).toBe(59_700);
  expect(rows.row(0)).toBeUndefined();
  expect(rows.positionOf(0)).toBeUndefined();
});

test("changed rows take the place of the old ones, wherever they stand", async () => {
  const rows = await opened();
  const heard = vi.fn();
  rows.listen(heard);
  rows.replace([rowAt(7, "new"), rowAt(99_999, "not at hand")], 2);
  expect(rows.row(7)?.cells).toEqual(["new"]);
  expect(rows.row(8)?.cells).toEqual(["row 8"]);
  expect(heard).toHaveBeenCalledWith({ kind: "rows" });
});

test("a page that was on its way before a change does not bring back what was there before", async () => {
  const rows = await opened();
  rows.want(5_000, 5_020);
  const before = requests.splice(0);
  rows.outdated(2);
  for (const request of before) request.answer();
  await settled();
  expect(rows.row(5_000)).toBeUndefined();
  await answerAll({ version: 2 });
  expect(rows.row(5_000)?.row).toBe(5_000);
});

test("rows out of date stay in sight until the new ones are there", async () => {
  const rows = await opened();
  rows.outdated(2);
  expect(rows.row(3)?.cells).toEqual(["row 3"]);
  expect(offsets()).toContain(0);
});

test("a new list throws the rows of the old one away", async () => {
  const rows = await opened();
  rows.outdated(2);
  requests.shift()?.answer({ version: 2, snapshot: "other", total: 1, rows: [rowAt(42)] });
  await vi.waitFor(() => expect(rows.total).toBe(1));
  expect(rows.row(0)?.row).toBe(42);
  expect(rows.row(50)).toBeUndefined();
  expect(rows.positionOf(3)).toBeUndefined();
});

test("what the network keeps back is said, and asked for again", async () => {
  vi.useFakeTimers();
  const rows = source();
  const heard = vi.fn();
  rows.listen(heard);
  rows.want(0, 20);
  requests.shift()?.fail(new NetworkError("gone"));
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toHaveBeenCalledWith({ kind: "failed", error: expect.any(NetworkError) as unknown });
  expect(requests).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1_000);
  requests.shift()?.answer();
  await vi.advanceTimersByTimeAsync(0);
  expect(rows.row(0)?.row).toBe(0);
  expect(heard).toHaveBeenCalledWith({ kind: "recovered" });
  vi.useRealTimers();
});

test("rows to be copied come from what is at hand and from the server, in their order", async () => {
  const rows = await opened();
  const reading = rows.read(50, 449, new AbortController().signal);
  await answerAll();
  expect((await reading).map(({ row }) => row)).toEqual(Array.from({ length: 400 }, (_, index) => 50 + index));
});
