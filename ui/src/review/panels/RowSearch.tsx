import { useLingui } from "@lingui/react/macro";
import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useGridView } from "../../state/grid-view";
import { useStore } from "../../state/store";
import classes from "./panels.module.css";

const TYPING_PAUSE = 250;

/** Rows that have a text in any column. Control+F comes here, because the browser's own search sees the rows on the screen only. */
export function RowSearch() {
  const { t } = useLingui();
  const grid = useGridView();
  const shown = useStore(grid.view).search ?? "";
  const [text, setText] = useState(shown);
  const [seen, setSeen] = useState(shown);
  const field = useRef<HTMLInputElement>(null);
  const search = useDebouncedCallback((wanted: string) => {
    const view = grid.view.get();
    if ((view.search ?? "") !== wanted) grid.show({ ...view, search: wanted || null });
  }, TYPING_PAUSE);
  // Somebody else of the page took the search away: then it has no place in the field either.
  if (seen !== shown) {
    setSeen(shown);
    if (shown === "") setText("");
  }
  const type = (wanted: string) => {
    setText(wanted);
    search(wanted);
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "f" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      // A second press is for the browser's own search, and a dialog stands before the rows.
      if (document.activeElement === field.current || document.querySelector("[role=dialog]")) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <TextInput
      ref={field}
      className={classes.search}
      size="xs"
      type="search"
      aria-label={t`Search all columns`}
      aria-keyshortcuts="Control+F"
      placeholder={t`Search`}
      value={text}
      onChange={(event) => type(event.target.value)}
      onKeyDown={(event) => event.key === "Escape" && type("")}
      rightSection={
        text && (
          <CloseButton
            size="xs"
            aria-label={t`Clear the search`}
            onClick={() => {
              type("");
              field.current?.focus();
            }}
          />
        )
      }
    />
  );
}
