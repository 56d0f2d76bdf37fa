import {
  autocompletion,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { nonce } from "../nonce";
import { look } from "./look";

/** Marks a text that came from outside of the editor, which needs not be told of it. */
const REPLACED = Annotation.define<boolean>();

type Completions = CompletionResult | null | Promise<CompletionResult | null>;

interface Props {
  value: string;
  label: string;
  /** Id of what describes it or says what is wrong with it. */
  describedBy?: string | undefined;
  invalid?: boolean;
  readOnly?: boolean;
  /** The language and what else is fixed; read once, when the editor is made. */
  extensions: Extension;
  complete?: (context: CompletionContext) => Completions;
  /** What is wrong, at its place. */
  problems?: readonly Diagnostic[] | undefined;
  onChange: (value: string) => void;
  /** Hears of the editor when it is there, and of null when it goes. */
  onView?: (view: EditorView | null) => void;
}

/** An editor of code. Tab leaves it, as in any field of a form. */
export function CodeEditor(props: Props) {
  const { value, label, describedBy, invalid = false, readOnly = false, problems } = props;
  const [writable] = useState(() => new Compartment());
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  const changed = useEffectEvent(props.onChange);
  const there = useEffectEvent((view: EditorView | null) => props.onView?.(view));
  const complete = useEffectEvent((context: CompletionContext) => props.complete?.(context) ?? null);
  const start = useEffectEvent(() => ({
    doc: value,
    extensions: props.extensions,
    marks: props.problems !== undefined,
  }));

  useEffect(() => {
    if (!place.current) return;
    const first = start();
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: first.doc,
        extensions: [
          history(),
          bracketMatching(),
          first.extensions,
          first.marks ? lintGutter() : [],
          autocompletion({ override: [(context) => complete(context)] }),
          writable.of(EditorState.readOnly.of(false)),
          look,
          EditorView.cspNonce.of(nonce()),
          EditorView.lineWrapping,
          // Who cannot use a mouse scrolls long code from here; not every tool takes contenteditable for focusable.
          EditorView.contentAttributes.of({ tabindex: "0" }),
          EditorView.updateListener.of(
            (update) =>
              update.docChanged &&
              update.transactions.some((one) => one.docChanged && !one.annotation(REPLACED)) &&
              changed(update.state.doc.toString()),
          ),
          keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        ],
      }),
    });
    editor.current = view;
    there(view);
    return () => {
      there(null);
      view.destroy();
    };
  }, [writable]);

  useEffect(() => {
    const content = editor.current?.contentDOM;
    content?.setAttribute("aria-label", label);
    if (describedBy) content?.setAttribute("aria-describedby", describedBy);
    else content?.removeAttribute("aria-describedby");
    content?.setAttribute("aria-invalid", String(invalid));
  }, [label, describedBy, invalid]);

  useEffect(() => {
    const view = editor.current;
    if (!view || view.state.doc.toString() === value) return;
    view.dispatch({ changes: difference(view.state.doc.toString(), value), annotations: REPLACED.of(true) });
  }, [value]);

  useEffect(() => {
    const view = editor.current;
    if (!view || !problems) return;
    // A problem may be of a text that was changed since.
    const end = view.state.doc.length;
    const inside = problems.map((one) => ({ ...one, from: Math.min(one.from, end), to: Math.min(one.to, end) }));
    view.dispatch(setDiagnostics(view.state, inside));
  }, [problems]);

  useEffect(() => {
    editor.current?.dispatch({ effects: writable.reconfigure(EditorState.readOnly.of(readOnly)) });
  }, [writable, readOnly]);

  return <div ref={place} dir="ltr" />;
}

/** The one stretch in which two texts differ: what stands before and behind it keeps its cursor, folds and marks. */
export function difference(before: string, after: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
