import { Plural, Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useGridView } from "../../state/grid-view";
import { useGrid, useReview } from "../../state/hooks";
import { useStore } from "../../state/store";
import { isPart } from "./tools/RowsChoice";
import { useChange } from "./useChange";

/** New rows behind the selected one or at the end; deleting those that are selected. */
export function AddDeleteRows() {
  const { settings } = useReview();
  const { data } = useGrid();
  const grid = useGridView();
  const selection = useStore(grid.selection);
  const view = useStore(grid.view);
  const { busy, make } = useChange();
  const selected = selection ? selection.last - selection.first + 1 : 0;
  const add = async () => {
    const result = await make({ kind: "add_rows", after: selection?.active.row ?? null, count: 1 });
    const row = result?.added[0];
    const column = data?.columns[0]?.id;
    if (row === undefined || column === undefined) return;
    // A row that is empty fits no filter; it is shown among all.
    if (isPart(view)) grid.show({ only: "all", filters: [], sort: [] });
    else grid.refresh();
    grid.target.set({ row, column, position: null });
  };
  const remove = async () => {
    if (!selection) return;
    const { first, last, columns } = selection;
    const range = { view: grid.pinned(), first, last, columns: [...columns] };
    if (await make({ kind: "delete_rows", rows: null, range })) grid.refresh();
  };
  return (
    <>
      {settings.allow_adding_rows && (
        <Button variant="default" size="xs" aria-disabled={busy} onClick={() => !busy && void add()}>
          <Trans>Add a row</Trans>
        </Button>
      )}
      {settings.allow_removing_rows && selected > 0 && (
        <Button variant="default" size="xs" aria-disabled={busy} onClick={() => !busy && void remove()}>
          <Plural value={selected} one="Delete the row" other="Delete # rows" />
        </Button>
      )}
    </>
  );
}
