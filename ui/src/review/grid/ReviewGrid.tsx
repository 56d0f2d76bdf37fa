import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { useGridView } from "../../state/grid-view";
import { useGrid, useReview, useSession } from "../../state/hooks";
import { useStore } from "../../state/store";
import { EditorHost } from "./EditorHost";
import classes from "./Grid.module.css";
import { GridFrame } from "./GridFrame";
import { attach, makeParts } from "./parts";
import { NoticeBar } from "./NoticeBar";
import type { GridCore } from "./core";
import type { GridController } from "./controller";

const ColumnMenu = lazy(() => import("./ColumnMenu"));
const GridMenu = lazy(() => import("./GridMenu"));

/** The rows of the review: looked at, corrected, selected. It follows `GridView` and tells it what is selected. */
export function ReviewGrid() {
  const { t } = useLingui();
  const session = useSession();
  const view = useGridView();
  const { id, fields, settings } = useReview();
  const { data } = useGrid();
  const [parts] = useState(() => makeParts(session, view, id));
  const { grid } = parts;
  const menu = useStore(grid.menu);
  const [options] = useState(() => ({
    highlightAutoFixes: settings.highlight_auto_fixes,
    pendingText: (row: number, column: string) => grid.pending.text(row, column),
  }));

  useEffect(() => grid.open(), [grid]);
  useEffect(() => {
    grid.allow({
      addRows: settings.allow_adding_rows,
      deleteRows: settings.allow_removing_rows,
    });
  }, [grid, settings]);
  useEffect(() => {
    if (!data) return;
    grid.setColumns(data.columns);
    grid.counted(data.summary.rows);
  }, [grid, data]);
  const ready = useCallback((core: GridCore, signal: AbortSignal) => attach(parts, core, signal), [parts]);

  return (
    <GridFrame grid={grid} options={options} label={t`Rows of the import`} onReady={ready}>
      <EditorHost grid={grid} editors={parts.editors} fields={fields} />
      {menu && (
        <Suspense fallback={null}>
          <GridMenu {...parts} point={menu} />
        </Suspense>
      )}
      <OpenColumnMenu grid={grid} />
      <EmptyState grid={grid} />
      <NoticeBar grid={grid} />
    </GridFrame>
  );
}

function OpenColumnMenu({ grid }: { grid: GridController }) {
  const menu = useStore(grid.columnMenu);
  const placed = useStore(grid.model.layout).byId.get(menu?.column ?? "");
  if (!menu || !placed) return null;
  return (
    <Suspense fallback={null}>
      <ColumnMenu key={menu.column} placed={placed} anchor={menu.anchor} grid={grid} />
    </Suspense>
  );
}

/** Says why there is nothing to see, and what to do about it. */
function EmptyState({ grid }: { grid: GridController }) {
  const empty = useStore(grid.empty);
  if (!empty) return null;
  return (
    <div className={classes.empty} role="status">
      {grid.unfiltered ? (
        <p>
          <Trans>There are no rows in this import.</Trans>
        </p>
      ) : (
        <>
          <p>
            <Trans>No rows fit what is asked for.</Trans>
          </p>
          <Button size="xs" variant="default" onClick={() => grid.showAll()}>
            <Trans>Show all rows</Trans>
          </Button>
        </>
      )}
    </div>
  );
}
