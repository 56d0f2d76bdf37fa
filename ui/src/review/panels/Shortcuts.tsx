import { useEffect } from "react";
import { useSeek, useSeekKeys } from "./useSeek";
import { useUndo } from "./UndoRedo";

/** Keys that work wherever the focus is in the step. */
export function Shortcuts() {
  const seek = useSeek();
  const { undo, redo } = useUndo();
  useSeekKeys(seek);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
      // In a field the keys take back what was typed there, and a dialog stands before the rows.
      if (event.target instanceof Element && event.target.closest("input, textarea, [contenteditable], [role=dialog]"))
        return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) redo();
      else undo();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  });
  return null;
}
