import { lazy, Suspense } from "react";
import type { EditorProps } from "../editing";
import classes from "./Editors.module.css";
import { TextEditor } from "./TextEditor";

// The calendar comes when the first date is edited; typing does not wait for it.
const Calendar = lazy(() => import("./Calendar"));

/** A date as text, as it may be typed in any form, and a calendar to pick it from. */
export function DateEditor(props: EditorProps) {
  return (
    <TextEditor {...props}>
      {(text, choose) => (
        <div className={classes.calendar}>
          <Suspense fallback={null}>
            <Calendar text={text} choose={choose} />
          </Suspense>
        </div>
      )}
    </TextEditor>
  );
}
