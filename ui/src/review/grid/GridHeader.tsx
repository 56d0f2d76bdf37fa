import { lazy, type RefObject, Suspense, useState } from "react";
import { useStore } from "../../state/store";
import type { GridController } from "./controller";
import { HeaderCell } from "./HeaderCell";
import classes from "./Header.module.css";
import { HiddenColumns } from "./HiddenColumns";
import type { GridModel } from "./model";

const ColumnMenu = lazy(() => import("./ColumnMenu"));

interface Props {
  model: GridModel;
  grid: GridController | null;
  movingRef: RefObject<HTMLDivElement | null>;
}

/** A column's menu that is open. */
export interface OpenMenu {
  readonly column: string;
  readonly anchor: HTMLElement;
}

/** The names of the columns. All of them are on the page, whichever are visible: there are not many. */
export function GridHeader({ model, grid, movingRef }: Props) {
  const { columns, pinned } = useStore(model.layout);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const cells = columns.map((placed) => (
    <HeaderCell key={placed.column.id} placed={placed} model={model} grid={grid} openMenu={setMenu} />
  ));
  const open = menu && columns.find(({ column }) => column.id === menu.column);
  return (
    <>
      <div className={classes.row} role="row" aria-rowindex={1}>
        <div className={classes.corner} role="columnheader" aria-colindex={1}>
          <HiddenColumns model={model} />
        </div>
        {cells.slice(0, pinned)}
        <div ref={movingRef} className={classes.moving} role="presentation">
          {cells.slice(pinned)}
        </div>
      </div>
      {open && grid && (
        <Suspense fallback={null}>
          <ColumnMenu
            key={open.column.id}
            placed={open}
            anchor={menu.anchor}
            model={model}
            grid={grid}
            close={() => setMenu(null)}
          />
        </Suspense>
      )}
    </>
  );
}
