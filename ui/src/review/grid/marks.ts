import { msg } from "@lingui/core/macro";
import type { CellMark, GridRow } from "../../api/types";
import { i18n } from "../../i18n";

type Message = CellMark["messages"][number];

const LEVELS = {
  error: msg`Error`,
  warning: msg`Warning`,
  info: msg`Note`,
} as const;

const line = ({ level, text }: Message): string => `${i18n._(LEVELS[level])}: ${text}`;

/** What marks say, by language and choice: a mark is drawn many times, and never changes. */
const known = new WeakMap<CellMark, { readonly key: string; readonly text: string }>();

/** What a mark says, a sentence a line; empty where it says nothing. */
export function describe(mark: CellMark, highlightAutoFixes: boolean): string {
  const key = `${i18n.locale} ${Number(highlightAutoFixes)}`;
  const before = known.get(mark);
  if (before?.key === key) return before.text;
  const text = textOf(mark, highlightAutoFixes);
  known.set(mark, { key, text });
  return text;
}

function textOf(mark: CellMark, highlightAutoFixes: boolean): string {
  const lines = mark.messages.map(line);
  const { original } = mark;
  if (mark.changed)
    lines.push(
      original === null
        ? i18n._(msg`Changed in this review.`)
        : i18n._(msg`Changed in this review. In the file: ${original}`),
    );
  else if (mark.autofix && highlightAutoFixes)
    lines.push(
      original === null
        ? i18n._(msg`Corrected automatically.`)
        : i18n._(msg`Corrected automatically. In the file: ${original}`),
    );
  return lines.join("\n");
}

/** What is to be said about a row as such. */
export function describeRow(row: GridRow): string {
  if (row.number !== null && !row.messages.length) return "";
  const lines = row.messages.map(line);
  if (row.number === null) lines.unshift(i18n._(msg`Added in this review.`));
  return lines.join("\n");
}
