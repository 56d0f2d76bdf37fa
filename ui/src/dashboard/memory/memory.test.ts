import { expect, test } from "vitest";
import { fileName, has, type Memory, NotAnExportError, readExport, without, withTarget } from "./memory";

const MEMORY: Memory = {
  headers: [
    { header: "Mail", field: "email", count: 3, last_used: "2026-01-02T00:00:00Z" },
    { header: "Note", field: null, count: 1 },
  ],
  values: [
    { field: "stage", value: "won", option: "closed", count: 2 },
    { field: "state", value: "won", option: "ny", count: 1 },
  ],
};

test("a header gets another field, and what was seen before no longer counts for it", () => {
  const changed = withTarget(MEMORY, { kind: "header", header: "Mail" }, "contact");
  expect(changed.headers?.[0]).toEqual({
    header: "Mail",
    field: "contact",
    count: 1,
    last_used: "2026-01-02T00:00:00Z",
  });
  expect(changed.headers?.[1]).toBe(MEMORY.headers?.[1]);
  expect(changed.values).toEqual(MEMORY.values);
});

test("a header can be ignored from now on", () => {
  expect(withTarget(MEMORY, { kind: "header", header: "Mail" }, null).headers?.[0]?.field).toBeNull();
});

test("the same text in another field is another match", () => {
  const changed = withTarget(MEMORY, { kind: "value", field: "state", value: "won" }, "nj");
  expect(changed.values?.map(({ option }) => option)).toEqual(["closed", "nj"]);
  expect(without(MEMORY, { kind: "value", field: "stage", value: "won" }).values).toEqual([MEMORY.values?.[1]]);
});

test("a match that was forgotten meanwhile is known to be gone", () => {
  expect(has(MEMORY, { kind: "header", header: "Mail" })).toBe(true);
  expect(has(without(MEMORY, { kind: "header", header: "Mail" }), { kind: "header", header: "Mail" })).toBe(false);
  expect(has(MEMORY, { kind: "value", field: "Mail", value: "Mail" })).toBe(false);
});

test("an export is read with its identifier and its count", () => {
  expect(readExport(JSON.stringify({ import_identifier: "Contacts", ...MEMORY }))).toEqual({
    identifier: "Contacts",
    memory: MEMORY,
    matches: 4,
  });
  expect(readExport('{"headers": []}').identifier).toBeNull();
});

test.each(["", "[]", "null", "7", "{}", '{"headers": 1}', '{"values": {}}', "name,email\nAda,ada@example.com"])(
  "what is no export is refused: %s",
  (text) => {
    expect(() => readExport(text)).toThrow(NotAnExportError);
  },
);

test.each([
  ["Contacts 2026", "memory-Contacts-2026.json"],
  ["../../etc/passwd", "memory-..-..-etc-passwd.json"],
  ["Käufer", "memory-Käufer.json"],
  ["", "memory-export.json"],
])("the file of %s is called %s", (identifier, name) => {
  expect(fileName(identifier)).toBe(name);
});
