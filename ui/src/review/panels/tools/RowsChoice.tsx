import { Plural, useLingui } from "@lingui/react/macro";
import { Radio } from "@mantine/core";
import { ALL_ROWS } from "../../../api/client";
import type { View } from "../../../api/types";
import { useGridView } from "../../../state/grid-view";
import { useGrid } from "../../../state/hooks";
import { useStore } from "../../../state/store";
import classes from "./tools.module.css";

export type Rows = "all" | "shown";

/** Whether a view leaves rows out. */
export const isPart = (view: View): boolean =>
  (view.only ?? "all") !== "all" || Boolean(view.group) || Boolean(view.search) || Boolean(view.filters?.length);

/** The view that a choice of rows means. */
export function useChosenView(rows: Rows): View {
  const grid = useGridView();
  const view = useStore(grid.view);
  const snapshot = useStore(grid.snapshot);
  return rows === "all" || !isPart(view) ? ALL_ROWS : { ...view, snapshot };
}

/** Which rows a change shall see; asked only where some are not shown. */
export function RowsChoice({ rows, onChoose }: { rows: Rows; onChoose: (rows: Rows) => void }) {
  const { t } = useLingui();
  const grid = useGridView();
  const view = useStore(grid.view);
  const total = useStore(grid.total);
  const { data } = useGrid();
  if (!isPart(view)) return null;
  return (
    <Radio.Group size="xs" label={t`Rows`} value={rows} onChange={(value) => onChoose(value)}>
      <div className={classes.choices}>
        <Radio value="all" label={<Plural value={data?.summary.rows ?? 0} one="The only row" other="All # rows" />} />
        <Radio
          value="shown"
          label={
            total === null ? (
              t`Those that are shown`
            ) : (
              <Plural value={total} one="The # row that is shown" other="The # rows that are shown" />
            )
          }
        />
      </div>
    </Radio.Group>
  );
}
