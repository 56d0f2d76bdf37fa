import { Plural, Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Summary } from "../../../api/types";
import { useReview } from "../../../state/hooks";
import { useFormat } from "../useFormat";
import classes from "./finish.module.css";

/** How many rows go out and how many are left out, one line each. */
export function RowCounts({ summary }: { summary: Summary }) {
  const { settings } = useReview();
  const { delivered, left_out, rows_with_errors, deleted_rows, added_rows, changed_cells } = summary;
  const sentWithErrors = left_out === 0 ? rows_with_errors : 0;
  return (
    <ul className={classes.counts}>
      <Line value={delivered}>
        <Plural value={delivered} one="row goes out" other="rows go out" />
      </Line>
      {sentWithErrors > 0 && (
        <Line value={sentWithErrors} bad>
          {settings.invalid_data_behavior === "INCLUDE_INVALID_ROWS" ? (
            <Plural
              value={sentWithErrors}
              one="of them still has errors; a cell that cannot be read goes out empty"
              other="of them still have errors; cells that cannot be read go out empty"
            />
          ) : (
            <Plural
              value={sentWithErrors}
              one="of them still has errors and goes out as it stands"
              other="of them still have errors and go out as they stand"
            />
          )}
        </Line>
      )}
      <Line value={left_out} bad={left_out > 0}>
        {left_out > 0 ? (
          <Plural
            value={left_out}
            one="row is left out because it still has errors"
            other="rows are left out because they still have errors"
          />
        ) : (
          <Trans>rows are left out</Trans>
        )}
      </Line>
      {deleted_rows > 0 && (
        <Line value={deleted_rows}>
          <Plural
            value={deleted_rows}
            one="row of the file was deleted here"
            other="rows of the file were deleted here"
          />
        </Line>
      )}
      {added_rows > 0 && (
        <Line value={added_rows}>
          <Plural value={added_rows} one="row was added here" other="rows were added here" />
        </Line>
      )}
      {changed_cells > 0 && (
        <Line value={changed_cells}>
          <Plural value={changed_cells} one="cell was changed here" other="cells were changed here" />
        </Line>
      )}
    </ul>
  );
}

function Line({ value, bad = false, children }: { value: number; bad?: boolean; children: ReactNode }) {
  const format = useFormat();
  return (
    <li data-bad={bad || undefined}>
      <b>{format(value)}</b> <span>{children}</span>
    </li>
  );
}
