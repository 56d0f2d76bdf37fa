import { Plural, Trans } from "@lingui/react/macro";
import { useGrid } from "../../state/hooks";
import classes from "./panels.module.css";

/** One sentence: how much is left to do. */
export function RowsNeedingLook() {
  const { data } = useGrid();
  if (!data) return <p className={classes.say}>&nbsp;</p>;
  const { rows, error_cells, rows_with_errors, warning_cells } = data.summary;
  return (
    <p className={classes.say}>
      {rows === 0 ? (
        <Trans>There are no rows.</Trans>
      ) : error_cells > 0 ? (
        <Trans>
          <b className={classes.bad}>
            <Plural value={error_cells} one="# cell" other="# cells" /> in{" "}
            <Plural value={rows_with_errors} one="# row" other="# rows" />
          </b>{" "}
          <Plural value={error_cells} one="needs a look." other="need a look." /> Everything else is ready.
        </Trans>
      ) : rows_with_errors > 0 ? (
        <Trans>
          <b className={classes.bad}>
            <Plural value={rows_with_errors} one="# row" other="# rows" />
          </b>{" "}
          <Plural value={rows_with_errors} one="needs a look." other="need a look." /> Everything else is ready.
        </Trans>
      ) : warning_cells > 0 ? (
        <Plural
          value={warning_cells}
          one="Every row is ready. # cell is worth a look, if you like."
          other="Every row is ready. # cells are worth a look, if you like."
        />
      ) : (
        <Trans>Every row is ready.</Trans>
      )}
    </p>
  );
}
