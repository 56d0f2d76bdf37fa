import { Store } from "../../state/store";
import { type Json, type JsonObject, type Path, put, read, type Unreadable } from "./text";

/** A schema that is being worked on. */
export interface DocumentState {
  /** What the JSON view shows and what is saved. */
  readonly text: string;
  /** What the text said when it could be read last: what the form shows. */
  readonly value: JsonObject;
  /** Why the text cannot be read now. */
  readonly problem: Unreadable | null;
  /** The text as the server has it; null for a schema that was never saved. */
  readonly saved: string | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

interface Draft {
  text: string;
  /** What the server had when the draft was begun, and which version that was. */
  base: string | null;
  tag?: string | null;
}

type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Names no version: what is based on it replaces nothing without being asked. */
const NO_VERSION = '"0"';
const REMEMBERED = 200;
/** Milliseconds within which typing into one place counts as one change. */
const ONE_CHANGE = 1_500;

/**
 * The text of a schema, and what it says. JSON view and form both change the text; the form shows what it said last.
 * Whatever is not saved yet stands in `storage` too, so that closing the page loses nothing.
 */
export class SchemaDocument {
  readonly state: Store<DocumentState>;
  /** What the draft of an earlier visit was begun from, when it is not what the server has now. */
  readonly restored: "none" | "same" | "older";
  readonly #storage: DraftStorage;
  readonly #name: string;
  #past: string[] = [];
  #future: string[] = [];
  #last = { mark: "", at: 0 };
  /** The version that the server has as far as it is known here, and the one that the text was begun from. */
  #savedTag: string | null;
  #basedOn: string | null;

  constructor(
    id: string,
    saved: string | null,
    fresh: string,
    storage: DraftStorage,
    /** The version that `saved` is, as its ETag. */
    tag: string | null = null,
  ) {
    this.#storage = storage;
    this.#name = `headgate-schema:${id}`;
    const draft = draftIn(storage.getItem(this.#name));
    const base = saved ?? fresh;
    this.restored = !draft || draft.text === base ? "none" : draft.base === saved ? "same" : "older";
    this.#savedTag = tag;
    this.#basedOn = this.restored === "older" ? (draft?.tag ?? NO_VERSION) : tag;
    const { value } = read(base);
    this.state = new Store<DocumentState>({
      text: base,
      value: value ?? {},
      problem: null,
      saved,
      canUndo: false,
      canRedo: false,
    });
    if (draft && this.restored !== "none") this.#show(draft.text);
  }

  /** Whether there is anything that the server does not have. */
  get dirty(): boolean {
    const { text, saved } = this.state.get();
    return text !== saved;
  }

  /** The version that saving would replace, as its ETag; null for a schema that was never saved. */
  get basedOn(): string | null {
    return this.#basedOn;
  }

  /** A text that was typed into the JSON view. */
  typed(text: string): void {
    this.#change(text, "json");
  }

  /** A change by the form; not while the text cannot be read, because the form does not show what it says. */
  edit(change: (text: string) => string, mark = ""): void {
    const { text, problem } = this.state.get();
    if (!problem) this.#change(change(text), mark);
  }

  /** Set what stands at a place of the schema; `undefined` takes it away. */
  put(path: Path, value: Json | undefined): void {
    this.edit((text) => put(text, path, value), path.join("."));
  }

  undo(): void {
    const text = this.#past.pop();
    if (text === undefined) return;
    this.#future.push(this.state.get().text);
    this.#last = { mark: "", at: 0 };
    this.#show(text);
  }

  redo(): void {
    const text = this.#future.pop();
    if (text === undefined) return;
    this.#past.push(this.state.get().text);
    this.#last = { mark: "", at: 0 };
    this.#show(text);
  }

  /** The server has `text` now. What was typed while it was being saved stays unsaved. */
  wasSaved(text: string, tag: string | null): void {
    this.#savedTag = tag;
    this.#basedOn = tag;
    this.state.set({ ...this.state.get(), saved: text });
    this.#keep();
  }

  /** Another text from the server, such as a restored version; undo leads back to what was there. */
  replace(text: string, tag: string | null): void {
    if (text !== this.state.get().text) this.#change(text, "");
    this.wasSaved(text, tag);
  }

  /** Back to what the server has. */
  discard(): void {
    const { saved } = this.state.get();
    this.#basedOn = this.#savedTag;
    if (saved !== null) this.#change(saved, "");
    this.#storage.removeItem(this.#name);
  }

  /** Back to the text that could be read last. */
  backToReadable(): void {
    const readable = this.#past.findLast((text) => read(text).problem === null) ?? this.state.get().saved;
    if (readable !== null) this.#change(readable, "");
  }

  /** Forget the draft: the schema was saved under another name, or is not wanted. */
  forget(): void {
    this.#storage.removeItem(this.#name);
  }

  #change(text: string, mark: string): void {
    const { text: before } = this.state.get();
    if (text === before) return;
    const now = Date.now();
    const together = mark !== "" && mark === this.#last.mark && now - this.#last.at < ONE_CHANGE;
    if (!together) this.#past = [...this.#past, before].slice(-REMEMBERED);
    this.#future = [];
    this.#last = { mark, at: now };
    this.#show(text);
  }

  #show(text: string): void {
    const state = this.state.get();
    const { value, problem } = read(text);
    this.state.set({
      ...state,
      text,
      value: value ?? state.value,
      problem,
      canUndo: this.#past.length > 0,
      canRedo: this.#future.length > 0,
    });
    this.#keep();
  }

  #keep(): void {
    const { text, saved } = this.state.get();
    try {
      if (text === saved) this.#storage.removeItem(this.#name);
      else this.#storage.setItem(this.#name, JSON.stringify({ text, base: saved, tag: this.#basedOn } satisfies Draft));
    } catch {
      // A full storage keeps nothing; leaving the page still asks.
    }
  }
}

function draftIn(stored: string | null): Draft | null {
  if (stored === null) return null;
  try {
    const draft = JSON.parse(stored) as Partial<Draft> | null;
    const based = typeof draft?.base === "string" || draft?.base === null;
    if (!draft || typeof draft.text !== "string" || !based) return null;
    return { text: draft.text, base: draft.base ?? null, tag: typeof draft.tag === "string" ? draft.tag : null };
  } catch {
    return null;
  }
}
