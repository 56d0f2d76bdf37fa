import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, memo, type MouseEvent, type PointerEvent, useSyncExternalStore } from "react";
import { useStore } from "../../state/store";
import { type PlacedColumn, resized } from "./columns";
import type { GridController } from "./controller";
import classes from "./Header.module.css";
import type { GridModel } from "./model";
import { at, HEADER_ROW } from "./selection";

/** How far a key press makes a column wider, in pixels. */
const KEY_STEP = 16;

interface Props {
  placed: PlacedColumn;
  grid: GridController;
}

/** The name of a column: a click or Enter sorts by it, its edge makes it wider, its button opens its menu. */
export const HeaderCell = memo(function HeaderCell({ placed, grid }: Props) {
  const { t } = useLingui();
  const { model } = grid;
  const { column, index, start, width, pinned } = placed;
  const { id, label, header, errors } = column;
  const view = useStore(grid.view.view);
  const active = useIsActive(model, index);
  const sort = view.sort?.find((one) => one.column === id);
  const filtered = view.filters?.some((one) => one.column === id) ?? false;

  const activate = () => model.select(at({ row: HEADER_ROW, column: index }));
  const sortNext = (also: boolean) => grid.sort(id, sort ? (sort.descending ? null : true) : false, also);
  const menu = (element: Element) => {
    activate();
    grid.columnMenu.set({ column: id, anchor: element.closest<HTMLElement>("[role=columnheader]") ?? document.body });
  };
  const click = (event: MouseEvent<HTMLElement>) => {
    event.currentTarget.focus();
    activate();
    sortNext(event.shiftKey);
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === "Enter") sortNext(event.shiftKey);
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey) || event.key === " ")
      menu(event.currentTarget);
    else if (event.shiftKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      const wider = (event.key === "ArrowRight") !== (getComputedStyle(event.currentTarget).direction === "rtl");
      model.arrange((state) => resized(state, id, width + (wider ? KEY_STEP : -KEY_STEP)));
    } else return;
    // The grid's own keys mean something else.
    event.preventDefault();
  };
  return (
    <div
      role="columnheader"
      tabIndex={active ? 0 : -1}
      aria-colindex={index + 2}
      aria-sort={sort ? (sort.descending ? "descending" : "ascending") : "none"}
      className={pinned ? classes.pinned : classes.cell}
      style={{ insetInlineStart: start, inlineSize: width }}
      onClick={click}
      onKeyDown={press}
      onContextMenu={(event) => {
        event.preventDefault();
        menu(event.currentTarget);
      }}
      onFocus={(event) => event.target === event.currentTarget && !active && activate()}
    >
      <span className={classes.label}>
        {label}
        {sort && <span aria-hidden="true">{sort.descending ? " ↓" : " ↑"}</span>}
      </span>
      {errors > 0 && (
        <span className={classes.count}>
          {errors}
          <span className="hg-hidden">
            {" "}
            <Plural value={errors} one="error" other="errors" />
          </span>
        </span>
      )}
      <small className={classes.header}>{header ?? <Trans>not in the file</Trans>}</small>
      <button
        type="button"
        tabIndex={-1}
        className={filtered ? classes.filtered : classes.menu}
        aria-label={filtered ? t`Menu of ${label}, filtered` : t`Menu of ${label}`}
        aria-haspopup="dialog"
        onClick={(event) => {
          event.stopPropagation();
          menu(event.currentTarget);
        }}
      >
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path d="M2 3h12l-4.6 5.4V13l-2.8-1.4V8.4z" fill="currentColor" />
        </svg>
      </button>
      <div className={classes.edge} aria-hidden="true" onPointerDown={(event) => resize(event, model, placed)} />
    </div>
  );
});

function useIsActive(model: GridModel, index: number): boolean {
  return useSyncExternalStore(model.selection.subscribe, () => {
    const { anchor } = model.selection.get();
    return anchor.row === HEADER_ROW && anchor.column === index;
  });
}

/** Makes the column as wide as the pointer says, until it is let go. */
function resize(event: PointerEvent<HTMLElement>, model: GridModel, { column, width }: PlacedColumn): void {
  event.preventDefault();
  event.stopPropagation();
  const edge = event.currentTarget;
  const from = event.clientX;
  const side = getComputedStyle(edge).direction === "rtl" ? -1 : 1;
  const stop = new AbortController();
  const { signal } = stop;
  edge.setPointerCapture(event.pointerId);
  const move = (moved: globalThis.PointerEvent) =>
    model.arrange((state) => resized(state, column.id, width + side * (moved.clientX - from)));
  edge.addEventListener("pointermove", move, { signal });
  for (const end of ["pointerup", "pointercancel"]) edge.addEventListener(end, () => stop.abort(), { signal });
  // The click at the end is none on the header.
  edge.addEventListener("click", (click) => click.stopPropagation(), { once: true });
}
