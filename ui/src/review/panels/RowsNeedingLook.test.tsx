import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { grid, summary } from "../../test/fixtures";
import { renderInReview } from "../../test/review";
import { RowsNeedingLook } from "./RowsNeedingLook";

test.each([
  [summary(), "231 cells in 214 rows need a look. Everything else is ready."],
  [summary({ error_cells: 1, rows_with_errors: 1 }), "1 cell in 1 row needs a look. Everything else is ready."],
  [summary({ error_cells: 0, rows_with_errors: 2 }), "2 rows need a look. Everything else is ready."],
  [
    summary({ error_cells: 0, rows_with_errors: 0, warning_cells: 1 }),
    "Every row is ready. 1 cell is worth a look, if you like.",
  ],
  [summary({ error_cells: 0, rows_with_errors: 0 }), "Every row is ready."],
  [summary({ rows: 0, error_cells: 0, rows_with_errors: 0 }), "There are no rows."],
])("one sentence says what is left", (counts, says) => {
  renderInReview(<RowsNeedingLook />, { grid: grid({ summary: counts }) });
  expect(screen.getByRole("paragraph")).toHaveTextContent(says);
});
