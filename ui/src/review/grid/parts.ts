import type { GridView } from "../../state/grid-view";
import type { ReviewSession } from "../../state/session";
import { GridChanges } from "./changes";
import { GridClipboard } from "./clipboard";
import { GridController } from "./controller";
import type { GridCore } from "./core";
import { GridEditors } from "./editors";
import classes from "./Grid.module.css";
import { FillHandle } from "./handle";
import { GridKeyboard } from "./keyboard";
import { GridPointer } from "./pointer";
import { GridTooltip } from "./tooltip";

/** What a grid can do, apart from what it shows. */
export interface GridParts {
  readonly grid: GridController;
  readonly changes: GridChanges;
  readonly editors: GridEditors;
  readonly clipboard: GridClipboard;
  readonly keyboard: GridKeyboard;
}

export function makeParts(session: ReviewSession, view: GridView, importId: string): GridParts {
  const grid = new GridController(session, view, importId);
  const changes = new GridChanges(grid);
  const editors = new GridEditors(grid, changes);
  const clipboard = new GridClipboard(grid, changes);
  const keyboard = new GridKeyboard(grid, changes, editors);
  return { grid, changes, editors, clipboard, keyboard };
}

/** Joins the parts with a grid that is on the page, until the signal ends. */
export function attach(
  { grid, changes, editors, clipboard, keyboard }: GridParts,
  core: GridCore,
  signal: AbortSignal,
): void {
  const { root } = core.elements;
  grid.core = core;
  root.addEventListener("keydown", keyboard.press, { signal });
  root.addEventListener("copy", clipboard.copy, { signal });
  root.addEventListener("cut", clipboard.cut, { signal });
  root.addEventListener("paste", clipboard.paste, { signal });
  const pointer = new GridPointer(grid, core, changes, editors);
  pointer.listen(signal);
  new GridTooltip(core, classes.tooltip ?? "", signal);
  new FillHandle(core, { handle: classes.handle ?? "", frame: classes.fillFrame ?? "" }, () => pointer.filled, signal);
  signal.addEventListener("abort", () => (grid.core = null));
}
