import { beforeEach, describe, expect, it } from "vitest";
import { SchemaDocument } from "./document";
import { move } from "./text";

const SAVED = '{"name": "Contacts", "fields": [{"key": "a"}, {"key": "b"}]}\n';
const open = (saved: string | null = SAVED) => new SchemaDocument("1", saved, '{"fields": []}', sessionStorage);

beforeEach(() => sessionStorage.clear());

describe("form and JSON", () => {
  it("show the same after a change in either", () => {
    const document = open();
    document.put(["name"], "People");
    expect(document.state.get().text).toContain('"People"');
    document.typed('{"name": "Persons"}');
    expect(document.state.get().value).toEqual({ name: "Persons" });
  });

  it("keep what could be read last while the JSON cannot be read, and say where", () => {
    const document = open();
    document.typed('{"name": "Contacts", "fields": [');
    const { value, problem, text } = document.state.get();
    expect(value).toMatchObject({ name: "Contacts", fields: [{ key: "a" }, { key: "b" }] });
    expect(problem).not.toBeNull();
    document.put(["name"], "lost?");
    expect(document.state.get().text).toBe(text);
    document.backToReadable();
    expect(document.state.get()).toMatchObject({ problem: null, text: SAVED });
  });
});

describe("undo", () => {
  it("takes back what was typed into one place as one change, and brings it again", () => {
    const document = open();
    for (const text of ["P", "Pe", "Peo"]) document.put(["name"], text);
    document.edit((text) => move(text, ["fields"], 0, 1));
    document.undo();
    expect(document.state.get().value).toMatchObject({ name: "Peo", fields: [{ key: "a" }, { key: "b" }] });
    document.undo();
    expect(document.state.get()).toMatchObject({ text: SAVED, canUndo: false, canRedo: true });
    document.redo();
    document.redo();
    expect(document.state.get().value).toMatchObject({ name: "Peo", fields: [{ key: "b" }, { key: "a" }] });
  });

  it("has nothing to bring again after another change", () => {
    const document = open();
    document.put(["name"], "A");
    document.undo();
    document.put(["name"], "B");
    document.redo();
    expect(document.state.get()).toMatchObject({ canRedo: false, value: { name: "B" } });
  });
});

describe("what is not saved", () => {
  it("is there again when the page is opened anew, even when it cannot be read", () => {
    open().typed('{"name": "half');
    const again = open();
    expect(again.restored).toBe("same");
    expect(again.dirty).toBe(true);
    expect(again.state.get().text).toBe('{"name": "half');
    expect(again.state.get().value).toMatchObject({ name: "Contacts" });
  });

  it("says so when somebody else saved meanwhile", () => {
    open().put(["name"], "Mine");
    const again = open('{"name": "Theirs"}');
    expect(again.restored).toBe("older");
    expect(again.state.get().value).toMatchObject({ name: "Mine" });
    again.discard();
    expect(again.state.get().value).toEqual({ name: "Theirs" });
    expect(open('{"name": "Theirs"}').restored).toBe("none");
  });

  it("is only what was typed while the rest was being saved", () => {
    const document = open();
    document.put(["name"], "A");
    const sent = document.state.get().text;
    document.put(["name"], "B");
    document.wasSaved(sent, null);
    expect(document.dirty).toBe(true);
    document.wasSaved(document.state.get().text, null);
    expect(document.dirty).toBe(false);
    expect(sessionStorage.length).toBe(0);
  });

  it("does no harm when it was stored by something else", () => {
    for (const stored of ["null", "{", '{"text": 1}', '{"text": "x"}']) {
      sessionStorage.setItem("headgate-schema:1", stored);
      expect(open().state.get().text).toBe(SAVED);
    }
  });
});

describe("the version that saving would replace", () => {
  const at = (tag: string, saved = SAVED) => new SchemaDocument("1", saved, saved, sessionStorage, tag);

  it("is the one that was opened, and after saving the one that was saved", () => {
    const document = at('"3"');
    document.typed('{"fields": [], "name": "mine"}');
    expect(document.basedOn).toBe('"3"');
    document.wasSaved(document.state.get().text, '"4"');
    expect(document.basedOn).toBe('"4"');
  });

  it("is for a draft of an earlier visit the one that it was begun from", () => {
    at('"3"').typed('{"fields": [], "name": "mine"}');
    expect(at('"3"').basedOn).toBe('"3"');
    const later = at('"4"', '{"fields": [], "name": "theirs"}');
    expect(later.restored).toBe("older");
    expect(later.basedOn).toBe('"3"');
    later.discard();
    expect(later.basedOn).toBe('"4"');
  });

  it("is none for a draft that does not say it, so that nothing is replaced unasked", () => {
    sessionStorage.setItem("headgate-schema:1", JSON.stringify({ text: "{}", base: '{"name": "before"}' }));
    expect(at('"4"').basedOn).toBe('"0"');
  });

  it("is theirs once it was taken, with the way back to mine", () => {
    const document = at('"3"');
    document.typed('{"fields": [], "name": "mine"}');
    document.replace('{"fields": [], "name": "theirs"}', '"4"');
    expect(document.dirty).toBe(false);
    document.undo();
    expect(document.state.get().text).toContain("mine");
    expect(document.basedOn).toBe('"4"');
  });
});
