import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Tooltip } from "@mantine/core";
import { useReview } from "../../state/hooks";
import { useGridView } from "../../state/grid-view";
import { useChange } from "./useChange";
import { useHistoryWords } from "./words";

/** Take back this browser's last change, or make it again; each says which change that is. */
export function UndoRedo() {
  const { t } = useLingui();
  const { undo: last, redo: next } = useReview();
  const words = useHistoryWords();
  const { undo, redo } = useUndo();
  const lastWords = last && words(last);
  const nextWords = next && words(next);
  return (
    <>
      <Step
        label={lastWords ? t`Undo: ${lastWords}` : t`Nothing to undo`}
        keys="Control+Z"
        path="M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3"
        disabled={!last}
        onClick={undo}
      />
      <Step
        label={nextWords ? t`Redo: ${nextWords}` : t`Nothing to redo`}
        keys="Control+Y"
        path="m15 14 5-5-5-5m5 5H10a6 6 0 0 0 0 12h3"
        disabled={!next}
        onClick={redo}
      />
    </>
  );
}

/** Undo and redo, after which the rows are asked for anew. */
export function useUndo(): { undo: () => void; redo: () => void } {
  const grid = useGridView();
  const { undo, redo } = useChange();
  const then = (carryOut: typeof undo) => () =>
    void carryOut().then((result) => {
      // Few rows are shown in place by the grid; many are asked for anew.
      if (result?.updated.length === 0) grid.refresh();
    });
  return { undo: then(undo), redo: then(redo) };
}

interface StepProps {
  label: string;
  keys: string;
  path: string;
  disabled: boolean;
  onClick: () => void;
}

function Step({ label, keys, path, disabled, onClick }: StepProps) {
  return (
    <Tooltip label={label}>
      {/* It stays in the order of Tab: what it would do is said there, and the focus is never lost when the last change is undone. */}
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={label}
        aria-keyshortcuts={keys}
        aria-disabled={disabled}
        data-disabled={disabled}
        onClick={() => !disabled && onClick()}
      >
        <svg width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden>
          <path d={path} />
        </svg>
      </ActionIcon>
    </Tooltip>
  );
}
