import { describe, expect, it } from "vitest";
import { type ImportPages, type ListedImport, patched, rowsOf, without } from "./patch";

const one = (id: string, second: number, more: Partial<ListedImport> = {}): ListedImport =>
  ({
    id,
    status: "RUNNING",
    created_date: `2026-03-01T00:00:0${second}.000000Z`,
    modified_date: `2026-03-01T00:00:0${second}.000000Z`,
    ...more,
  }) as ListedImport;

const list = (...pages: ListedImport[][]): ImportPages => ({
  pages: pages.map((results) => ({ results, next: null, searched_to: null })),
  pageParams: pages.map(() => null),
});

const ids = (pages: ImportPages) => rowsOf(pages).map(({ id }) => id);

describe("an event of an import", () => {
  const known = list([one("c", 3), one("b", 2)], [one("a", 1)]);

  it("changes the import where it stands", () => {
    const news = one("a", 1, { status: "SUCCESSFUL", modified_date: "2026-03-01T00:00:09.000000Z" });
    const now = patched(known, news, {});
    expect(ids(now)).toEqual(["c", "b", "a"]);
    expect(rowsOf(now)[2]?.status).toBe("SUCCESSFUL");
  });

  it("puts a new one first", () => {
    expect(ids(patched(known, one("d", 4), {}))).toEqual(["d", "c", "b", "a"]);
    expect(ids(patched(list([]), one("d", 4), {}))).toEqual(["d"]);
  });

  it("does not bring in an old one that was not loaded yet", () => {
    expect(patched(known, one("0", 0), {})).toBe(known);
  });

  it("does not bring in what only the server can judge", () => {
    expect(patched(known, one("d", 4), { search: "march" })).toBe(known);
  });

  it("takes out what no longer fits", () => {
    const news = one("b", 2, { status: "FAILED", modified_date: "2026-03-01T00:00:09.000000Z" });
    expect(ids(patched(known, news, { status: "RUNNING" }))).toEqual(["c", "a"]);
  });

  it("that is older than what is known changes nothing", () => {
    const newer = list([one("a", 1, { status: "SUCCESSFUL", modified_date: "2026-03-01T00:00:09.000000Z" })]);
    expect(rowsOf(patched(newer, one("a", 1), {}))[0]?.status).toBe("SUCCESSFUL");
  });
});

it("a deleted import is gone from every page", () => {
  expect(ids(without(list([one("b", 2)], [one("a", 1)]), "a"))).toEqual(["b"]);
});

it("an import that two pages have is shown once", () => {
  expect(ids(list([one("b", 2), one("a", 1)], [one("a", 1)]))).toEqual(["b", "a"]);
});
