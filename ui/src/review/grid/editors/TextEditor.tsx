import { useLingui } from "@lingui/react/macro";
import { type FocusEvent, type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import type { After, EditorProps } from "../editing";
import classes from "./Editors.module.css";
import { useExactText } from "./useExactText";

interface Props extends EditorProps {
  /** Stands below the text, and may set it. */
  children?: (text: string, choose: (text: string) => void) => ReactNode;
}

/** Edits the text of a cell as it stands. Enter stores it, Alt+Enter starts a new line in it. */
export function TextEditor({ editing, commit, cancel, children }: Props) {
  const { t } = useLingui();
  const { label, masked } = editing.placed.column;
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const exact = useExactText(editing);
  const [typed, setTyped] = useState<string | null>(editing.replace ? "" : null);
  const text = typed ?? exact.text ?? editing.shown ?? "";
  const waiting = typed === null && exact.text === undefined;
  const seen = editing.placed.column.formatted && editing.replace ? undefined : exact.text;

  useLayoutEffect(() => {
    field.current?.focus();
  }, []);
  useLayoutEffect(() => {
    if (!waiting && !editing.replace) field.current?.select();
  }, [waiting, editing.replace]);

  const finish = (after: After) => (waiting ? cancel() : commit(text, seen, after));
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const after = endingKey(event);
    if (event.key === "Enter" && event.altKey) {
      event.preventDefault();
      // Typed like any other character, so that the browser can take it back.
      field.current?.setRangeText("\n", field.current.selectionStart, field.current.selectionEnd, "end");
      setTyped(field.current?.value ?? text);
    } else if (event.key === "Escape") {
      event.preventDefault();
      cancel();
    } else if (after) {
      event.preventDefault();
      finish(after);
    }
    event.stopPropagation();
  };
  const blur = (event: FocusEvent) => {
    const to = event.relatedTarget;
    // A part of the editor may stand elsewhere on the page. Leaving the window is no leaving of the editor.
    if (!document.hasFocus() || (to instanceof Element && to.closest("[data-editor]"))) return;
    finish("elsewhere");
  };
  return (
    // The keys are those of the field within.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={box} className={classes.box} data-editor="" onKeyDown={press} onBlur={blur}>
      <textarea
        ref={field}
        className={classes.text}
        rows={1}
        aria-label={t`Edit ${label}`}
        placeholder={masked ? t`New value` : undefined}
        readOnly={waiting}
        aria-busy={waiting}
        value={text}
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {exact.failed && (
        <p className={classes.problem} role="alert">
          {t`The exact value cannot be loaded now. Press Escape and try again, or type a new value.`}
        </p>
      )}
      {children?.(text, (chosen) => commit(chosen, seen, "here"))}
    </div>
  );
}

/** Where a key that ends an editor goes on to. */
export function endingKey({ key, shiftKey, altKey }: KeyboardEvent): After | null {
  if (altKey) return null;
  if (key === "Enter") return shiftKey ? "up" : "down";
  if (key === "Tab") return shiftKey ? "previous" : "next";
  return null;
}
