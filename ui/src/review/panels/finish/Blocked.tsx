import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import type { Summary } from "../../../api/types";
import { useGridView } from "../../../state/grid-view";
import { useGrid } from "../../../state/hooks";
import classes from "./finish.module.css";

/** Why it cannot be finished yet, and the way to the rows that stop it. */
export function Blocked({ problem, onClose }: { problem: NonNullable<Summary["blocked"]>; onClose: () => void }) {
  const grid = useGridView();
  const { data } = useGrid();
  const show = () => {
    grid.show({ only: "errors", filters: [], sort: [] });
    onClose();
  };
  return (
    <>
      <p>{problem.text}</p>
      <div className={classes.buttons}>
        {data && data.summary.rows_with_errors > 0 && (
          <Button data-autofocus onClick={show}>
            <Trans>Show these rows</Trans>
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          <Trans>Go on with the review</Trans>
        </Button>
      </div>
    </>
  );
}
