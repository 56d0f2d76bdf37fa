import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useState } from "react";
import type { Grid } from "../api/types";
import { GridView, GridViewContext } from "../state/grid-view";
import { useGrid } from "../state/hooks";
import { ReviewGrid } from "./grid/ReviewGrid";
import { Bar } from "./panels/Bar";
import { Footer } from "./panels/finish/Footer";
import { Notices } from "./panels/Notices";
import { OutcomeStrip } from "./panels/OutcomeStrip";
import { Overlays } from "./panels/Overlays";
import { Panels, PanelsContext } from "./panels/panels-state";
import { RowsToolbar } from "./panels/RowsToolbar";
import { Side } from "./panels/Side";
import { Shortcuts } from "./panels/Shortcuts";
import classes from "./ReviewStep.module.css";

/** The places of the review step. Each is filled by a component of `grid/` or `panels/`. */
export interface ReviewSlots {
  /** What a person has to know beside the rows. */
  notices: ReactNode;
  /** What is left to do, and the tools: find and replace, transform, Excel, history, undo, redo. */
  bar: ReactNode;
  /** Errors grouped by cause, and the selected cell; null where the screen is too narrow for them. */
  side: ReactNode;
  /** Which rows the grid shows. */
  rows: ReactNode;
  grid: ReactNode;
  /** What the last change did; it lies over the grid. */
  outcome: ReactNode;
  /** What finishing will do, and the button for it. */
  footer: ReactNode;
}

export function ReviewLayout({ notices, bar, side, rows, grid, outcome, footer }: ReviewSlots) {
  return (
    <div className={classes.step}>
      <div>
        {notices}
        <div className={classes.bar}>{bar}</div>
      </div>
      <div className={classes.main}>
        {side !== null && <aside className={classes.side}>{side}</aside>}
        <div className={classes.rows}>
          {rows}
          <div className={classes.grid}>
            {grid}
            {outcome}
          </div>
        </div>
      </div>
      <footer className={classes.footer}>{footer}</footer>
    </div>
  );
}

const NARROW = "(max-width: 760px)";

/** The last step: the rows, what is wrong with them, and the end. */
export function ReviewStep() {
  const { data } = useGrid();
  // Which rows are shown first depends on whether there is something wrong with any of them.
  return data ? <ReviewRows first={data} /> : null;
}

function ReviewRows({ first }: { first: Grid }) {
  const [view] = useState(() => firstView(first));
  const [panels] = useState(() => new Panels());
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  return (
    <GridViewContext value={view}>
      <PanelsContext value={panels}>
        <ReviewLayout
          notices={<Notices />}
          bar={<Bar narrow={narrow} />}
          side={narrow ? null : <Side />}
          rows={<RowsToolbar narrow={narrow} />}
          grid={<ReviewGrid />}
          outcome={<OutcomeStrip />}
          footer={<Footer narrow={narrow} />}
        />
        <Overlays narrow={narrow} />
        <Shortcuts />
      </PanelsContext>
    </GridViewContext>
  );
}

/** Who comes to mend something begins with the rows that need it. */
function firstView({ summary }: Grid): GridView {
  const view = new GridView();
  if (summary.rows_with_errors > 0) view.show({ only: "errors", filters: [], sort: [] });
  return view;
}
