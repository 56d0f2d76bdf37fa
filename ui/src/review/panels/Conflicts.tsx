import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useGridView } from "../../state/grid-view";
import { CellText } from "./Samples";
import { type ConflictNotice, usePanels } from "./panels-state";
import { useChange } from "./useChange";
import { useColumnLabel } from "./words";

/** One cell that two people changed: both texts, and the choice between them. */
export function ConflictRow({ notice: { conflict, mine, number } }: { notice: ConflictNotice }) {
  const { row, column, theirs } = conflict;
  const grid = useGridView();
  const panels = usePanels();
  const labelOf = useColumnLabel();
  const { busy, make } = useChange();
  const label = labelOf(column);
  const settle = () => panels.conflicts.set(panels.conflicts.get().filter(({ conflict: other }) => other !== conflict));
  const takeTheirs = async () => {
    if (busy) return;
    if (await make({ kind: "set_cells", cells: [{ row, column, text: theirs }] })) settle();
  };
  return (
    <li>
      <b>
        {number === null ? (
          <Trans>Added row, “{label}”</Trans>
        ) : (
          <Trans>
            Row {number}, “{label}”
          </Trans>
        )}
      </b>
      {mine !== undefined && (
        <span>
          <Trans>yours:</Trans> <CellText text={mine} />
        </span>
      )}
      <span>
        <Trans>theirs:</Trans> <CellText text={theirs} />
      </span>
      <Button variant="default" size="compact-xs" onClick={() => grid.target.set({ row, column, position: null })}>
        <Trans>Show</Trans>
      </Button>
      <Button variant="default" size="compact-xs" aria-disabled={busy} onClick={() => void takeTheirs()}>
        <Trans>Take theirs</Trans>
      </Button>
      <Button variant="default" size="compact-xs" onClick={settle}>
        <Trans>Keep mine</Trans>
      </Button>
    </li>
  );
}
