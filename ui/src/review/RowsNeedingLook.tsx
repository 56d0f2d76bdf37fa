import { Plural, Trans } from "@lingui/react/macro";
import { useGrid } from "../state/hooks";
import classes from "./Summary.module.css";

/** One sentence: how much is left to do. */
export function RowsNeedingLook() {
  const { data } = useGrid();
  if (!data) return null;
  const { error_cells, rows_with_errors } = data.summary;
  if (rows_with_errors === 0)
    return (
      <p className={classes.say}>
        <Trans>Every row is ready.</Trans>
      </p>
    );
  return (
    <p className={classes.say}>
      <Trans>
        <b className={classes.bad}>
          <Plural value={error_cells} one="# cell" other="# cells" /> in{" "}
          <Plural value={rows_with_errors} one="# row" other="# rows" />
        </b>{" "}
        need a look. Everything else is ready.
      </Trans>
    </p>
  );
}
