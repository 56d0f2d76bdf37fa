import { autocompletion, type CompletionContext, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { Annotation, EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useEffectEvent, useRef } from "react";
import type { FieldInfo } from "../../../api/types";
import { nonce } from "../../../nonce";
import { completeFields } from "./completion";

/** Marks a text that came from outside of the editor, which needs not be told of it. */
const REPLACED = Annotation.define<boolean>();

interface Props {
  value: string;
  label: string;
  fields: readonly FieldInfo[];
  /** Id of what describes it or says what is wrong with it. */
  describedBy: string;
  invalid: boolean;
  onChange: (value: string) => void;
}

/** The colours of theme.css, so that both themes fit. */
const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: "var(--hg-accent)" },
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
  ".cm-scroller": { minHeight: "110px", maxHeight: "300px", fontFamily: "ui-monospace, monospace" },
  ".cm-content": { caretColor: "var(--hg-ink)", padding: "8px 4px" },
  ".cm-cursor": { borderLeftColor: "var(--hg-ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { background: "var(--hg-fix-bg)" },
  ".cm-tooltip": {
    border: "1px solid var(--hg-line)",
    backgroundColor: "var(--hg-panel)",
    color: "var(--hg-ink)",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--hg-tint)", color: "var(--hg-ink)" },
});

/** An editor of JavaScript that knows the fields of the schema. Tab leaves it, as in any field of a form. */
export function ExpressionEditor({ value, label, fields, describedBy, invalid, onChange }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  const changed = useEffectEvent(onChange);
  const complete = useEffectEvent((context: CompletionContext) => completeFields(context, fields));
  const start = useEffectEvent(() => value);

  useEffect(() => {
    if (!place.current) return;
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: start(),
        extensions: [
          history(),
          bracketMatching(),
          javascript(),
          autocompletion({ override: [(context) => complete(context)] }),
          syntaxHighlighting(COLOURS),
          LOOK,
          EditorView.cspNonce.of(nonce()),
          EditorView.lineWrapping,
          EditorView.updateListener.of(
            (update) =>
              update.docChanged &&
              update.transactions.some((one) => !one.annotation(REPLACED)) &&
              changed(update.state.doc.toString()),
          ),
          keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        ],
      }),
    });
    editor.current = view;
    return () => view.destroy();
  }, []);

  useEffect(() => {
    const content = editor.current?.contentDOM;
    content?.setAttribute("aria-label", label);
    content?.setAttribute("aria-describedby", describedBy);
    content?.setAttribute("aria-invalid", String(invalid));
  }, [label, describedBy, invalid]);

  useEffect(() => {
    const view = editor.current;
    if (!view || view.state.doc.toString() === value) return;
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: value },
      annotations: REPLACED.of(true),
    });
  }, [value]);

  return <div ref={place} dir="ltr" />;
}
