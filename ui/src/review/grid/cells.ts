import type { CellMark } from "../../api/types";
import type { PlacedColumn } from "./columns";
import classes from "./Cells.module.css";

/** How a cell looks, as bits: comparing and setting one number is all that most cells cost in a step of scrolling. */
export const LOOK = {
  error: 1,
  warning: 2,
  info: 4,
  autofix: 8,
  changed: 16,
  selected: 32,
  active: 64,
  saving: 128,
  readOnly: 256,
  checkbox: 512,
  checked: 1024,
  number: 2048,
  pinned: 4096,
  lastPinned: 8192,
} as const;

const NAMES = Object.entries(LOOK) as [keyof typeof LOOK, number][];
const known = new Map<number, string>();

function classOf(look: number): string {
  let name = known.get(look);
  if (name === undefined) {
    name = [classes.cell, ...NAMES.filter(([, bit]) => look & bit).map(([part]) => classes[part])].join(" ");
    known.set(look, name);
  }
  return name;
}

/** The look that a column gives to all of its cells. */
export function lookOfColumn({ column, pinned, index }: PlacedColumn, pinnedColumns: number): number {
  return (
    (column.read_only ? LOOK.readOnly : 0) |
    (column.type === "checkbox" ? LOOK.checkbox : 0) |
    (column.type === "number" ? LOOK.number : 0) |
    (pinned ? LOOK.pinned : 0) |
    (pinned && index === pinnedColumns - 1 ? LOOK.lastPinned : 0)
  );
}

export function lookOfMark(mark: CellMark | undefined, highlightAutoFixes: boolean): number {
  if (!mark) return 0;
  return (
    (mark.level ? LOOK[mark.level] : 0) |
    (mark.changed ? LOOK.changed : 0) |
    (mark.autofix && highlightAutoFixes ? LOOK.autofix : 0)
  );
}

let lastId = 0;

/** One cell of the page, used again and again for other rows. */
export class CellNode {
  readonly element = document.createElement("div");
  readonly #text = document.createTextNode("");
  #note: HTMLElement | null = null;
  #shown = "";
  #said = "";
  #look = 0;

  constructor(placed: PlacedColumn) {
    this.element.className = classOf(0);
    this.element.setAttribute("role", "gridcell");
    this.element.tabIndex = -1;
    this.element.append(this.#text);
    this.place(placed);
  }

  place({ index, start, width }: PlacedColumn): void {
    const { element } = this;
    element.setAttribute("aria-colindex", String(index + 2));
    element.style.insetInlineStart = `${start}px`;
    element.style.inlineSize = `${width}px`;
  }

  draw(text: string, look: number, said: string): void {
    if (text !== this.#shown) {
      this.#shown = text;
      this.#text.nodeValue = text;
    }
    if (look !== this.#look) this.#setLook(look);
    if (said !== this.#said) this.#say(said);
  }

  #setLook(look: number): void {
    const { element } = this;
    const changed = look ^ this.#look;
    this.#look = look;
    element.className = classOf(look);
    if (changed & LOOK.error) set(element, "aria-invalid", look & LOOK.error);
    if (changed & LOOK.selected) set(element, "aria-selected", look & LOOK.selected);
    if (changed & LOOK.readOnly) set(element, "aria-readonly", look & LOOK.readOnly);
    if (changed & LOOK.active) element.tabIndex = look & LOOK.active ? 0 : -1;
  }

  /** The words behind the marks: not part of the cell's text, but what a screen reader adds to it. */
  #say(text: string): void {
    this.#said = text;
    if (!this.#note) {
      this.#note = document.createElement("span");
      this.#note.hidden = true;
      this.#note.id = `hg-note-${++lastId}`;
      this.element.append(this.#note);
    }
    this.#note.textContent = text;
    if (text) this.element.setAttribute("aria-describedby", this.#note.id);
    else this.element.removeAttribute("aria-describedby");
  }
}

const set = (element: HTMLElement, name: string, on: number): void =>
  on ? element.setAttribute(name, "true") : element.removeAttribute(name);
