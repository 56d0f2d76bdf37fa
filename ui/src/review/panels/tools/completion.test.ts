import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { field } from "../../../test/fixtures";
import { completeFields, exampleOf } from "./completion";

const FIELDS = [field("name", { label: "Name" }), field("e-mail"), field("seats", { type: "number" })];
const offered = (text: string, explicit = false) =>
  completeFields(new CompletionContext(EditorState.create({ doc: text }), text.length, explicit), FIELDS);

test("behind “row.” and “text.” stand the fields that can be named so", () => {
  expect(offered("({ x: row.")?.options.map(({ label }) => label)).toEqual(["name", "seats"]);
  expect(offered("text.na")).toMatchObject({ from: 5 });
});

test("elsewhere the names that an expression sees are offered once something is typed", () => {
  expect(offered("ro")?.options.map(({ label }) => label)).toContain("row");
  expect(offered("1 + ")).toBeNull();
  expect(offered("1 + ", true)).not.toBeNull();
});

test("the example runs on the schema, whatever its keys are", () => {
  expect(exampleOf(FIELDS)).toBe("({ name: text.name?.toUpperCase() })");
  expect(exampleOf([field("e-mail")])).toBe('({ "e-mail": text["e-mail"]?.toUpperCase() })');
  expect(exampleOf([field("id", { read_only: true }), field("seats", { type: "number" })])).toContain("seats");
  expect(exampleOf([])).toBe("({ name: text.name?.toUpperCase() })");
});
