import { beforeEach, describe, expect, it } from "vitest";
import { SchemaDocument } from "../document/document";
import { write } from "../document/text";
import { addField, chooseType, fieldsOf, freeKey, keyFrom, labelsOf, putTypeOption, typeOf } from "./field";
import { numberOf } from "./NumberControl";
import { countBelow, written } from "./place";
import { fits, type Form, keysOf, shapeOf } from "./shape";

beforeEach(() => sessionStorage.clear());

const open = (...fields: object[]) => new SchemaDocument("1", write({ fields }), "", sessionStorage);
const typeIn = (document: SchemaDocument) => fieldsOf(document.state.get().value)[0]?.type;

describe("a form is made from the service's description", () => {
  it("has a control for every kind of value, and JSON for what no control fits", () => {
    const kinds = (form: Form) => shapeOf(form).kind;
    expect(kinds({ type: "boolean" })).toBe("flag");
    expect(kinds({ type: "string", enum: ["a", "b"] })).toBe("choice");
    expect(kinds({ type: "array", items: { type: "string" } })).toBe("texts");
    expect(kinds({ type: "array", items: { type: "object", properties: {} } })).toBe("entries");
    expect(kinds({ type: "object", properties: { a: { type: "string" } } })).toBe("group");
    expect(kinds({ type: "object", additionalProperties: { type: "string" } })).toBe("pairs");
    expect(kinds({ type: "object", additionalProperties: true })).toBe("json");
    expect(kinds({ anyOf: [{ type: "string" }, { type: "integer" }] })).toBe("either");
    expect(kinds({ anyOf: [{ type: "string" }, { type: "array" }] })).toBe("json");
    expect(kinds({ type: "object", additionalProperties: {}, "x-form": "field-values" })).toBe("values");
    expect(kinds({ type: "array", items: {}, "x-form": "texts" })).toBe("texts");
    expect(kinds({ type: "object", "x-form": "of a later release" })).toBe("json");
    expect(kinds({})).toBe("json");
    expect(shapeOf({ type: "integer", minimum: 0 })).toEqual({ kind: "number", whole: true, minimum: 0 });
  });

  it("shows an option that it has never heard of", () => {
    const [key] = keysOf({ properties: { brandNew: { type: "boolean", title: "Brand new", default: true } } });
    expect(key).toMatchObject({ name: "brandNew", label: "Brand new", fallback: true, shape: { kind: "flag" } });
  });

  it("shows a value of another kind as it is instead of losing it", () => {
    expect(fits({ kind: "flag" }, "yes")).toBe(false);
    expect(fits({ kind: "choice", choices: ["a"] }, "b")).toBe(false);
    expect(fits({ kind: "texts" }, ["a", 1])).toBe(false);
    expect(fits({ kind: "group", keys: [] }, [])).toBe(false);
    expect(fits({ kind: "group", keys: [] }, null)).toBe(true);
    expect(fits({ kind: "values" }, { plan: "free", seats: 5, active: true })).toBe(true);
    expect(fits({ kind: "values" }, { plan: ["free"] })).toBe(false);
    expect(fits({ kind: "styles" }, { global: { primaryColor: "red" }, primaryButton: "red" })).toBe(false);
    expect(fits({ kind: "rows" }, [{ name: "Ada" }, ["Alan"]])).toBe(false);
    expect(fits({ kind: "rows" }, Array<object>(101).fill({}) as never)).toBe(false);
    expect(fits({ kind: "either" }, true)).toBe(false);
  });
});

describe("a field's type", () => {
  it("is read in every way in which it may be written", () => {
    expect(typeOf({})).toMatchObject({ name: "string", options: {} });
    expect(typeOf({ type: "date" })).toMatchObject({ name: "date", options: {} });
    expect(typeOf({ type: ["number", "usd"] })).toMatchObject({ name: "number", options: { preset: "usd" } });
    expect(typeOf({ type: ["number", { min: 1 }] })).toMatchObject({ name: "number", options: { min: 1 } });
    expect(typeOf({ type: 5 })).toMatchObject({ readable: false });
  });

  it("gets and loses options, and is a bare name without any", () => {
    const document = open({ key: "a", type: "number" });
    putTypeOption(document, 0, ["min"], 1);
    putTypeOption(document, 0, ["displayFormat", "mantissa"], 2);
    expect(typeIn(document)).toEqual(["number", { min: 1, displayFormat: { mantissa: 2 } }]);
    putTypeOption(document, 0, ["displayFormat"], undefined);
    putTypeOption(document, 0, ["min"], undefined);
    expect(typeIn(document)).toBe("number");
  });

  it("keeps a preset that is written short when another option comes", () => {
    const document = open({ key: "a", type: ["number", "usd"] });
    putTypeOption(document, 0, ["min"], 1);
    expect(typeIn(document)).toEqual(["number", { preset: "usd", min: 1 }]);
  });

  it("takes along the options that another type has too, and no others", () => {
    const document = open({ key: "a", type: ["date", { locale: "de-DE", autofix: false }] });
    chooseType(document, 0, "time", ["locale", "withSeconds"]);
    expect(typeIn(document)).toEqual(["time", { locale: "de-DE" }]);
    chooseType(document, 0, "email", []);
    expect(typeIn(document)).toBe("email");
  });
});

describe("keys of fields", () => {
  it("are made of labels in any script", () => {
    expect(keyFrom("Größe (cm)")).toBe("große_cm");
    expect(keyFrom("  E-mail  ")).toBe("e_mail");
    expect(keyFrom("名前")).toBe("名前");
    expect(keyFrom("!?")).toBe("");
  });

  it("are never given twice", () => {
    expect(freeKey("a", [{ key: "a" }, { key: "a_2" }])).toBe("a_3");
    const document = open({ key: "name", label: "Name" });
    expect(addField(document, 0, "Name")).toBe(1);
    expect(fieldsOf(document.state.get().value)[1]).toMatchObject({ key: "name_2", label: "Name" });
  });

  it("stand for fields without a label", () => {
    const labelOf = labelsOf({
      fields: [
        { key: "a", label: "" },
        { key: "b", label: "B" },
      ],
    });
    expect([labelOf("a"), labelOf("b"), labelOf("gone")]).toEqual(["a", "B", "gone"]);
  });
});

describe("numbers", () => {
  it("are taken only when every digit is kept", () => {
    expect(numberOf("-12.50", false)).toBe(-12.5);
    expect(numberOf("1.5", true)).toBeNull();
    expect(numberOf("12345678901234567890", false)).toBeNull();
    expect(numberOf("1.", false)).toBeNull();
    expect(numberOf("1e999", false)).toBeNull();
  });
});

describe("problems", () => {
  it("are counted below their path, and not below one that only begins like it", () => {
    const problems = { "fields[1].key": ["x"], "fields[10].key": ["x"], "fields[1].type[1]": ["x"] };
    expect(countBelow(problems, ["fields", 1])).toBe(2);
    expect(written(["fields", 1, "type", 1, "min"])).toBe("fields[1].type[1].min");
  });
});
