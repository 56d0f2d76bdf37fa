import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at, copy, insert, type Json, type JsonObject, laidOut, move, pathOf, placeOf, put, read, write } from "./text";

const key = fc.oneof(fc.constantFrom("fields", "settings", "a", "b"), fc.string({ maxLength: 4 }));
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string({ maxLength: 6 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4 }),
  ),
})).value;
const object = fc.dictionary(key, json, { maxKeys: 5 }) as fc.Arbitrary<JsonObject>;
const list = fc.array(json, { minLength: 1, maxLength: 6 });
/** The same value, written in different hands. */
const written = (value: Json, indent: number) => JSON.stringify(value, null, indent);
const indent = fc.constantFrom(0, 2, 4);
const valueOf = (text: string) => {
  const { value, problem } = read(text);
  if (problem) throw new Error(`unreadable: ${text}`);
  return value;
};
const same = (value: Json) => JSON.parse(JSON.stringify(value)) as Json;

describe("a change of the form is the same change of the JSON", () => {
  it("sets a key, and leaves every other as it was", () => {
    fc.assert(
      fc.property(object, key, json, indent, (before, name, value, space) => {
        fc.pre(name !== "__proto__" && !("__proto__" in before));
        expect(valueOf(put(written(before, space), [name], value))).toEqual(same({ ...before, [name]: value }));
      }),
    );
  });

  it("takes a key away", () => {
    fc.assert(
      fc.property(object, key, indent, (before, name, space) => {
        const rest = Object.fromEntries(Object.entries(before).filter(([one]) => one !== name));
        expect(valueOf(put(written(before, space), [name], undefined))).toEqual(same(rest));
      }),
    );
  });

  it("makes what is missing or null on the way to a key", () => {
    expect(valueOf(put("{}", ["settings", "reviewStep", "helpText"], "x"))).toEqual({
      settings: { reviewStep: { helpText: "x" } },
    });
    expect(valueOf(put('{"settings": null}', ["settings", "reviewStep", "helpText"], "x"))).toEqual({
      settings: { reviewStep: { helpText: "x" } },
    });
  });

  it("moves an entry of a list as splicing does", () => {
    fc.assert(
      fc.property(list, fc.nat(), fc.nat(), indent, (before, a, b, space) => {
        const [from, to] = [a % before.length, b % before.length];
        const after = [...before];
        after.splice(to, 0, ...after.splice(from, 1));
        expect(valueOf(move(written({ fields: before }, space), ["fields"], from, to))).toEqual(
          same({ fields: after }),
        );
      }),
    );
  });

  it("inserts, copies and removes entries", () => {
    fc.assert(
      fc.property(list, fc.nat(), json, indent, (before, a, value, space) => {
        const index = a % before.length;
        const text = written({ fields: before }, space);
        expect(valueOf(insert(text, ["fields"], index, value))).toEqual(
          same({ fields: before.toSpliced(index, 0, value) }),
        );
        expect(valueOf(copy(text, ["fields"], index))).toEqual(
          same({ fields: before.toSpliced(index, 0, before[index] as Json) }),
        );
        expect(valueOf(put(text, ["fields", index], undefined))).toEqual(same({ fields: before.toSpliced(index, 1) }));
      }),
    );
  });

  it("makes the list when the first entry comes", () => {
    expect(valueOf(insert("{}", ["fields"], 0, "x"))).toEqual({ fields: ["x"] });
    expect(valueOf(insert('{"fields": null}', ["fields"], 0, "x"))).toEqual({ fields: ["x"] });
  });
});

describe("nothing else of the text changes", () => {
  const exact = '{"fields": [{"key": "a", "max": 12345678901234567890.10}, {"key": "b"}],  "mine": 1e2}';

  it("keeps the digits of a number that JavaScript cannot hold", () => {
    for (const text of [
      put(exact, ["fields", 1, "label"], "B"),
      move(exact, ["fields"], 0, 1),
      copy(exact, ["fields"], 0),
      put(exact, ["fields", 1], undefined),
      laidOut(exact),
    ]) {
      expect(text).toContain("12345678901234567890.10");
      expect(text).toContain("1e2");
    }
  });

  it("is the same text when a field is moved there and back", () => {
    fc.assert(
      fc.property(list, fc.nat(), fc.nat(), (before, a, b) => {
        const text = write({ fields: before });
        const [from, to] = [a % before.length, b % before.length];
        expect(move(move(text, ["fields"], from, to), ["fields"], to, from)).toBe(text);
      }),
    );
  });
});

describe("what cannot be read", () => {
  it("is said with its place", () => {
    expect(read('{"fields": [}').problem).toMatchObject({ kind: "syntax", offset: 12 });
    expect(read("[]").problem).toMatchObject({ kind: "object" });
    expect(read("").problem).toMatchObject({ kind: "syntax" });
    expect(read('{"a": 1 /* no */}').problem).toMatchObject({ kind: "syntax" });
    expect(read('{"a": [1,]}').problem).toMatchObject({ kind: "syntax" });
  });

  it("is a key that stands twice, because one of its two meanings would be lost", () => {
    expect(read('{"fields": [{"key": "a", "key": "b"}]}').problem).toMatchObject({
      kind: "twice",
      key: "key",
      offset: 25,
    });
  });

  it("never throws, whatever is typed, and says the same as JSON.parse", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          object.map((value) => JSON.stringify(value).slice(0, -1)),
        ),
        (text) => {
          const { problem } = read(text);
          if (!problem) expect(() => JSON.parse(text) as unknown).not.toThrow();
        },
      ),
    );
  });
});

describe("places", () => {
  it("reads the server's paths", () => {
    expect(pathOf("fields[2].validators[0].regex")).toEqual(["fields", 2, "validators", 0, "regex"]);
    expect(pathOf("settings.importIdentifier")).toEqual(["settings", "importIdentifier"]);
    expect(pathOf("")).toEqual([]);
  });

  it("are the value, the name of an object, or the nearest thing that is there", () => {
    const text = '{"fields": [{"key": "a", "validators": []}]}';
    const shown = (written: string) => {
      const place = placeOf(text, pathOf(written));
      return place && text.slice(place.from, place.to);
    };
    expect(shown("fields[0].key")).toBe('"a"');
    expect(shown("fields[0].validators")).toBe('"validators"');
    expect(shown("fields[0].label")).toBe("{");
    expect(shown("settings")).toBe("{");
  });

  it("are followed in values without tripping over what is not there", () => {
    expect(at({ fields: [{ key: "a" }] }, ["fields", 0, "key"])).toBe("a");
    expect(at({ fields: [{ key: "a" }] }, ["fields", 1, "key"])).toBeUndefined();
    expect(at({}, ["constructor"])).toBeUndefined();
    expect(at({ fields: "x" }, ["fields", "length"])).toBeUndefined();
  });
});
