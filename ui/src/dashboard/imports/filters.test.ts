import { describe, expect, it } from "vitest";
import type { Api } from "../../api/types";
import { filterOf, fits, isFiltered, questionOf } from "./filters";

const ONE = {
  id: "1",
  status: "FAILED",
  saved_schema: { id: "s", name: "Contacts" },
  import_identifier: "contacts",
  development_mode: false,
} as Api<"ListedImport">;

describe("the filter of an address", () => {
  it("takes what makes sense", () => {
    const search = { search: " a b ", status: "FAILED", development: true, since: "2026-03-01", until: "2026-03-31" };
    expect(filterOf(search)).toEqual({ ...search, search: "a b" });
  });

  it("leaves out what makes none", () => {
    expect(
      filterOf({ search: "  ", status: "DONE", development: "yes", since: "yesterday", schema: {}, x: 1 }),
    ).toEqual({});
  });

  it("takes a search of digits for text", () => {
    expect(filterOf({ search: 2026 })).toEqual({ search: "2026" });
  });

  it("asks the server for nothing that is not set, and for false", () => {
    expect(questionOf({})).toEqual({});
    expect(questionOf({ development: false, schema: "s", identifier: "i" })).toEqual({
      development_mode: false,
      schema_id: "s",
      import_identifier: "i",
    });
  });

  it("knows whether anything is left out", () => {
    expect(isFiltered({})).toBe(false);
    expect(isFiltered({ development: false })).toBe(true);
  });
});

describe("whether an import belongs to a list", () => {
  it.each([
    [{}, true],
    [{ status: "FAILED" as const, schema: "s" }, true],
    [{ status: "RUNNING" as const }, false],
    [{ schema: "other" }, false],
    [{ identifier: "other" }, false],
    [{ development: true }, false],
    [{ search: "march" }, null],
    [{ since: "2026-03-01" }, null],
    [{ search: "march", status: "RUNNING" as const }, false],
  ])("%o: %s", (filter, expected) => {
    expect(fits(ONE, filter)).toBe(expected);
  });
});
