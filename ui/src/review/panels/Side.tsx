import { CausePanel } from "./causes/CausePanel";
import { CellPanel } from "./cell/CellPanel";
import classes from "./side.module.css";

/** Beside the grid: what is wrong, and all about the selected cell. */
export function Side() {
  return (
    <div className={classes.side}>
      <div className={classes.causes}>
        <CausePanel />
      </div>
      <div className={classes.cell}>
        <CellPanel />
      </div>
    </div>
  );
}
