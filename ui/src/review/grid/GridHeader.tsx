import type { RefObject } from "react";
import { useStore } from "../../state/store";
import classes from "./Grid.module.css";
import type { GridModel } from "./model";

export function GridHeader({ model, movingRef }: { model: GridModel; movingRef: RefObject<HTMLDivElement | null> }) {
  const { columns, pinned } = useStore(model.layout);
  const cell = (index: number) => {
    const placed = columns[index];
    return (
      placed && (
        <div
          key={placed.column.id}
          role="columnheader"
          aria-colindex={index + 2}
          style={{ position: "absolute", insetInlineStart: placed.start, width: placed.width, padding: 8 }}
        >
          {placed.column.label}
        </div>
      )
    );
  };
  return (
    <div className={classes.headRow} role="row" aria-rowindex={1}>
      <div className={classes.corner} role="columnheader" aria-colindex={1} />
      {columns.slice(0, pinned).map(({ index }) => cell(index))}
      <div ref={movingRef} className={classes.headMoving} role="presentation">
        {columns.slice(pinned).map(({ index }) => cell(index))}
      </div>
    </div>
  );
}
