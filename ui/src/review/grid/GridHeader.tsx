import type { RefObject } from "react";
import { useStore } from "../../state/store";
import type { GridController } from "./controller";
import { HeaderCell } from "./HeaderCell";
import classes from "./Header.module.css";
import { HiddenColumns } from "./HiddenColumns";

interface Props {
  grid: GridController;
  movingRef: RefObject<HTMLDivElement | null>;
}

/** The names of the columns. All of them are on the page, whichever are visible: there are not many. */
export function GridHeader({ grid, movingRef }: Props) {
  const { columns, pinned } = useStore(grid.model.layout);
  const cells = columns.map((placed) => <HeaderCell key={placed.column.id} placed={placed} grid={grid} />);
  return (
    <div className={classes.row} role="row" aria-rowindex={1}>
      <div className={classes.corner} role="columnheader" aria-colindex={1}>
        <HiddenColumns model={grid.model} />
      </div>
      {cells.slice(0, pinned)}
      <div ref={movingRef} className={classes.moving} role="presentation">
        {cells.slice(pinned)}
      </div>
    </div>
  );
}
