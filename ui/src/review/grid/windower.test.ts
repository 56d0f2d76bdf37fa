import { describe, expect, test } from "vitest";
import { MAX_TRACK, Windower } from "./windower";

const HEIGHT = 34;
const SIZES = [0, 1, 20, 1_000, 235_294, 235_295, 1_000_000, 50_000_000];
const VIEWPORTS = [34, 647.5, 2_000];
const cases = SIZES.flatMap((rows) => VIEWPORTS.map((viewport) => ({ rows, viewport })));

function windower(rows: number, viewport: number): Windower {
  const made = new Windower(HEIGHT);
  made.resize(rows, viewport);
  return made;
}

/** A number sequence that looks random and is the same in every run (Park and Miller). */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

describe.each(cases)("$rows rows in $viewport px", ({ rows, viewport }) => {
  test("no element is taller than a browser allows", () => {
    expect(windower(rows, viewport).trackHeight).toBeLessThanOrEqual(Math.max(MAX_TRACK, viewport));
  });

  test("the scroll bar maps to rows and back, in order, from the first to the last", () => {
    const it = windower(rows, viewport);
    const end = it.trackHeight - viewport;
    const scrolls = Array.from({ length: end > 0 ? 1_001 : 0 }, (_, step) => (end * step) / 1_000);
    const tops = scrolls.map((scroll) => it.toTop(scroll));
    expect(tops.filter((top, step) => step > 0 && top <= (tops[step - 1] ?? 0))).toEqual([]);
    expect(scrolls.filter((scroll, step) => Math.abs(it.toScroll(tops[step] ?? -1) - scroll) > 0.001)).toEqual([]);
    expect(tops.at(-1) ?? 0).toBeCloseTo(it.end, 4);
  });

  test("every row can be shown wholly", () => {
    const it = windower(rows, viewport);
    const some = [0, 1, rows - 2, rows - 1, ...Array.from({ length: 50 }, (_, n) => Math.floor((rows * n) / 50))];
    const missed = some.filter((row) => {
      if (row < 0 || row >= rows) return false;
      it.goTo(it.revealing(row));
      const { first, last } = it.window();
      const whole = row * HEIGHT >= it.top - 0.001 && (row + 1) * HEIGHT <= it.top + viewport + 0.001;
      return row < first || row > last || !whole;
    });
    expect(missed).toEqual([]);
  });

  test("both ends of the scroll bar are both ends of the rows", () => {
    const it = windower(rows, viewport);
    it.scrolled(Math.max(0, it.trackHeight - viewport));
    expect(it.window().last).toBe(rows - 1);
    it.scrolled(0);
    expect(it.top).toBe(0);
  });

  test("wherever it is moved, the rows in sight exist", () => {
    const it = windower(rows, viewport);
    const random = numbers(rows + viewport);
    const wrong: unknown[] = [];
    for (let step = 0; step < 300; step++) {
      const end = Math.max(0, it.trackHeight - viewport);
      const far = random.next().value as number;
      const near = ((random.next().value as number) - 0.5) * 2_000;
      it.scrolled(Math.min(Math.max(0, step % 3 ? it.scroll + near : end * far), end));
      const { first, last } = it.window();
      if (first < 0 || last >= Math.max(1, rows) || it.top > it.end) wrong.push({ step, first, last, top: it.top });
    }
    expect(wrong).toEqual([]);
  });
});

test("a short move goes by the very pixels of it, however many rows there are", () => {
  const it = windower(1_000_000, 680);
  it.scrolled(4_000_000);
  for (const step of [102, 34, -68, 680, -1_500]) {
    const before = it.top;
    it.scrolled(it.scroll + step);
    expect(it.top - before).toBeCloseTo(step, 6);
  }
});

test("steps of one row from the top pass every row of the first thousands, and likewise up from the end", () => {
  const it = windower(1_000_000, 680);
  const passed = new Set<number>();
  for (let row = 1; row <= 5_000; row++) {
    it.scrolled(it.scroll + HEIGHT);
    passed.add(it.window().first);
  }
  expect(passed.size).toBe(5_000);
  expect(it.window().first).toBe(5_000);
  it.goTo(it.end);
  const { last } = it.window();
  for (let row = 1; row <= 5_000; row++) it.scrolled(it.scroll - HEIGHT);
  expect(it.window().last).toBe(last - 5_000);
});

test("other rows or another height leave the first visible row where it is, if it is still there", () => {
  const it = windower(1_000_000, 680);
  it.goTo(34_000);
  it.resize(900_000, 340);
  expect(it.window().first).toBe(1_000);
  it.resize(10, 340);
  expect(it.window()).toEqual({ first: 0, last: 9 });
});

test("a browser that rounds the scroll position moves no rows", () => {
  const it = windower(1_000_000, 680);
  it.goTo(12_345_678);
  const { top } = it;
  it.settledAt(Math.round(it.scroll));
  expect(it.top).toBe(top);
  it.scrolled(it.scroll + 34);
  expect(it.top).toBeCloseTo(top + 34, 6);
});
