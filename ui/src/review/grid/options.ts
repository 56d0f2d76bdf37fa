import type { FieldInfo } from "../../api/types";
import type { Editing } from "./editing";

export interface Option {
  readonly label: string;
  readonly value: string;
}

/** What may stand in a cell: its own options where it has some, else those of its field. */
export const optionsOf = (editing: Editing, field: FieldInfo | undefined): readonly Option[] =>
  editing.mark?.options ?? field?.select_options ?? [];

/** The text that stands for an option in a cell: its label, unless another option goes by the same text. */
export function textOf(option: Option, options: readonly Option[]): string {
  const { label, value } = option;
  const taken = options.some((other) => other !== option && (other.label === label || other.value === label));
  return taken ? value : label;
}

export const optionOf = (text: string | null, options: readonly Option[]): Option | undefined =>
  options.find(({ label }) => label === text) ?? options.find(({ value }) => value === text);

/** The options whose label or value has the words of a search, those that begin with it first. */
export function found(options: readonly Option[], search: string): Option[] {
  const wanted = folded(search.trim());
  if (!wanted) return [...options];
  const fits = options.filter(({ label, value }) => folded(label).includes(wanted) || folded(value).includes(wanted));
  const begins = ({ label }: Option) => (folded(label).startsWith(wanted) ? 0 : 1);
  return fits.sort((a, b) => begins(a) - begins(b));
}

const folded = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** The delimiter of a multi-select's lists: the type's option, else a comma. */
export function delimiterOf(field: FieldInfo | undefined): string {
  const delimiter = field?.type_options.delimiter;
  return typeof delimiter === "string" && delimiter ? delimiter : ",";
}

/**
 * The parts of a delimited list, without white space around them. A part in quotes may hold the delimiter, with its own quotes
 * doubled; a quote that is never closed is text itself.
 */
export function splitList(text: string, delimiter: string): string[] {
  const parts: string[] = [];
  let place = 0;
  while (place <= text.length) {
    const start = place + (/^\s*/.exec(text.slice(place))?.[0].length ?? 0);
    const closed = text[start] === '"' ? closingQuote(text, start, delimiter) : -1;
    if (closed >= 0) parts.push(text.slice(start + 1, closed).replaceAll('""', '"'));
    const end = text.indexOf(delimiter, closed >= 0 ? closed : place);
    if (closed < 0) parts.push(text.slice(place, end < 0 ? undefined : end).trim());
    if (end < 0) break;
    place = end + delimiter.length;
  }
  return parts.filter((part) => part !== "");
}

/** Where the quoted part ends; −1 where nothing but white space and a delimiter may follow, and something else does. */
function closingQuote(text: string, start: number, delimiter: string): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  if (end < 0) return -1;
  const rest = text.slice(end + 1).trimStart();
  return rest === "" || rest.startsWith(delimiter) ? end : -1;
}

export const joinList = (parts: readonly string[], delimiter: string): string =>
  parts
    .map((part) =>
      part.includes(delimiter) || part.includes('"') || part !== part.trim() ? `"${part.replaceAll('"', '""')}"` : part,
    )
    .join(delimiter.trim() === delimiter && delimiter !== "\n" ? `${delimiter} ` : delimiter);
