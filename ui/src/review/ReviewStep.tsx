import type { ReactNode } from "react";
import { useState } from "react";
import { GridView, GridViewContext } from "../state/grid-view";
import { ReviewGrid } from "./grid/ReviewGrid";
import { RowsNeedingLook } from "./RowsNeedingLook";
import { SubmitSummary } from "./SubmitSummary";
import classes from "./ReviewStep.module.css";

/** The places of the review step. Each is filled by a component of `grid/` or `panels/`. */
export interface ReviewSlots {
  /** What is left to do, and the tools: filter, find and replace, transform, Excel, undo, redo. */
  bar: ReactNode;
  /** Errors grouped by cause. */
  side: ReactNode;
  grid: ReactNode;
  /** What finishing will do, and the button for it. */
  footer: ReactNode;
}

export function ReviewLayout({ bar, side, grid, footer }: ReviewSlots) {
  return (
    <div className={classes.step}>
      <div className={classes.bar}>{bar}</div>
      <div className={classes.main}>
        {side !== null && <aside className={classes.side}>{side}</aside>}
        <div className={classes.grid}>{grid}</div>
      </div>
      <footer className={classes.footer}>{footer}</footer>
    </div>
  );
}

/** The last step: the rows, what is wrong with them, and the end. */
export function ReviewStep() {
  const [view] = useState(() => new GridView());
  return (
    <GridViewContext value={view}>
      <ReviewLayout bar={<RowsNeedingLook />} side={null} grid={<ReviewGrid />} footer={<SubmitSummary />} />
    </GridViewContext>
  );
}
