import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** The colours of theme.css, so that both themes fit. */
const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.propertyName], color: "var(--hg-accent)" },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: "var(--hg-fix)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--hg-warning)" },
  { tag: tags.comment, color: "var(--hg-soft)", fontStyle: "italic" },
]);

const LOOK = EditorView.theme({
  "&": {
    border: "1px solid var(--hg-edge)",
    borderRadius: "var(--hg-radius)",
    backgroundColor: "var(--hg-panel)",
    fontSize: "13px",
  },
  "&.cm-focused": { outline: "2px solid var(--hg-focus)", outlineOffset: "1px" },
  ".cm-scroller": {
    minHeight: "var(--hg-code-min, 110px)",
    maxHeight: "var(--hg-code-max, 300px)",
    fontFamily: "ui-monospace, monospace",
  },
  ".cm-content": { caretColor: "var(--hg-ink)", padding: "8px 4px" },
  ".cm-cursor": { borderLeftColor: "var(--hg-ink)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--hg-soft)", border: "0" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--hg-ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { background: "var(--hg-fix-bg)" },
  ".cm-tooltip": {
    border: "1px solid var(--hg-line)",
    backgroundColor: "var(--hg-panel)",
    color: "var(--hg-ink)",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--hg-tint)", color: "var(--hg-ink)" },
  ".cm-diagnostic": { fontFamily: "var(--hg-font)", padding: "4px 10px" },
  ".cm-diagnostic-error": { borderInlineStart: "3px solid var(--hg-error)", borderLeft: "" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--hg-error)",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--hg-warning)",
    textUnderlineOffset: "3px",
  },
});

/** How code looks everywhere in the pages. */
export const look: Extension = [LOOK, syntaxHighlighting(COLOURS)];
